#include "stafett/timeline_lanes.h"

#include <algorithm>
#include <chrono>

#include "stafett/casework/judge.h"
#include "stafett/core/calendar.h"

namespace stafett::tools {
namespace {

using casework::CaseFacts;
using casework::Fact;

constexpr auto told_from = std::chrono::hours(24);

std::uint16_t ordinal(const char* type) { return event::find_event_type(type)->ordinal; }

std::string text(const Fact& fact, std::string_view field) {
  auto value = casework::field_of(fact, field);
  return value.present() ? std::string(value.text()) : std::string();
}

std::vector<Span> phases_of(const CaseFacts& c, Instant end) {
  std::vector<Span> out;
  for (auto& change : casework::phases(c)) {
    if (!out.empty()) {
      out.back().to = change.from;
      out.back().positions.push_back(change.fact->position());
    }
    out.push_back({"phase", std::string(change.phase), change.from, end, {change.fact->position()}});
  }
  std::erase_if(out, [](auto& span) { return span.name == "closed" || span.from >= span.to; });
  return out;
}

// Who is responsible from moment to moment; nobody: an empty unit.
struct Turn {
  Instant from;
  std::string unit;
  std::optional<Position> position;
};

std::vector<Turn> turns_of(const CaseFacts& c, Instant end) {
  std::vector<Instant> moments{c.opened->when};
  for (auto& r : c.responsibilities) {
    moments.push_back(r.from);
    moments.push_back(r.until);
  }
  std::sort(moments.begin(), moments.end());
  std::vector<Turn> out;
  for (auto t : moments) {
    if (t < c.opened->when || t >= end) continue;
    Turn turn{t, "", {}};
    if (c.kind != "child") turn = {t, std::string(c.unit), c.opened->position()};
    for (auto& r : c.responsibilities)
      if (r.from <= t && t < r.until) turn = {t, std::string(r.unit), r.fact->position()};
    if (out.empty() || out.back().unit != turn.unit) out.push_back(std::move(turn));
  }
  return out;
}

void add_units(const CaseFacts& c, Lane& lane) {
  auto turns = turns_of(c, lane.end);
  for (std::size_t i = 0; i < turns.size(); ++i) {
    bool last = i + 1 == turns.size();
    Span span{"unit", turns[i].unit, turns[i].from, last ? lane.end : turns[i + 1].from, {}};
    if (turns[i].position) span.positions.push_back(*turns[i].position);
    if (!span.name.empty()) {
      lane.units.push_back(std::move(span));
      continue;
    }
    if (!last && turns[i + 1].position) span.positions.push_back(*turns[i + 1].position);
    span.kind = "noUnit";
    if (span.to - span.from >= told_from) lane.gaps.push_back(std::move(span));
  }
}

void add_quiet(const CaseFacts& c, std::uint64_t days, Lane& lane) {
  const auto most = std::chrono::hours(24 * days);
  auto from = c.opened->when;
  auto before = c.opened->position();
  auto until = [&](Instant to, std::optional<Position> after) {
    if (to - from <= most) return;
    Span span{"quiet", "", from, to, {before}};
    if (after) span.positions.push_back(*after);
    lane.gaps.push_back(std::move(span));
  };
  for (auto* f : c.facts) {
    if (f->when >= lane.end) break;
    until(f->when, f->position());
    from = std::max(from, f->when);
    before = f->position();
  }
  until(lane.end, {});
}

// From the notice of a risk until a unit answers for it or it is over.
void add_risks(const CaseFacts& c, Lane& lane) {
  static const auto risk = ordinal("RiskSituationNotified"), assigned = ordinal("ResponsibilityAssigned");
  std::optional<Span> open;
  auto close = [&](Instant to, std::optional<Position> by) {
    if (!open) return;
    open->to = to;
    if (by) open->positions.push_back(*by);
    if (open->to - open->from >= told_from) lane.gaps.push_back(std::move(*open));
    open.reset();
  };
  bool answered = false;
  for (auto* f : c.facts) {
    if (f->type() == risk && text(*f, "status") == "open" && text(*f, "kind") == "eviction" && !open &&
        !answered)
      open = Span{"risk", "eviction", f->when, lane.end, {f->position()}};
    bool over = f->type() == risk && text(*f, "kind") == "eviction" && text(*f, "status") != "open";
    bool taken = f->type() == assigned && text(*f, "responsibility") == "eviction";
    if (over || taken) close(f->when, f->position());
    answered = over ? false : answered || taken;
  }
  close(lane.end, {});
}

}  // namespace

Lane lane_of(const casework::World& world, wire::CaseSummary summary,
             std::vector<wire::Obligation> obligations, std::uint64_t quiet_days) {
  Lane lane;
  lane.end = summary.closed_at.value_or(world.at());
  lane.summary = std::move(summary);
  lane.obligations = std::move(obligations);
  auto* c = world.find_case(lane.summary.case_id);
  if (!c) return lane;  // it has been opened since the list was made
  lane.phases = phases_of(*c, lane.end);
  add_units(*c, lane);
  add_quiet(*c, quiet_days, lane);
  add_risks(*c, lane);
  for (auto* f : c->facts) lane.marks.push_back({f->when, f->position(), f->type()});
  return lane;
}

bool needs_attention(const wire::Obligation& o) {
  return o.state != wire::State::fulfilled && o.state != wire::State::waived;
}

}  // namespace stafett::tools
