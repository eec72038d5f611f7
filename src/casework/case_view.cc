#include <unordered_map>

#include "stafett/casework/judge.h"

namespace stafett::casework {
namespace {

std::uint16_t ordinal(std::string_view name) { return event::find_event_type(name)->ordinal; }

ChildInCase participation(std::string_view child, const CaseFacts& c) {
  static const auto informed = ordinal("ChildInformed"), offered = ordinal("ChildConversationOffered"),
                    heard = ordinal("ChildHeard"), view = ordinal("ChildViewRecorded"),
                    feedback = ordinal("FeedbackGivenToChild");
  ChildInCase out;
  out.id = child;
  for (auto* f : c.facts) {
    if (field_of(*f, "childId") != Value::of(child)) continue;
    if (f->type() == informed) out.informed = true;
    if (f->type() == offered || f->type() == heard) out.offered = true;
    if (f->type() == heard) out.heard = true;
    if (f->type() == view && field_of(*f, "source").text() == "child") out.view_recorded = true;
    if (f->type() == feedback && field_of(*f, "decisionTold").boolean()) out.feedback = true;
  }
  return out;
}

std::string_view outcome_of(const CaseFacts& c) {
  static const auto concluded = ordinal("InvestigationConcluded");
  std::string_view outcome = c.closed ? field_of(*c.closed, "reason").text() : std::string_view();
  for (auto* f : c.facts)
    if (f->type() == concluded) outcome = field_of(*f, "outcome").text();
  return outcome;
}

void summarize(const CaseFacts& c, const World& world, CaseSummary& out) {
  out.id = c.id;
  out.kind = c.kind;
  out.status = c.open_at(world.at()) ? "open" : "closed";
  out.phase = phases(c).back().phase;
  out.area = c.area;
  out.subject = c.subject;
  out.unit = c.unit_at(world.at());
  out.household = c.household;
  out.opened_at = c.opened->when;
  if (c.closed) out.closed_at = c.closed->when;
  out.outcome = outcome_of(c);
}

void count(const ObligationView& o, CaseSummary& in) { ++in.count[static_cast<std::size_t>(o.state)]; }

}  // namespace

std::vector<PhaseChange> phases(const CaseFacts& c) {
  static const auto opened = ordinal("CaseOpened"), decided = ordinal("InvestigationDecided"),
                    concluded = ordinal("InvestigationConcluded"), measure = ordinal("MeasureStatusChanged"),
                    closed = ordinal("CaseClosed");
  std::vector<PhaseChange> out{{"intake", c.opened->when, c.opened}};
  std::string_view while_open = "intake";
  bool is_closed = false;
  for (auto* f : c.facts) {
    if (f->type() == decided && field_of(*f, "outcome").text() == "open") while_open = "investigating";
    if (f->type() == concluded)
      while_open = field_of(*f, "outcome").text() == "measure" ? "measure" : "concluded";
    if (f->type() == measure && field_of(*f, "status").text() == "started") while_open = "measure";
    // Opened again, it is where it was.
    if (f->type() == opened) is_closed = false;
    if (f->type() == closed) is_closed = true;
    std::string_view phase = is_closed ? "closed" : while_open;
    if (phase != out.back().phase) out.push_back({phase, f->when, f});
  }
  return out;
}

std::optional<Case> describe_case(const World& world, std::string_view id, const Judgement& judgement) {
  auto* c = world.find_case(id);
  if (!c) return std::nullopt;
  Case out;
  summarize(*c, world, out);
  for (auto child : world.children_of(*c, world.at())) out.children.push_back(participation(child, *c));
  for (auto& j : judgement.judged) {
    if (!j.of_rule || j.obligation.case_id != id) continue;
    count(j.obligation, out);
    out.obligations.push_back(owned(j.obligation));
  }
  return out;
}

std::vector<CaseSummary> summarize_cases(const World& world, const Judgement& judgement) {
  std::vector<CaseSummary> out(world.cases().size());
  std::unordered_map<std::string_view, CaseSummary*> by_id;
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto& c = *world.cases()[i];
    summarize(c, world, out[i]);
    by_id.emplace(c.id, &out[i]);
  }
  for (auto& j : judgement.judged)
    if (j.of_rule)
      if (auto found = by_id.find(j.obligation.case_id); found != by_id.end())
        count(j.obligation, *found->second);
  return out;
}

}  // namespace stafett::casework
