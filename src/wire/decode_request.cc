#include <kj/exception.h>

#include "stafett/event/encoding.h"
#include "stafett/wire/codec.h"
#include "wire/fields.h"

namespace stafett::wire {
namespace {

// Understood, but malformed: what the sender is told, while the connection goes on.
struct Refused {
  Failure failure;
};

event::ExpectedVersion read(schema::Proposal::Expected::Reader from) {
  switch (from.which()) {
    case schema::Proposal::Expected::ANY:
      return {event::ExpectedVersion::Kind::any, Version()};
    case schema::Proposal::Expected::NONE:
      return {event::ExpectedVersion::Kind::no_stream, Version()};
    case schema::Proposal::Expected::EXACTLY:
      return {event::ExpectedVersion::Kind::exactly, Version(from.getExactly())};
  }
  throw UnknownValue{"an expected version of a kind that this release does not know"};
}

RequestBody read(schema::Append::Reader from) {
  AppendRequest out;
  auto proposals = from.getEvents();
  if (proposals.size() == 0)
    throw Refused{{Error{ErrorCode::invalid_argument, "an append without events", "events", {}}, {}}};
  out.events.reserve(proposals.size());
  for (unsigned i = 0; i < proposals.size(); ++i) {
    auto event = event::from_wire(proposals[i].getEvent(), read(proposals[i].getExpected()));
    if (!event) throw Refused{{std::move(event).error(), i}};
    out.events.push_back(std::move(event).value());
  }
  return out;
}

RequestBody read(schema::ObligationsQuery::Reader from) {
  ObligationsRequest out;
  out.case_id = text(from.getCaseId());
  out.unit = text(from.getUnit());
  out.rule = text(from.getRule());
  for (auto s : from.getStates()) out.states.push_back(state(s));
  out.as_of = wire::read(from.getAsOf());
  return out;
}

IndicatorsRequest read(schema::IndicatorsQuery::Reader from, bool counted) {
  IndicatorsRequest out;
  out.ids = wire::read(from.getIds());
  out.from = date(from.getFrom());
  out.to = date(from.getTo());
  out.by = wire::read(from.getBy());
  out.as_of = wire::read(from.getAsOf());
  out.counted = counted;
  out.publish = from.getPublish();
  out.threshold = from.getThreshold();
  out.split = text(from.getSplit());
  return out;
}

RequestBody read(schema::Explain::Reader from) {
  ExplainRequest out;
  out.case_id = text(from.getCaseId());
  out.stream = text(from.getStream());
  out.rule = text(from.getRule());
  out.subject = text(from.getSubject());
  out.triggered_by = ordinal<Position>(from.getTriggeredBy());
  out.indicator = text(from.getIndicator());
  out.group = wire::read(from.getGroup());
  out.from = date(from.getFrom());
  out.to = date(from.getTo());
  out.as_of = wire::read(from.getAsOf());
  return out;
}

RequestBody read(schema::Request::Reader from) {
  switch (from.which()) {
    case schema::Request::HEAD:
      return HeadRequest{};
    case schema::Request::APPEND:
      return read(from.getAppend());
    case schema::Request::HISTORY: {
      auto r = from.getHistory();
      return HistoryRequest{text(r.getStream()), Version(r.getFrom()), time(r.getKnownAt())};
    }
    case schema::Request::READ: {
      auto r = from.getRead();
      ReadRequest out{Position(r.getFrom()), {}};
      if (r.getLimit() != schema::NONE) out.limit = r.getLimit();
      return out;
    }
    case schema::Request::FOLLOW:
      return FollowRequest{Position(from.getFollow().getFrom())};
    case schema::Request::CANCEL:
      return CancelRequest{from.getCancel()};
    case schema::Request::CASE:
      return CaseRequest{text(from.getCase().getCaseId()), wire::read(from.getCase().getAsOf())};
    case schema::Request::OBLIGATIONS:
      return read(from.getObligations());
    case schema::Request::INDICATORS:
      return read(from.getIndicators(), false);
    case schema::Request::COUNTED:
      return read(from.getCounted(), true);
    case schema::Request::RULES:
      return RulesRequest{wire::read(from.getRules())};
    case schema::Request::ADOPT:
      return AdoptRequest{text(from.getAdopt())};
    case schema::Request::REBUILD:
      return RebuildRequest{};
    case schema::Request::INCLUSION: {
      auto r = from.getInclusion();
      return InclusionRequest{Position(r.getPosition()), ordinal<TreeSize>(r.getSize())};
    }
    case schema::Request::CONSISTENCY: {
      auto r = from.getConsistency();
      return ConsistencyRequest{TreeSize(r.getOlder()), TreeSize(r.getNewer())};
    }
    case schema::Request::EXPLAIN:
      return read(from.getExplain());
    case schema::Request::WHAT_IF:
      return WhatIfRequest{text(from.getWhatIf())};
    case schema::Request::CASES: {
      auto r = from.getCases();
      return CasesRequest{text(r.getHousehold()), text(r.getUnit()), text(r.getKind()), text(r.getStatus()),
                          wire::read(r.getAsOf())};
    }
    case schema::Request::LATE: {
      auto r = from.getLate();
      return LateRequest{r.getHours(), text(r.getUnit()), date(r.getFrom()), date(r.getTo()),
                         wire::read(r.getAsOf())};
    }
    case schema::Request::AMENDED:
      return AmendedRequest{text(from.getAmended().getUnit()), wire::read(from.getAmended().getAsOf())};
    case schema::Request::FREEZE: {
      auto r = from.getFreeze();
      return FreezeRequest{read(r.getIndicators(), false), text(r.getUnit()), text(r.getMunicipality())};
    }
    case schema::Request::FROZEN: {
      auto r = from.getFrozen();
      return FrozenRequest{text(r.getMunicipality()), text(r.getUnit()), date(r.getFrom()), date(r.getTo())};
    }
    case schema::Request::HEADS: {
      auto r = from.getHeads();
      HeadsRequest out{TreeSize(r.getFrom()), {}};
      if (r.getLimit() != schema::NONE) out.limit = r.getLimit();
      return out;
    }
    case schema::Request::COSIGN:
      return CosignRequest{text(from.getCosign())};
    case schema::Request::BUNDLE: {
      auto r = from.getBundle();
      return BundleRequest{text(r.getCaseId()), r.getHousehold(), ordinal<TreeSize>(r.getOlderSize())};
    }
    case schema::Request::VERIFY:
      return VerifyRequest{};
    case schema::Request::ERASE:
      return EraseRequest{text(from.getErase().getStream()), text(from.getErase().getReason())};
    case schema::Request::STREAM_KEYS:
      return StreamKeysRequest{};
    case schema::Request::CONSENTS: {
      auto r = from.getConsents();
      return ConsentsRequest{text(r.getSubject()), text(r.getScope()), text(r.getRecipient()),
                             wire::read(r.getAsOf())};
    }
  }
  throw UnknownValue{"a kind of request that this release does not know"};
}

}  // namespace

std::variant<Request, Rejected> decode_request(BytesView frame) {
  Rejected rejected;
  auto refuse = [&](const char* why) {
    rejected.failure.error = Error{ErrorCode::invalid_argument, why, {}, {}};
    return rejected;
  };
  try {
    capnp::FlatArrayMessageReader message(words(frame), reader_options(frame));
    auto from = message.getRoot<schema::Request>();
    rejected.id = from.getId();
    return Request{*rejected.id, read(from)};
  } catch (Refused& refused) {
    rejected.failure = std::move(refused.failure);
    rejected.understood = true;
    return rejected;
  } catch (const UnknownValue& unknown) {
    return refuse(unknown.what);
  } catch (const kj::Exception&) {
    // The library's own words may quote the bytes, which may be personal: they stay here.
    return refuse("the message cannot be read");
  }
}

}  // namespace stafett::wire
