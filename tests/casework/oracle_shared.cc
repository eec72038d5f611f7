// What an adult's case owes the children behind it, and what units that know the same family owe one another:
// R13, R18, R20, R21, R23 (domain.md 4.1).
#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

// "R13 | `CaseOpened{adult}` for a person with minors in household or guardianship |
// `ChildChecklistCompleted` | 14 days and before first decision"; 8.2 no. 14: closing waives it.
void adult_case(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    if (!e.is("CaseOpened") || e.text("caseKind") != "adult" || told.opening(e.case_id()) != &e ||
        told.children_of(e.case_id(), e.when).empty())
      continue;
    Standing s{e.when, end_of(add_days(e.day(), 14))};
    if (auto decided = first_decision(told, e.case_id(), e.when); decided && *decided < *s.due)
      s.due = decided;
    for (auto& c : told.events())
      if (c.is("ChildChecklistCompleted") && c.case_id() == e.case_id() && c.when >= e.when && !s.done)
        s.done = c.when;
    s.excused = closing_after(told, e.case_id(), e.when);
    add(out, told, "R13", e, e.text("subjectPersonId"), s);
  }
}

namespace {

template <class Holds>
std::vector<Spell> spells(const Told& told, const std::string& household, Holds holds) {
  std::vector<Spell> out;
  bool inside = false;
  auto all = turns(told, household);
  for (auto& turn : all) {
    if (&turn != &all.back() && (&turn + 1)->when == turn.when) continue;
    bool now = holds(turn.when);
    if (now && !inside) out.push_back({turn.event, turn.when});
    if (!now && inside) out.back().to = turn.when;
    inside = now;
  }
  return out;
}

}  // namespace

std::vector<Spell> shared_spells(const Told& told, const std::string& household) {
  return spells(told, household, [&](Instant t) { return units_of(told, household, t).size() >= 2; });
}

std::optional<Instant> coordinated(const Told& told, const std::string& household, Instant from, bool joint) {
  for (auto& e : told.events()) {
    if (!e.is("InternalCoordinationAgreed") || e.when < from ||
        household_of_case(told, e.case_id()) != household)
      continue;
    bool named =
        !e.text("leadForChildConversation").empty() && !e.text("responsibleForChildInformation").empty();
    if (joint ? e.yes("joint") : named) return e.when;
  }
  return {};
}

std::optional<Instant> secrecy(const Told& told, const std::string& household, Instant from) {
  for (auto& e : told.events())
    if (e.is("SecrecyInvoked") && e.yes("consentAsked") && e.when >= from &&
        household_of_case(told, e.case_id()) == household)
      return e.when;
  return {};
}

namespace {

// "R18 | Household has open cases in ≥ 2 units | `InternalCoordinationAgreed` | 14 days after the second case
// is known | … event naming lead for child talk and unit responsible for information"; "R21 | Shared case
// with children | joint examination of the child's needs (`InternalCoordinationAgreed{joint=true}`) | as
// R18"; 8.2 no. 12: "triggered whenever a household comes to have open cases in two or more units (from
// fewer)", no. 9: R21 binds the parties of an agreement, no. 14: the end of what they presuppose waives them.
//
// Readings: R18's exception "no lawful ground to know (secrecy)" is secrecy invoked although consent was
// asked for; R21 binds the unit that makes the case a shared one.
void shared(const Told& told, const std::string& household, Duties& out) {
  for (bool joint : {false, true}) {
    for (auto& spell : shared_spells(told, household)) {
      if (joint && !bound(told, spell.begins->sent->source, spell.from)) continue;
      bool children = !told.minors(household, local_date(spell.from)).empty();
      if (joint && !children) continue;
      Standing s{spell.from, end_of(add_days(local_date(spell.from), 14)),
                 coordinated(told, household, spell.from, joint), spell.to};
      if (auto refused = secrecy(told, household, spell.from);
          !joint && refused && (!s.excused || *refused < *s.excused))
        s.excused = refused;
      add(out, told, joint ? "R21" : "R18", *spell.begins, told.subject_of(spell.begins->case_id()), s);
    }
  }
}

// "R20 | Decision about a shared family affects children | `ChildImpactAnalysisCompleted{joint=true}` |
// before decision, "when needed" | … one unit only | joint analysis | advisory".
void r20(const Told& told, const Event& decision, Duties& out) {
  if (decision.text("childAffected") != "yes" || !bound(told, decision.sent->source, decision.when)) return;
  auto household = household_of_case(told, decision.case_id());
  if (household.empty() || units_of(told, household, decision.when).size() < 2) return;
  for (auto& child : affected_children(told, decision)) {
    Standing s{decision.when, decision.when};
    for (auto& e : told.events())
      if (e.is("ChildImpactAnalysisCompleted") && e.yes("joint") && e.text("childId") == child &&
          e.text("concernsDecisionDraft") == decision.text("decisionId") && !s.done)
        s.done = e.when;
    add(out, told, "R20", decision, child, s);
    bool before = s.done && *s.done <= decision.when;
    out.back().state = before ? "fulfilled" : s.done ? "fulfilledLate" : "overdue";
  }
}

std::optional<Instant> updated(const Told& told, const std::string& household, const char* from,
                               const char* to, Instant after, bool at_once) {
  for (auto& e : told.events()) {
    if (!e.is("MutualUpdateGiven") || household_of_case(told, e.case_id()) != household ||
        kind_of_unit(e.text("fromUnit")) != from || (at_once ? e.when < after : e.when <= after))
      continue;
    for (auto& unit : e.list("toUnits"))
      if (kind_of_unit(unit) == to) return e.when;
  }
  return {};
}

// "R23 | Shared case open | `MutualUpdateGiven` in both directions | every 30 days"; 8.2 no. 12: "per
// household, between the income-support unit and the child unit that both have open cases there and are
// parties; ends when either closes"; I26: "each update starts the next 30 days".
//
// Reading: parties when the case comes to be shared, and again after each update; an agreement that follows
// later does not begin it anew.
void r23(const Told& told, const std::string& household, Duties& out) {
  auto holds = [&](Instant t) {
    std::set<std::string> kinds;
    for (auto& unit : units_of(told, household, t)) kinds.insert(kind_of_unit(unit));
    return kinds.count("incomeSupport") && kinds.count("ifoChild");
  };
  for (auto& spell : spells(told, household, holds)) {
    std::set<std::string> parties;
    for (auto& unit : units_of(told, household, spell.from))
      if (kind_of_unit(unit) == "incomeSupport" || kind_of_unit(unit) == "ifoChild") parties.insert(unit);
    auto from = spell.from;
    bool first = true;
    while (bound(told, parties, from)) {
      auto one = updated(told, household, "incomeSupport", "ifoChild", from, first);
      auto other = updated(told, household, "ifoChild", "incomeSupport", from, first);
      Standing s{from, end_of(add_days(local_date(from), 30)), {}, spell.to};
      if (one && other) s.done = std::max(*one, *other);
      add(out, told, "R23", *spell.begins, told.subject_of(spell.begins->case_id()), s);
      if (!s.done || (spell.to && *s.done >= *spell.to)) break;
      from = *s.done;
      first = false;
    }
  }
}

}  // namespace

void coordination(const Told& told, Duties& out) {
  for (auto& household : households(told)) {
    shared(told, household, out);
    r23(told, household, out);
  }
  for (auto& e : told.events())
    if (e.is("DecisionMade")) r20(told, e, out);
}

}  // namespace stafett::oracle::detail
