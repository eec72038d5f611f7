#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "stafett/core/bytes.h"
#include "stafett/core/result.h"
#include "stafett/event/new_event.h"
#include "stafett/merkle/hash.h"
#include "stafett/wire/values.h"

// What the server answers, as plain values. Meanings, units and what absence means are in
// schema/protocol.capnp, field by field under the same names; here absence is std::optional or an empty text.
namespace stafett::wire {

struct Basis {
  TreeSize size;
  std::string rule_set;
  Instant at;
};

struct Failure {
  Error error;
  std::optional<std::uint64_t> index;  // which event of an append is to blame
};
struct DoneAnswer {};
struct HeadAnswer {
  TreeSize size;
  merkle::Hash root{};
  std::string note, public_key, origin;
  merkle::Hash streams_root{};
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
struct Figure {
  std::string indicator;
  Group group;
  std::optional<double> numerator, denominator;
  std::optional<std::uint64_t> pending = 0, waived = 0;
  std::optional<double> value, median, p90;
  bool suppressed = false;
  std::string show;
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
  std::string limit_sv, municipality;
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

struct NoObligation {
  std::string rule, case_id, stream;
};
struct Explanation {
  struct Step {
    std::string kind, en, sv;
    std::vector<Position> positions;
  };
  std::variant<Obligation, Figure, NoObligation> of;
  std::vector<Step> steps;
};
struct ExplanationsAnswer {
  std::vector<Explanation> explanations;
  Basis basis;
};
template <class T>
struct Change {
  std::optional<T> before, after;
};
struct RuleChangesAnswer {
  std::vector<Change<Obligation>> obligations;
  std::vector<Change<Figure>> figures;
  std::uint64_t obligations_changed = 0;
  Basis basis;
};
struct CaseSummary {
  std::string case_id, kind, status, phase, area, subject, unit, household;
  Instant opened_at;
  std::optional<Instant> closed_at;
  std::string outcome;
  std::uint32_t open = 0, fulfilled = 0, fulfilled_late = 0, overdue = 0, waived = 0, breached = 0;
};
struct CasesAnswer {
  std::vector<CaseSummary> cases;
  Basis basis;
};
struct LateEvent {
  Position position;
  std::string stream, type, unit, actor_role;
  Instant time, recorded_at;
};
struct LateEventsAnswer {
  std::vector<LateEvent> events;
  Basis basis;
};
struct Amendment {
  Position correction, corrected;
  std::string rule, case_id, subject;
  State before = State::open, after = State::open;
  Instant recorded_at;
  std::string actor, corrected_actor;
  bool same_actor = false;
  bool gone = false;
};
struct AmendmentsAnswer {
  std::vector<Amendment> amendments;
  Basis basis;
};
struct Frozen {
  Position position;
  Instant recorded_at;
  std::string unit, municipality;
  Date from, to;
  Instant at;
  TreeSize size;
  std::string rule_set;
  std::uint32_t threshold = 0;
  std::vector<Figure> figures;
};
struct FrozenAnswer {
  std::vector<Frozen> frozen;
};
struct NotesAnswer {
  std::vector<std::string> notes;
};
struct FileAnswer {
  Bytes bytes;
};
struct VerifiedAnswer {
  struct Problem {
    std::string where, what;
    std::optional<Position> position;
  };
  bool same = false;
  std::uint64_t events = 0;
  double events_per_second = 0;
  std::vector<Problem> problems;
  std::uint64_t problems_found = 0;
  HeadAnswer head = {};
};
struct KeysAnswer {
  struct WrappedKey {
    std::string stream;
    Bytes wrapped;
  };
  std::vector<WrappedKey> keys;
};
struct ConsentsAnswer {
  struct Giver {
    std::string person, state;
    std::vector<Position> positions;
    std::optional<Date> valid_to;
  };
  bool allowed = false;
  std::string ground;
  std::optional<Position> ground_position;
  std::vector<Giver> givers;
  Basis basis;
};

using ResponseBody =
    std::variant<Failure, DoneAnswer, HeadAnswer, AppendedAnswer, EventsAnswer, CaseAnswer, ObligationsAnswer,
                 FiguresAnswer, CountedAnswer, RulesAnswer, ProgressAnswer, RebuiltAnswer, ProofAnswer,
                 ExplanationsAnswer, RuleChangesAnswer, CasesAnswer, LateEventsAnswer, AmendmentsAnswer,
                 FrozenAnswer, NotesAnswer, FileAnswer, VerifiedAnswer, KeysAnswer, ConsentsAnswer>;

struct Response {
  std::uint64_t id = 0;
  bool more = false;  // further parts of the same answer follow
  ResponseBody body;
};

}  // namespace stafett::wire
