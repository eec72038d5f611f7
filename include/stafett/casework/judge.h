#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "stafett/casework/answers.h"
#include "stafett/casework/rule_set.h"
#include "stafett/casework/world.h"
#include "stafett/core/period.h"

// The fold: a dossier's events and the rules in force give its obligations. Pure: the same arguments give the
// same answer for ever, whatever the order the events were registered in.
namespace stafett::casework {

// What indicators may be broken down by (domain.md 8.3 no. 17), as values; "unknown" where nothing is
// recorded.
enum class Dimension : std::uint8_t {
  municipality,
  district,
  unit,
  unit_kind,
  area,
  case_kind,
  age_band,
  gender,
  disability,
  unaccompanied,
  placed,
  violence,
  reporter_kind,
  forum,
  period
};
inline constexpr std::size_t dimension_count = 15;
using Dimensions = std::array<std::string_view, dimension_count>;
std::string_view to_string(Dimension d);  // "unitKind"
std::optional<Dimension> dimension_from(std::string_view name);

// An obligation, or an instance that an indicator counts, with all that counting needs. Millions are made in
// a rebuild: what they hold of texts and lists belongs to the judgement and the rule book, and is shared.
struct Judged {
  ObligationView obligation;  // `rule` is the indicator's id for an instance of its own clause
  std::string_view part;      // of the rule
  bool of_rule = true;
  std::uint16_t trigger_type = 0;
  double matched = 0, needed = 1;            // how often what must happen did, and must
  std::optional<double> measure;             // a number of the trigger, where the clause names one
  std::span<const std::string_view> covers;  // values it covers, where the clause says which
  struct Split {
    std::string_view name, value;
  };
  std::span<const Split> splits;               // its values of the clause's own dimensions
  std::span<const std::string_view> children;  // the minors concerned, as of the world's moment
  std::span<const Position> evidence;          // trigger and what settled it, ascending
  std::string_view household;
  const Dimensions* dimensions = nullptr;  // shared by those of one trigger, person and unit
  std::string_view in(Dimension d) const { return (*dimensions)[static_cast<std::size_t>(d)]; }
};

// An event of the dossier and when it was recorded: what registration delay is counted over.
struct Registered {
  Position position;
  Date on;         // local date of recording
  float days = 0;  // from `time` to recording
  std::uint16_t type = 0;
  std::uint16_t origin = 0;  // index into Judgement::origins
};

// Must not outlive the rule book it was made with.
struct Judgement {
  std::vector<Judged> judged;          // ordered by rule, part, creation, subject, trigger
  std::vector<Registered> registered;  // every event of the dossier's own, by position
  std::vector<std::pair<std::string_view, std::string_view>> origins;  // unit and municipality
  std::shared_ptr<const void> memory;                                  // of what the above point to
  std::size_t bytes = 0;                                               // it takes in all, about
  bool given_up = false;          // not complete: of no use but to say so
  Instant horizon = instant_max;  // the answer stays the same for every `at` from the world's up to here
};

// How far a judge goes before it gives up: a dossier that ties a thousand children together in one household
// would cost without end.
struct Effort {
  std::size_t judged_max = 50'000;
  const std::atomic<bool>* stopped = nullptr;  // gives up too as soon as this is set
};

// Judges every rule and indicator of the book on the world. Thread-safe.
Judgement judge(const World& world, const RuleBook& book, const Effort& effort = {});

// A case from `from` on: "intake", "investigating", "concluded", "measure" or "closed".
struct PhaseChange {
  std::string_view phase;
  Instant from;
  const Fact* fact = nullptr;  // what began it
};
// The phases a case has gone through until the world's moment, by time; at least one.
std::vector<PhaseChange> phases(const CaseFacts& c);

// The case as it stands, with the obligations of it among `judged`. Empty when the world has no such case.
std::optional<Case> describe_case(const World& world, std::string_view id, const Judgement& judgement);
// Every case of the world, by opening.
std::vector<CaseSummary> summarize_cases(const World& world, const Judgement& judgement);

// What indicators are asked of judgements.
struct FigureQuery {
  std::vector<const Indicator*> indicators;  // asked for, in this order
  std::vector<const Indicator*> all;         // every one in force: what composites are made of
  Date from, to;                             // half-open local dates; as-of lists ignore them
  Instant at;                                // the judgements are as of then
  std::vector<Dimension> by;
  std::vector<std::string> splits;                // dimensions that clauses declare ("split"), by name
  PeriodSplit period_split = PeriodSplit::month;  // what the dimension `period` divides the time into
  std::string municipality;                       // only what belongs to it; empty: everything
};

// Counts dossier by dossier, so that no more than one need be in memory at a time. The judgements may come in
// any order; the figures are the same.
class FigureCount {
 public:
  explicit FigureCount(FigureQuery query);
  ~FigureCount();
  void add(const Judgement& judgement);
  std::vector<Figure> figures() const;  // by indicator as asked, then by group

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// What stands behind the figures in one dossier, by indicator, group, case and subject.
std::vector<Counted> counted(const FigureQuery& query, const Judgement& judgement);

}  // namespace stafett::casework
