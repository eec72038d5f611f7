#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "stafett/core/bytes.h"
#include "stafett/core/ids.h"
#include "stafett/core/instant.h"
#include "stafett/core/result.h"
#include "stafett/event/new_event.h"
#include "stafett/merkle/hash.h"

// Requests and responses as plain values. Meanings, units and what absence means are in
// schema/protocol.capnp, field by field under the same names; here absence is std::optional or an empty text.
namespace stafett::wire {

enum class State : std::uint8_t { open, fulfilled, fulfilled_late, overdue, waived, breached };
std::string_view to_string(State state);  // as in the contract: "open", …, "fulfilledLate", …
std::optional<State> state_from(std::string_view name);

enum class Severity : std::uint8_t { must, should, agreed, advisory, system };
std::string_view to_string(Severity severity);

struct AsOf {
  std::optional<Instant> at, known_at;
  std::optional<Position> at_least;
};

struct Basis {
  TreeSize size;
  std::string rule_set;
  Instant at;
};

// --- Requests

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

using RequestBody =
    std::variant<HeadRequest, AppendRequest, HistoryRequest, ReadRequest, FollowRequest, CancelRequest,
                 CaseRequest, ObligationsRequest, IndicatorsRequest, RulesRequest, AdoptRequest,
                 RebuildRequest, InclusionRequest, ConsistencyRequest>;

struct Request {
  std::uint64_t id = 0;
  RequestBody body;
};

// --- Answers

struct Failure {
  Error error;
  std::optional<std::uint64_t> index;  // which event of an append is to blame
};
struct DoneAnswer {};
struct HeadAnswer {
  TreeSize size;
  merkle::Hash root{};
};
struct Place {
  Position position;
  Version version;
  Instant recorded_at;
  bool duplicate = false;
};
struct AppendedAnswer {
  std::vector<Place> places;
};
struct StoredEvent {
  Bytes record;
  event::PersonalView personal;
};
struct EventsAnswer {
  std::vector<StoredEvent> events;
  TreeSize size;
};
struct Obligation {
  std::string rule;
  Severity severity = Severity::must;
  std::string stream, case_id, subject, unit;
  State state = State::open;
  std::optional<Position> triggered_by;
  Instant created_at;
  std::optional<Instant> due_at, warn_at;
  bool warning = false;
  std::optional<Position> settled_by;
  std::optional<Instant> settled_at;
  std::string legal_ref;
};
struct Child {
  std::string person_id;
  bool informed = false, offered = false, heard = false, view_recorded = false, feedback = false;
};
struct CaseAnswer {
  std::string case_id, kind, status, phase, area, subject, unit, household;
  Instant opened_at;
  std::optional<Instant> closed_at;
  std::vector<Child> children;
  std::vector<Obligation> obligations;
  Basis basis;
};
struct ObligationsAnswer {
  std::vector<Obligation> obligations;
  Basis basis;
};
using Group = std::map<std::string, std::string>;  // dimension to value
struct Figure {
  std::string indicator;
  Group group;
  std::optional<double> numerator, denominator;
  std::uint64_t pending = 0, waived = 0;
  std::optional<double> value, median, p90;
  bool suppressed = false;
};
struct FiguresAnswer {
  std::vector<Figure> figures;
  Basis basis;
};
struct Counted {
  std::string indicator;
  Group group;
  std::string case_id, subject, stream;
  bool in_numerator = false;
  std::string standing;
  std::optional<double> measure;
  std::vector<Position> evidence;
};
struct CountedAnswer {
  std::vector<Counted> instances;
  Basis basis;
};
struct Rule {
  std::string rule_id, kind, severity, name_en, name_sv, limit, legal_ref, source, rule_set;
};
struct RulesAnswer {
  std::vector<Rule> rules;
  Basis basis;
};
struct ProgressAnswer {
  std::uint64_t done = 0, total = 0;
};
struct RebuiltAnswer {
  bool same = false;
  std::uint64_t events = 0;
  double events_per_second = 0;
  std::string difference, digest;
};
struct ProofAnswer {
  std::vector<merkle::Hash> hashes;
  TreeSize size;
};

using ResponseBody =
    std::variant<Failure, DoneAnswer, HeadAnswer, AppendedAnswer, EventsAnswer, CaseAnswer, ObligationsAnswer,
                 FiguresAnswer, CountedAnswer, RulesAnswer, ProgressAnswer, RebuiltAnswer, ProofAnswer>;

struct Response {
  std::uint64_t id = 0;
  bool more = false;  // further parts of the same answer follow
  ResponseBody body;
};

}  // namespace stafett::wire
