#include <algorithm>

#include "stafett/casework/judge.h"

namespace stafett::casework {
namespace {

std::uint16_t ordinal(std::string_view name) { return event::find_event_type(name)->ordinal; }

std::string_view phase_of(const CaseFacts& c, const World& world) {
  static const auto decided = ordinal("InvestigationDecided"), concluded = ordinal("InvestigationConcluded"),
                    measure = ordinal("MeasureStatusChanged");
  if (!c.open_at(world.at())) return "closed";
  std::string_view phase = "intake";
  for (auto* f : c.facts) {
    if (f->type() == decided && field_of(*f, "outcome").text() == "open") phase = "investigating";
    if (f->type() == concluded) phase = field_of(*f, "outcome").text() == "measure" ? "measure" : "concluded";
    if (f->type() == measure && field_of(*f, "status").text() == "started") phase = "measure";
  }
  return phase;
}

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

}  // namespace

std::optional<Case> describe_case(const World& world, std::string_view id, const Judgement& judgement) {
  auto* c = world.find_case(id);
  if (!c) return std::nullopt;
  Case out;
  out.id = c->id;
  out.kind = c->kind;
  out.status = c->open_at(world.at()) ? "open" : "closed";
  out.phase = phase_of(*c, world);
  out.area = c->area;
  out.subject = c->subject;
  out.unit = c->unit_at(world.at());
  out.household = c->household;
  out.opened_at = c->opened->when;
  if (c->closed) out.closed_at = c->closed->when;
  for (auto child : world.children_of(*c, world.at())) out.children.push_back(participation(child, *c));
  for (auto& j : judgement.judged)
    if (j.of_rule && j.obligation.case_id == id) out.obligations.push_back(j.obligation);
  return out;
}

}  // namespace stafett::casework
