#include "casework/dimensions.h"

#include <algorithm>

namespace stafett::casework {
namespace {

constexpr std::array names{"municipality", "district", "unit",         "unitKind",   "area",
                           "caseKind",     "ageBand",  "gender",       "disability", "unaccompanied",
                           "placed",       "violence", "reporterKind", "forum",      "period"};
static_assert(names.size() == dimension_count);

std::string_view age_band(const World& world, std::string_view person, Date on) {
  auto* p = world.person(person);
  if (!p) return "unknown";
  int age = p->age_on(on);
  return age < 6    ? "0-5"
         : age < 10 ? "6-9"
         : age < 13 ? "10-12"
         : age < 16 ? "13-15"
         : age < 18 ? "16-17"
                    : "18+";
}

std::string_view yes_no(bool b) { return b ? "yes" : "no"; }

bool is_true(const Fact& f, std::string_view field) {
  auto v = field_of(f, field);
  return v.present() && v.boolean();
}

// A placement of the case's subject was going on at t.
bool placed_at(const World& world, std::string_view person, Instant t) {
  static const auto* type = event::find_event_type("MeasureStatusChanged");
  static constexpr std::array placements{"fosterHome", "emergencyFosterHome", "residentialCare",
                                         "supportedHousing"};
  bool placed = false;
  for (auto* f : world.of_type(type->ordinal)) {
    if (f->when > t || !f->in_case || f->in_case->subject != person) continue;
    auto kind = field_of(*f, "measureKind").text();
    if (std::find(placements.begin(), placements.end(), kind) == placements.end()) continue;
    placed = field_of(*f, "status").text() != "ended";
  }
  return placed;
}

Dimensions dimensions_of(const Opening& o, const Binding& b, std::string_view unit, Keeping& keeping) {
  static const auto* reported = event::find_event_type("ConcernReported");
  Dimensions out;
  out.fill("unknown");
  auto set = [&](Dimension d, std::string_view v) {
    if (!v.empty()) out[static_cast<std::size_t>(d)] = keeping.text(v);
  };
  auto on = local_date(o.start);
  set(Dimension::municipality, o.trigger->event->municipality);
  set(Dimension::unit, unit);
  set(Dimension::unit_kind, unit_kind(unit));
  set(Dimension::age_band, age_band(*b.world, b.subject, on));
  set(Dimension::placed, yes_no(placed_at(*b.world, b.subject, o.start)));
  out[static_cast<std::size_t>(Dimension::period)] = keeping.made(format_date(on).substr(0, 7));
  if (o.trigger->event->category() == "forum") set(Dimension::forum, o.trigger->event->stream_id());
  if (auto* p = b.world->person(b.subject)) {
    set(Dimension::gender, p->gender);
    set(Dimension::disability, p->disability);
    if (p->unaccompanied) set(Dimension::unaccompanied, yes_no(*p->unaccompanied));
  }
  if (auto named = field_of(*o.trigger, "district"); !o.in_case && named.present())
    set(Dimension::district, named.text());
  if (!o.in_case) return out;
  set(Dimension::district, o.in_case->district);
  set(Dimension::area, o.in_case->area);
  set(Dimension::case_kind, o.in_case->kind);
  for (auto* f : b.world->of_type(reported->ordinal)) {
    if (f->in_case != o.in_case || f->when > o.start) continue;
    bool violence = out[static_cast<std::size_t>(Dimension::violence)] == "yes" ||
                    is_true(*f, "violenceExposed") || is_true(*f, "violenceWitnessed");
    set(Dimension::violence, yes_no(violence));
    set(Dimension::reporter_kind, field_of(*f, "reporterKind").text());
  }
  return out;
}

}  // namespace

std::string_view to_string(Dimension d) { return names[static_cast<std::size_t>(d)]; }

std::optional<Dimension> dimension_from(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<Dimension>(i);
  return std::nullopt;
}

const Dimensions* DimensionsKnown::of(const Opening& o, const Binding& b, std::string_view unit) {
  auto& of_trigger = known_[o.trigger];
  for (auto& k : of_trigger)
    if (k.in_case == o.in_case && k.start == o.start && k.subject == b.subject && k.unit == unit)
      return k.dimensions;
  auto* made = keeping_.one(dimensions_of(o, b, unit, keeping_));
  of_trigger.push_back({o.in_case, b.subject, unit, o.start, made});
  return made;
}

}  // namespace stafett::casework
