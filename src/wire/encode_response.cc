#include <kj/exception.h>

#include "stafett/wire/codec.h"
#include "wire/items.h"

namespace stafett::wire {
namespace {

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
  void operator()(const HeadAnswer& from) { write(from, to.initHead()); }
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
    write_all(from.events, r.initEvents(count(from.events)));
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
    write_all(from.children, r.initChildren(count(from.children)));
    write_all(from.obligations, r.initObligations(count(from.obligations)));
    write(from.basis, r.initBasis());
  }
  void operator()(const ObligationsAnswer& from) {
    auto r = to.initObligations();
    write_all(from.obligations, r.initObligations(count(from.obligations)));
    write(from.basis, r.initBasis());
  }
  void operator()(const FiguresAnswer& from) {
    auto r = to.initFigures();
    write_all(from.figures, r.initFigures(count(from.figures)));
    write(from.basis, r.initBasis());
  }
  void operator()(const CountedAnswer& from) {
    auto r = to.initCounted();
    write_all(from.instances, r.initInstances(count(from.instances)));
    write(from.basis, r.initBasis());
  }
  void operator()(const RulesAnswer& from) {
    auto r = to.initRules();
    write_all(from.rules, r.initRules(count(from.rules)));
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
  void operator()(const ExplanationsAnswer& from) {
    auto r = to.initExplanations();
    write_all(from.explanations, r.initExplanations(count(from.explanations)));
    write(from.basis, r.initBasis());
  }
  void operator()(const RuleChangesAnswer& from) {
    auto r = to.initRuleChanges();
    write_all(from.obligations, r.initObligations(count(from.obligations)));
    write_all(from.figures, r.initFigures(count(from.figures)));
    r.setObligationsChanged(from.obligations_changed);
    write(from.basis, r.initBasis());
  }
  void operator()(const CasesAnswer& from) {
    auto r = to.initCases();
    write_all(from.cases, r.initCases(count(from.cases)));
    write(from.basis, r.initBasis());
  }
  void operator()(const LateEventsAnswer& from) {
    auto r = to.initLateEvents();
    write_all(from.events, r.initEvents(count(from.events)));
    write(from.basis, r.initBasis());
  }
  void operator()(const AmendmentsAnswer& from) {
    auto r = to.initAmendments();
    write_all(from.amendments, r.initAmendments(count(from.amendments)));
    write(from.basis, r.initBasis());
  }
  void operator()(const FrozenAnswer& from) {
    write_all(from.frozen, to.initFrozen().initFrozen(count(from.frozen)));
  }
  void operator()(const NotesAnswer& from) { write(from.notes, to.initNotes().initNotes(count(from.notes))); }
  void operator()(const FileAnswer& from) { to.setFile(blob(from.bytes)); }
  void operator()(const VerifiedAnswer& from) {
    auto r = to.initVerified();
    r.setSame(from.same);
    r.setEvents(from.events);
    r.setEventsPerSecond(from.events_per_second);
    write_all(from.problems, r.initProblems(count(from.problems)));
    r.setProblemsFound(from.problems_found);
    write(from.head, r.initHead());
  }
  void operator()(const KeysAnswer& from) { write_all(from.keys, to.initKeys().initKeys(count(from.keys))); }
  void operator()(const ConsentsAnswer& from) {
    auto r = to.initConsents();
    r.setAllowed(from.allowed);
    r.setGround(text(from.ground));
    r.setGroundPosition(ordinal(from.ground_position));
    write_all(from.givers, r.initGivers(count(from.givers)));
    write(from.basis, r.initBasis());
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
