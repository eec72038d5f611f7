#include <kj/exception.h>

#include "stafett/wire/codec.h"
#include "wire/items.h"

namespace stafett::wire {
namespace {

using wire::read;  // those of items, beside the ones here

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

VerifiedAnswer read(schema::Verified::Reader from) {
  VerifiedAnswer out;
  out.same = from.getSame();
  out.events = from.getEvents();
  out.events_per_second = from.getEventsPerSecond();
  out.problems = read_all(from.getProblems());
  out.problems_found = from.getProblemsFound();
  out.head = read(from.getHead());
  return out;
}

ResponseBody read(schema::Response::Reader from) {
  switch (from.which()) {
    case schema::Response::ERROR:
      return read(from.getError());
    case schema::Response::DONE:
      return DoneAnswer{};
    case schema::Response::HEAD:
      return read(from.getHead());
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
    case schema::Response::EXPLANATIONS: {
      auto r = from.getExplanations();
      return ExplanationsAnswer{read_all(r.getExplanations()), read(r.getBasis())};
    }
    case schema::Response::RULE_CHANGES: {
      auto r = from.getRuleChanges();
      return RuleChangesAnswer{read_all(r.getObligations()), read_all(r.getFigures()),
                               r.getObligationsChanged(), read(r.getBasis())};
    }
    case schema::Response::CASES: {
      auto r = from.getCases();
      return CasesAnswer{read_all(r.getCases()), read(r.getBasis())};
    }
    case schema::Response::LATE_EVENTS: {
      auto r = from.getLateEvents();
      return LateEventsAnswer{read_all(r.getEvents()), read(r.getBasis())};
    }
    case schema::Response::AMENDMENTS: {
      auto r = from.getAmendments();
      return AmendmentsAnswer{read_all(r.getAmendments()), read(r.getBasis())};
    }
    case schema::Response::FROZEN:
      return FrozenAnswer{read_all(from.getFrozen().getFrozen())};
    case schema::Response::NOTES:
      return NotesAnswer{wire::read(from.getNotes().getNotes())};
    case schema::Response::FILE:
      return FileAnswer{blob(from.getFile())};
    case schema::Response::VERIFIED:
      return read(from.getVerified());
    case schema::Response::KEYS:
      return KeysAnswer{read_all(from.getKeys().getKeys())};
    case schema::Response::CONSENTS: {
      auto r = from.getConsents();
      return ConsentsAnswer{r.getAllowed(), text(r.getGround()), ordinal<Position>(r.getGroundPosition()),
                            read_all(r.getGivers()), read(r.getBasis())};
    }
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
