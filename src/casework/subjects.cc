#include <algorithm>

#include "casework/openings.h"

namespace stafett::casework {
namespace {

void add_persons(const Value& list, Subjected& out) {
  if (list.kind() == event::ValueKind::list)
    for (auto& v : list.items()) out.push_back(v.text());
}

}  // namespace

Subjected subjects_of(const Subjects& subjects, const Opening& o, const World& world, Date on) {
  Subjected out;
  auto drop = [&](auto wanted) { out.erase(std::remove_if(out.begin(), out.end(), wanted), out.end()); };
  auto minors = [&] { drop([&](auto id) { return !world.is_minor(id, on); }); };
  auto take = [&](const std::vector<std::string_view>& ids) { out.assign(ids.begin(), ids.end()); };
  auto of_stream = [&] {
    return o.about.empty() ? o.trigger->event->stream_id() : o.about.substr(o.about.find('/') + 1);
  };
  switch (subjects.kind) {
    case Subjects::Kind::case_subject:
      out.push_back(o.in_case && o.about.empty() ? o.in_case->subject : of_stream());
      break;
    case Subjects::Kind::stream:
      out.push_back(of_stream());
      break;
    case Subjects::Kind::child:
      if (auto child = child_of(o); !child.empty()) out.push_back(child);
      minors();
      break;
    case Subjects::Kind::guardians: {
      auto child = child_of(o);
      if (!child.empty() && world.is_minor(child, on)) take(world.guardians(child, on));
      break;
    }
    case Subjects::Kind::affected_children:
      add_persons(field_of(*o.trigger, "childrenAffected"), out);
      if (out.empty() && o.in_case) take(world.children_of(*o.in_case, o.start));
      minors();
      break;
    case Subjects::Kind::case_children:
      if (o.in_case) take(world.children_of(*o.in_case, o.start));
      break;
    case Subjects::Kind::minor_victims:
      add_persons(field_of(*o.trigger, "victims"), out);
      minors();
      break;
    case Subjects::Kind::other_minors: {
      auto child = child_of(o);
      auto household = household_of(*o.trigger);
      if (household.empty()) household = world.household_of(child);
      take(world.household_minors(household, on));
      drop([&](auto id) { return id == child; });
      break;
    }
    case Subjects::Kind::each: {
      Values values;
      Binding b;
      b.world = &world;
      b.trigger = o.trigger;
      b.in_case = o.in_case;
      b.start = o.start;
      for (auto& path : subjects.paths)
        if (values.empty()) path.evaluate(o.trigger, b, values);
      for (auto& v : values)
        if (v.kind() == event::ValueKind::text) out.push_back(v.text());
      if (subjects.minors_only) minors();
      if (subjects.adults_only) drop([&](auto id) { return world.is_minor(id, on); });
      break;
    }
  }
  if (out.size() < 2) return out;
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace stafett::casework
