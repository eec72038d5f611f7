#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "stafett/casework/amended.h"
#include "stafett/casework/answers.h"
#include "stafett/casework/comparison.h"
#include "stafett/casework/consent.h"
#include "stafett/casework/disclosure.h"
#include "stafett/casework/explain.h"
#include "stafett/casework/frozen_figures.h"
#include "stafett/core/result.h"
#include "stafett/ledger/ledger.h"

// The live read model of all cases: follows the ledger and answers questions about it, now or as of any time.
namespace stafett::projection {

// The two times of a question (house.md 1.7), and how fresh the answer must be.
struct AsOf {
  std::optional<Instant> at;         // judge as of then: later events do not count. Default: now
  std::optional<Instant> known_at;   // use only what was recorded by then. Default: everything
  std::optional<Position> at_least;  // wait until this position is folded in: read your own writes
};

// What every answer states, so that it can be asked again.
struct Basis {
  TreeSize size;         // events taken in account: positions below this
  std::string rule_set;  // id of the rule set in force
  Instant at;            // the `at` that was used
};

template <class T>
struct Answer {
  Basis basis;
  T value;
};

struct ObligationFilter {
  std::optional<std::string> case_id, unit, rule;  // the case without "case/"
  std::vector<casework::State> states;             // empty: all
};

// Cases as they stood; what is absent does not filter.
struct CaseFilter {
  std::optional<std::string> household, unit, kind, status;
};

struct IndicatorQuery {
  std::vector<std::string> ids;  // empty: all in force
  std::optional<Date> from, to;  // half-open; default: the calendar year of `at`
  std::vector<std::string> by;   // dimensions of domain.md 8.3 no. 17
  std::string split;             // how the dimension `period` divides the time (core/period.h); empty: month
  bool publish = false;          // without what domain.md 5.4 hides; else it is marked
  std::uint32_t threshold = casework::threshold_default;
  std::optional<std::string> municipality;  // only what belongs to it
};

// Statistics as they were frozen, and the event that did it.
struct FrozenStatistics {
  Position position;
  Instant recorded_at;
  std::string unit, municipality;
  casework::FrozenFigures figures;
};

// What is absent does not filter; the period lies within [from, to).
struct FrozenFilter {
  std::optional<std::string> municipality, unit;
  std::optional<Date> from, to;
};

// One indicator's cell: its group's dimensions and their values. An empty group is the whole.
struct FigureChoice {
  std::string indicator;
  std::map<std::string, std::string> group;
  std::optional<Date> from, to;  // as in IndicatorQuery
};

struct FigureChange {
  std::optional<casework::Figure> before, after;  // absent where an indicator is not known
};

// What a rule set would change: obligations as they stand today, figures of this calendar year.
struct RuleChanges {
  std::vector<casework::ObligationChange> obligations;  // the first changes_max of them
  std::uint64_t obligations_changed = 0;                // all of them
  std::vector<FigureChange> figures;
};

struct RuleSummary {
  std::string id;        // "R01", "I04"
  std::string kind;      // "rule" or "indicator"
  std::string severity;  // of a rule
  std::string name_en, name_sv;
  std::string limit;  // as written in the rule set, e.g. "14 days"
  std::string legal_ref, source;
  std::string rule_set;      // the set that defines it
  std::string limit_sv;      // the limit in Swedish
  std::string municipality;  // whom the set binds; "0000": everybody
};

// The event that adopted a rule set.
struct Adoption {
  Position position;
  Version version;
  Instant recorded_at;
};

struct RebuildReport {
  bool same = false;
  std::uint64_t events = 0;
  double events_per_s = 0;
  std::string difference;  // the first difference found; empty when the same
  std::string digest;      // hex SHA-256 of the rebuilt state
};

// Thread-safe; every call may block while it catches up or folds.
class Casebook {
 public:
  // Starts following in the background. The ledger must outlive it.
  static Result<std::unique_ptr<Casebook>> open(ledger::Ledger& ledger, const Clock& clock);
  ~Casebook();

  // Errors: not_found when there is no such case at that time; unavailable while stopping.
  Result<Answer<casework::Case>> case_of(const std::string& id, const AsOf& as_of);
  // By opening, then id. Errors: too_large.
  Result<Answer<std::vector<casework::CaseSummary>>> cases(const CaseFilter& filter, const AsOf& as_of);
  Result<Answer<std::vector<casework::Obligation>>> obligations(const ObligationFilter& filter,
                                                                const AsOf& as_of);
  // Errors: not_found for an unknown indicator or rule id, invalid_argument for an unknown dimension; with
  // `publish` those of casework::published.
  Result<Answer<std::vector<casework::Figure>>> indicators(const IndicatorQuery& query, const AsOf& as_of);
  // Instances are case lists, not statistics: `publish` is refused with invalid_argument.
  Result<Answer<std::vector<casework::Counted>>> counted(const IndicatorQuery& query, const AsOf& as_of);
  // The figures of a municipality and a period that is over, published by a unit: the event that freezes
  // them, ready to append. Errors: as `indicators`; invalid_argument when the period is not over; not_found
  // when nothing is recorded of the municipality.
  Result<event::NewEvent> prepare_freeze(const IndicatorQuery& query, const std::string& unit,
                                         const std::string& municipality, const AsOf& as_of);
  // In ledger order.
  Result<std::vector<FrozenStatistics>> frozen(const FrozenFilter& filter);
  Result<Answer<std::vector<RuleSummary>>> rules(const AsOf& as_of);

  // Why obligations are what they are. `choice` names a case or a stream. Errors: invalid_argument when it
  // names neither; not_found when no obligation answers to it; too_large for more than explained_max.
  Result<Answer<std::vector<casework::Explanation>>> explain(const casework::ObligationChoice& choice,
                                                             const AsOf& as_of);
  // Why the figures of one indicator are what they are: each of the group asked for, followed by its
  // instances, of which the first explained_max are told. Errors: as `indicators`; not_found when nothing is
  // counted in that group.
  Result<Answer<std::vector<casework::Explanation>>> explain(const FigureChoice& choice, const AsOf& as_of);
  static constexpr std::size_t explained_max = 2000;

  // What adopting this rule set would change now; nothing is appended. `progress` gets the dossiers judged
  // and all of them. Errors: as prepare_adoption.
  using Told = std::function<void(std::uint64_t, std::uint64_t)>;
  Result<Answer<RuleChanges>> what_if(std::string_view json, const Told& progress);
  static constexpr std::size_t changes_max = 10'000;

  // Corrections by that unit (empty: by any) that made an obligation look better, by position. Errors:
  // too_large.
  Result<Answer<std::vector<casework::Amendment>>> amended(const std::string& unit, const AsOf& as_of);

  // Errors: not_found for a person nobody has named; invalid_argument for an unknown scope.
  Result<Answer<casework::ConsentStanding>> consent(const casework::ConsentQuestion& question,
                                                    const AsOf& as_of);

  // The streams of persons, households and cases that are tied to the case and judged together with it, or
  // are only named by events that are; sorted. Errors: not_found when there is no such case.
  Result<std::vector<std::string>> tied_streams(const std::string& case_id);

  // The open cases that keep the stream's content from being erased: the case itself; those of a household;
  // those that a person is the subject of, a child in, or the guardian of a child in. Other streams have
  // none.
  Result<Answer<std::vector<std::string>>> open_cases(std::string_view stream, const AsOf& as_of);

  // Where the newest set of that id was adopted, when its definition is this very text: then there is nothing
  // to adopt. Errors: as prepare_adoption.
  Result<std::optional<Adoption>> adopted_already(std::string_view json);

  // Checks a rule set's JSON against the event catalogue and the rules in force, without adopting it. The
  // error names the place in the file. On success: the event that adopts it, ready to append.
  Result<event::NewEvent> prepare_adoption(std::string_view json, Instant now);

  // What the casework asks of an event beyond its form: a RuleSetAdopted that carries a definition must carry
  // one that can be read, for it will judge. Does not wait. Errors: invalid_argument, field data.definition,
  // with the place.
  Result<void> check(const event::NewEvent& event) const;

  // Folds the whole ledger anew, beside the live state, and compares. `progress` gets the events done and the
  // total.
  Result<RebuildReport> rebuild(const std::function<void(std::uint64_t, std::uint64_t)>& progress);

  // Makes waiting and running calls end with `unavailable`.
  void stop();

 private:
  struct State;
  explicit Casebook(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace stafett::projection
