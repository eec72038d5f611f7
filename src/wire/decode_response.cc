#include <kj/exception.h>

#include "stafett/wire/codec.h"
#include "wire/fields.h"

namespace stafett::wire {
namespace {

ErrorCode code(schema::Code c) {
  switch (c) {
    case schema::Code::INVALID_ARGUMENT:
      return ErrorCode::invalid_argument;
    case schema::Code::NOT_FOUND:
      return ErrorCode::not_found;
    case schema::Code::VERSION_CONFLICT:
      return ErrorCode::version_conflict;
    case schema::Code::ID_CONFLICT:
      return ErrorCode::id_conflict;
    case schema::Code::TOO_LARGE:
      return ErrorCode::too_large;
    case schema::Code::FORBIDDEN:
      return ErrorCode::forbidden;
    case schema::Code::UNAVAILABLE:
      return ErrorCode::unavailable;
    case schema::Code::IO_ERROR:
      return ErrorCode::io_error;
    case schema::Code::CORRUPTION:
      return ErrorCode::corruption;
  }
  throw UnknownValue{"an error code that this release does not know"};
}

Basis read(schema::Basis::Reader from) {
  return {TreeSize(from.getSize()), text(from.getRuleSet()), instant_from_micros(from.getAt())};
}

Group read(capnp::List<schema::GroupKey>::Reader from) {
  Group out;
  for (auto key : from) out.emplace(text(key.getDimension()), text(key.getValue()));
  return out;
}

Obligation read(schema::Obligation::Reader from) {
  Obligation out;
  out.rule = text(from.getRule());
  out.severity = severity(from.getSeverity());
  out.stream = text(from.getStream());
  out.case_id = text(from.getCaseId());
  out.subject = text(from.getSubject());
  out.unit = text(from.getUnit());
  out.state = state(from.getState());
  out.triggered_by = ordinal<Position>(from.getTriggeredBy());
  out.created_at = instant_from_micros(from.getCreatedAt());
  out.due_at = time(from.getDueAt());
  out.warn_at = time(from.getWarnAt());
  out.warning = from.getWarning();
  out.settled_by = ordinal<Position>(from.getSettledBy());
  out.settled_at = time(from.getSettledAt());
  out.legal_ref = text(from.getLegalRef());
  return out;
}

StoredEvent read(schema::StoredEvent::Reader from) {
  StoredEvent out;
  out.record = blob(from.getRecord());
  out.personal.erased = from.getErased();
  if (from.getPersonal().size() == 0) return out;
  event::Personal personal;
  for (auto entry : from.getPersonal()) personal.emplace_back(text(entry.getName()), text(entry.getValue()));
  out.personal.personal = std::move(personal);
  return out;
}

Child read(schema::Case::Child::Reader from) {
  return {text(from.getPersonId()), from.getInformed(),     from.getOffered(),
          from.getHeard(),          from.getViewRecorded(), from.getFeedback()};
}

Figure read(schema::Figure::Reader from) {
  Figure out;
  out.indicator = text(from.getIndicator());
  out.group = read(from.getGroup());
  out.numerator = wire::read(from.getNumerator());
  out.denominator = wire::read(from.getDenominator());
  out.pending = from.getPending();
  out.waived = from.getWaived();
  out.value = wire::read(from.getValue());
  out.median = wire::read(from.getMedian());
  out.p90 = wire::read(from.getP90());
  out.suppressed = from.getSuppressed();
  return out;
}

Counted read(schema::Counted::Reader from) {
  Counted out;
  out.indicator = text(from.getIndicator());
  out.group = read(from.getGroup());
  out.case_id = text(from.getCaseId());
  out.subject = text(from.getSubject());
  out.stream = text(from.getStream());
  out.in_numerator = from.getInNumerator();
  out.standing = text(from.getStanding());
  out.measure = wire::read(from.getMeasure());
  for (auto position : from.getEvidence()) out.evidence.push_back(Position(position));
  return out;
}

Rule read(schema::Rule::Reader from) {
  return {text(from.getRuleId()),   text(from.getKind()),   text(from.getSeverity()),
          text(from.getNameEn()),   text(from.getNameSv()), text(from.getLimit()),
          text(from.getLegalRef()), text(from.getSource()), text(from.getRuleSet())};
}

template <class T>
auto read_all(T from) {
  std::vector<decltype(read(from[0]))> out;
  out.reserve(from.size());
  for (auto item : from) out.push_back(read(item));
  return out;
}

Failure read(schema::Failure::Reader from) {
  Failure out;
  out.error.code = code(from.getCode());
  out.error.message = text(from.getMessage());
  out.error.field = text(from.getField());
  if (from.getActualVersion() != schema::NONE) out.error.actual_version = from.getActualVersion();
  if (from.getIndex() != schema::NONE) out.index = from.getIndex();
  return out;
}

AppendedAnswer read(schema::Appended::Reader from) {
  AppendedAnswer out;
  for (auto place : from.getPlaces())
    out.places.push_back({Position(place.getPosition()), Version(place.getVersion()),
                          instant_from_micros(place.getRecordedAt()), place.getDuplicate()});
  return out;
}

CaseAnswer read(schema::Case::Reader from) {
  CaseAnswer out;
  out.case_id = text(from.getCaseId());
  out.kind = text(from.getKind());
  out.status = text(from.getStatus());
  out.phase = text(from.getPhase());
  out.area = text(from.getArea());
  out.subject = text(from.getSubject());
  out.unit = text(from.getUnit());
  out.household = text(from.getHousehold());
  out.opened_at = instant_from_micros(from.getOpenedAt());
  out.closed_at = time(from.getClosedAt());
  out.children = read_all(from.getChildren());
  out.obligations = read_all(from.getObligations());
  out.basis = read(from.getBasis());
  return out;
}

ProofAnswer read(schema::Proof::Reader from) {
  ProofAnswer out;
  for (auto h : from.getHashes()) out.hashes.push_back(hash(h));
  out.size = TreeSize(from.getSize());
  return out;
}

ResponseBody read(schema::Response::Reader from) {
  switch (from.which()) {
    case schema::Response::ERROR:
      return read(from.getError());
    case schema::Response::DONE:
      return DoneAnswer{};
    case schema::Response::HEAD:
      return HeadAnswer{TreeSize(from.getHead().getSize()), hash(from.getHead().getRoot())};
    case schema::Response::APPENDED:
      return read(from.getAppended());
    case schema::Response::EVENTS: {
      auto r = from.getEvents();
      return EventsAnswer{read_all(r.getEvents()), TreeSize(r.getSize())};
    }
    case schema::Response::CASE:
      return read(from.getCase());
    case schema::Response::OBLIGATIONS: {
      auto r = from.getObligations();
      return ObligationsAnswer{read_all(r.getObligations()), read(r.getBasis())};
    }
    case schema::Response::FIGURES: {
      auto r = from.getFigures();
      return FiguresAnswer{read_all(r.getFigures()), read(r.getBasis())};
    }
    case schema::Response::COUNTED: {
      auto r = from.getCounted();
      return CountedAnswer{read_all(r.getInstances()), read(r.getBasis())};
    }
    case schema::Response::RULES: {
      auto r = from.getRules();
      return RulesAnswer{read_all(r.getRules()), read(r.getBasis())};
    }
    case schema::Response::PROGRESS:
      return ProgressAnswer{from.getProgress().getDone(), from.getProgress().getTotal()};
    case schema::Response::REBUILT: {
      auto r = from.getRebuilt();
      return RebuiltAnswer{r.getSame(), r.getEvents(), r.getEventsPerSecond(), text(r.getDifference()),
                           text(r.getDigest())};
    }
    case schema::Response::PROOF:
      return read(from.getProof());
  }
  throw UnknownValue{"a kind of answer that this release does not know"};
}

}  // namespace

Result<Response> decode_response(BytesView frame) {
  try {
    capnp::FlatArrayMessageReader message(words(frame), reader_options(frame));
    auto from = message.getRoot<schema::Response>();
    return Response{from.getId(), from.getMore(), read(from)};
  } catch (const UnknownValue& unknown) {
    return fail(ErrorCode::corruption, std::string("the server sent ") + unknown.what);
  } catch (const kj::Exception&) {
    return fail(ErrorCode::corruption, "the server sent an answer that cannot be read");
  }
}

}  // namespace stafett::wire
