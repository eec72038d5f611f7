#include <kj/exception.h>

#include "stafett/wire/codec.h"
#include "wire/fields.h"

namespace stafett::wire {
namespace {

unsigned count(const auto& list) { return static_cast<unsigned>(list.size()); }

schema::Code code(ErrorCode c) {
  switch (c) {
    case ErrorCode::invalid_argument:
      return schema::Code::INVALID_ARGUMENT;
    case ErrorCode::not_found:
      return schema::Code::NOT_FOUND;
    case ErrorCode::version_conflict:
      return schema::Code::VERSION_CONFLICT;
    case ErrorCode::id_conflict:
      return schema::Code::ID_CONFLICT;
    case ErrorCode::too_large:
      return schema::Code::TOO_LARGE;
    case ErrorCode::forbidden:
      return schema::Code::FORBIDDEN;
    case ErrorCode::unavailable:
      return schema::Code::UNAVAILABLE;
    case ErrorCode::io_error:
      return schema::Code::IO_ERROR;
    case ErrorCode::corruption:
      return schema::Code::CORRUPTION;
  }
  return schema::Code::IO_ERROR;
}

void write(const Basis& from, schema::Basis::Builder to) {
  to.setSize(from.size.value);
  to.setRuleSet(text(from.rule_set));
  to.setAt(micros(from.at));
}

void write(const Group& from, capnp::List<schema::GroupKey>::Builder to) {
  unsigned i = 0;
  for (auto& [dimension, value] : from) {
    to[i].setDimension(text(dimension));
    to[i++].setValue(text(value));
  }
}

void write(const Obligation& from, schema::Obligation::Builder to) {
  to.setRule(text(from.rule));
  to.setSeverity(severity(from.severity));
  to.setStream(text(from.stream));
  to.setCaseId(text(from.case_id));
  to.setSubject(text(from.subject));
  to.setUnit(text(from.unit));
  to.setState(state(from.state));
  to.setTriggeredBy(ordinal(from.triggered_by));
  to.setCreatedAt(micros(from.created_at));
  to.setDueAt(time(from.due_at));
  to.setWarnAt(time(from.warn_at));
  to.setWarning(from.warning);
  to.setSettledBy(ordinal(from.settled_by));
  to.setSettledAt(time(from.settled_at));
  to.setLegalRef(text(from.legal_ref));
}

void write(const std::vector<Obligation>& from, capnp::List<schema::Obligation>::Builder to) {
  for (unsigned i = 0; i < from.size(); ++i) write(from[i], to[i]);
}

void write(const StoredEvent& from, schema::StoredEvent::Builder to) {
  to.setRecord(blob(from.record));
  to.setErased(from.personal.erased);
  if (!from.personal.personal) return;
  auto entries = to.initPersonal(count(*from.personal.personal));
  unsigned i = 0;
  for (auto& [name, value] : *from.personal.personal) {
    entries[i].setName(text(name));
    entries[i++].setValue(text(value));
  }
}

void write(const Child& from, schema::Case::Child::Builder to) {
  to.setPersonId(text(from.person_id));
  to.setInformed(from.informed);
  to.setOffered(from.offered);
  to.setHeard(from.heard);
  to.setViewRecorded(from.view_recorded);
  to.setFeedback(from.feedback);
}

void write(const Figure& from, schema::Figure::Builder to) {
  to.setIndicator(text(from.indicator));
  write(from.group, to.initGroup(count(from.group)));
  wire::write(from.numerator, to.initNumerator());
  wire::write(from.denominator, to.initDenominator());
  to.setPending(from.pending);
  to.setWaived(from.waived);
  wire::write(from.value, to.initValue());
  wire::write(from.median, to.initMedian());
  wire::write(from.p90, to.initP90());
  to.setSuppressed(from.suppressed);
}

void write(const Counted& from, schema::Counted::Builder to) {
  to.setIndicator(text(from.indicator));
  write(from.group, to.initGroup(count(from.group)));
  to.setCaseId(text(from.case_id));
  to.setSubject(text(from.subject));
  to.setStream(text(from.stream));
  to.setInNumerator(from.in_numerator);
  to.setStanding(text(from.standing));
  wire::write(from.measure, to.initMeasure());
  auto evidence = to.initEvidence(count(from.evidence));
  for (unsigned i = 0; i < from.evidence.size(); ++i) evidence.set(i, from.evidence[i].value);
}

void write(const Rule& from, schema::Rule::Builder to) {
  to.setRuleId(text(from.rule_id));
  to.setKind(text(from.kind));
  to.setSeverity(text(from.severity));
  to.setNameEn(text(from.name_en));
  to.setNameSv(text(from.name_sv));
  to.setLimit(text(from.limit));
  to.setLegalRef(text(from.legal_ref));
  to.setSource(text(from.source));
  to.setRuleSet(text(from.rule_set));
}

// Writes the body of whichever kind.
struct Writer {
  schema::Response::Builder to;

  void operator()(const Failure& from) {
    auto r = to.initError();
    r.setCode(code(from.error.code));
    r.setMessage(text(from.error.message));
    r.setField(text(from.error.field));
    if (from.error.actual_version) r.setActualVersion(*from.error.actual_version);
    if (from.index) r.setIndex(*from.index);
  }
  void operator()(const DoneAnswer&) { to.setDone(); }
  void operator()(const HeadAnswer& from) {
    auto r = to.initHead();
    r.setSize(from.size.value);
    r.setRoot(blob(from.root));
  }
  void operator()(const AppendedAnswer& from) {
    auto places = to.initAppended().initPlaces(count(from.places));
    for (unsigned i = 0; i < from.places.size(); ++i) {
      places[i].setPosition(from.places[i].position.value);
      places[i].setVersion(from.places[i].version.value);
      places[i].setRecordedAt(micros(from.places[i].recorded_at));
      places[i].setDuplicate(from.places[i].duplicate);
    }
  }
  void operator()(const EventsAnswer& from) {
    auto r = to.initEvents();
    r.setSize(from.size.value);
    auto events = r.initEvents(count(from.events));
    for (unsigned i = 0; i < from.events.size(); ++i) write(from.events[i], events[i]);
  }
  void operator()(const CaseAnswer& from) {
    auto r = to.initCase();
    r.setCaseId(text(from.case_id));
    r.setKind(text(from.kind));
    r.setStatus(text(from.status));
    r.setPhase(text(from.phase));
    r.setArea(text(from.area));
    r.setSubject(text(from.subject));
    r.setUnit(text(from.unit));
    r.setHousehold(text(from.household));
    r.setOpenedAt(micros(from.opened_at));
    r.setClosedAt(time(from.closed_at));
    auto children = r.initChildren(count(from.children));
    for (unsigned i = 0; i < from.children.size(); ++i) write(from.children[i], children[i]);
    write(from.obligations, r.initObligations(count(from.obligations)));
    write(from.basis, r.initBasis());
  }
  void operator()(const ObligationsAnswer& from) {
    auto r = to.initObligations();
    write(from.obligations, r.initObligations(count(from.obligations)));
    write(from.basis, r.initBasis());
  }
  void operator()(const FiguresAnswer& from) {
    auto r = to.initFigures();
    auto figures = r.initFigures(count(from.figures));
    for (unsigned i = 0; i < from.figures.size(); ++i) write(from.figures[i], figures[i]);
    write(from.basis, r.initBasis());
  }
  void operator()(const CountedAnswer& from) {
    auto r = to.initCounted();
    auto instances = r.initInstances(count(from.instances));
    for (unsigned i = 0; i < from.instances.size(); ++i) write(from.instances[i], instances[i]);
    write(from.basis, r.initBasis());
  }
  void operator()(const RulesAnswer& from) {
    auto r = to.initRules();
    auto rules = r.initRules(count(from.rules));
    for (unsigned i = 0; i < from.rules.size(); ++i) write(from.rules[i], rules[i]);
    write(from.basis, r.initBasis());
  }
  void operator()(const ProgressAnswer& from) {
    auto r = to.initProgress();
    r.setDone(from.done);
    r.setTotal(from.total);
  }
  void operator()(const RebuiltAnswer& from) {
    auto r = to.initRebuilt();
    r.setSame(from.same);
    r.setEvents(from.events);
    r.setEventsPerSecond(from.events_per_second);
    r.setDifference(text(from.difference));
    r.setDigest(text(from.digest));
  }
  void operator()(const ProofAnswer& from) {
    auto r = to.initProof();
    auto hashes = r.initHashes(count(from.hashes));
    for (unsigned i = 0; i < from.hashes.size(); ++i) hashes.set(i, blob(from.hashes[i]));
    r.setSize(from.size.value);
  }
};

}  // namespace

Result<Bytes> encode(const Response& response) {
  capnp::MallocMessageBuilder message;
  try {
    auto to = message.initRoot<schema::Response>();
    to.setId(response.id);
    to.setMore(response.more);
    std::visit(Writer{to}, response.body);
  } catch (const kj::Exception&) {
    return fail(ErrorCode::too_large, "an answer that no message can hold");
  }
  return to_frame(message);
}

}  // namespace stafett::wire
