#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "stafett/event/new_event.h"
#include "stafett/wire/values.h"

// What a client may ask, as plain values. Meanings, units and what absence means are in
// schema/protocol.capnp, field by field under the same names; here absence is std::optional or an empty text.
namespace stafett::wire {

struct HeadRequest {};
struct AppendRequest {
  std::vector<event::NewEvent> events;  // each with its expected version
};
struct HistoryRequest {
  std::string stream;
  Version from;
  std::optional<Instant> known_at;
};
struct ReadRequest {
  Position from;
  std::optional<std::uint64_t> limit;
};
struct FollowRequest {
  Position from;
};
struct CancelRequest {
  std::uint64_t target = 0;
};
struct CaseRequest {
  std::string case_id;
  AsOf as_of;
};
struct ObligationsRequest {
  std::string case_id, unit, rule;
  std::vector<State> states;
  AsOf as_of;
};
struct IndicatorsRequest {
  std::vector<std::string> ids;
  std::optional<Date> from, to;
  std::vector<std::string> by;
  AsOf as_of;
  bool counted = false;  // the instances behind the figures instead
  bool publish = false;  // hide what would disclose persons
  std::uint32_t threshold = 5;
  std::string split = "";  // how the dimension `period` divides the time: "month", "tertial", "term", "year"
};
struct RulesRequest {
  AsOf as_of;
};
struct AdoptRequest {
  std::string definition;
};
struct RebuildRequest {};
struct InclusionRequest {
  Position position;
  std::optional<TreeSize> size;
};
struct ConsistencyRequest {
  TreeSize older, newer;
};

struct ExplainRequest {
  std::string case_id, stream, rule, subject;
  std::optional<Position> triggered_by;
  std::string indicator;
  Group group;
  std::optional<Date> from, to;
  AsOf as_of;
};
struct WhatIfRequest {
  std::string definition;
};
struct CasesRequest {
  std::string household, unit, kind, status;
  AsOf as_of;
};
struct LateRequest {
  std::uint32_t hours = 72;
  std::string unit;
  std::optional<Date> from, to;  // of recording
  AsOf as_of;
};
struct AmendedRequest {
  std::string unit;
  AsOf as_of;
};
struct FreezeRequest {
  IndicatorsRequest indicators;
  std::string unit, municipality;
};
struct FrozenRequest {
  std::string municipality, unit;
  std::optional<Date> from, to;
};
struct HeadsRequest {
  TreeSize from;
  std::optional<std::uint64_t> limit;
};
struct CosignRequest {
  std::string note;
};
struct BundleRequest {
  std::string case_id;
  bool household = false;
  std::optional<TreeSize> older;
};
struct VerifyRequest {};
struct EraseRequest {
  std::string stream, reason;
};
struct StreamKeysRequest {};
struct ConsentsRequest {
  std::string subject, scope, recipient;
  AsOf as_of;
};

using RequestBody =
    std::variant<HeadRequest, AppendRequest, HistoryRequest, ReadRequest, FollowRequest, CancelRequest,
                 CaseRequest, ObligationsRequest, IndicatorsRequest, RulesRequest, AdoptRequest,
                 RebuildRequest, InclusionRequest, ConsistencyRequest, ExplainRequest, WhatIfRequest,
                 CasesRequest, LateRequest, AmendedRequest, FreezeRequest, FrozenRequest, HeadsRequest,
                 CosignRequest, BundleRequest, VerifyRequest, EraseRequest, StreamKeysRequest,
                 ConsentsRequest>;

struct Request {
  std::uint64_t id = 0;
  RequestBody body;
};

}  // namespace stafett::wire
