#include "casework/counting.h"

#include <algorithm>
#include <set>

#include "casework/days.h"

namespace stafett::casework {
namespace {

using Standing = Instance::Standing;
using Show = Tally::Show;

bool selects(const Tally::Over& over, const Judged& j) {
  if (over.own) return !j.of_rule && j.part == over.own->part;
  return j.of_rule && (over.part.empty() || j.part == over.part) &&
         (over.trigger.empty() ||
          std::binary_search(over.trigger.begin(), over.trigger.end(), j.trigger_type));
}

// The date by which an instance belongs to a period.
Date cohort_date(const Tally& tally, const Judged& j) {
  auto& o = j.obligation;
  if (tally.cohort == Tally::Cohort::due && o.due_at)
    return local_date(*o.due_at - std::chrono::microseconds(1));
  if (tally.cohort == Tally::Cohort::settled && o.settled_at) return local_date(*o.settled_at);
  return local_date(o.created_at);
}

// What was judged by the rule or indicator of that id.
std::span<const Judged> judged_by(const Judgement& judgement, std::string_view id) {
  auto [first, last] =
      std::ranges::equal_range(judgement.judged, id, {}, [](auto& j) { return j.obligation.rule; });
  return {first, last};
}

}  // namespace

std::vector<Instance> Counting::instances(const Indicator& indicator) const {
  auto& tally = *indicator.tally;
  if (tally.show == Show::gap) return {};  // counted by its parts
  if (!tally.of.empty()) return tally.show == Show::list ? joined(tally) : composite(tally);
  auto out = registered(indicator);
  std::set<const Judged*> seen;  // by several ways of one rule
  for (auto& over : tally.over)
    for (auto& j : judged_by(judgement_, over.own ? std::string_view(indicator.id) : over.rule))
      if (selects(over, j) && in_period(tally, j) && in_scope(indicator, j.in(Dimension::municipality)) &&
          (tally.over.size() == 1 || seen.insert(&j).second))
        if (auto i = instance(indicator, j)) {
          i->parts.front().holds = i->in_numerator;
          out.push_back(std::move(*i));
        }
  return tally.distinct.empty() ? out : once_each(tally.distinct, std::move(out));
}

bool Counting::in_scope(const Indicator& indicator, std::string_view municipality) const {
  return indicator.counts_in(municipality) &&
         (query_.municipality.empty() || query_.municipality == municipality);
}

bool Counting::in_period(const Tally& tally, const Judged& j) const {
  if (tally.as_of) return true;
  if (tally.cohort == Tally::Cohort::settled && !j.obligation.settled_at) return false;
  auto on = cohort_date(tally, j);
  return query_.from <= on && on < query_.to;
}

std::optional<Instance> Counting::instance(const Indicator& indicator, const Judged& j) const {
  auto& tally = *indicator.tally;
  Instance i;
  i.judged = &j;
  i.parts.push_back({&indicator, &j, false});
  i.subject = j.obligation.subject;
  i.evidence.push_back(j.evidence);
  auto state = j.obligation.state;
  bool wanted = std::find(tally.numerator.begin(), tally.numerator.end(), state) != tally.numerator.end();
  bool settled = state == State::fulfilled || state == State::fulfilled_late;
  if (settled) i.measure = days_between(j.obligation.created_at, *j.obligation.settled_at);
  switch (tally.show) {
    case Show::count:
      i.in_numerator = true;
      break;
    case Show::sum:
      i.in_numerator = true;
      i.measure = j.measure.value_or(0);
      i.numerator = *i.measure;
      return i;
    case Show::covered:
      if (state == State::waived) return std::nullopt;
      i.in_numerator = true;
      break;
    case Show::list:
      if (!wanted) return std::nullopt;
      i.in_numerator = true;
      break;
    case Show::held:
      i.in_numerator = j.matched >= j.needed;
      i.numerator = j.matched;
      i.denominator = j.needed;
      return i;
    case Show::days:
    default: {
      // Settled already, but not all that the cohort has in common: the same time to be settled in.
      bool unripe = tally.ripe && j.obligation.due_at && query_.at < *j.obligation.due_at;
      i.standing = state == State::waived && !wanted             ? Standing::waived
                   : (state == State::open && !wanted) || unripe ? Standing::pending
                                                                 : Standing::counted;
      i.in_numerator = i.standing == Standing::counted && (tally.show == Show::days ? settled : wanted);
    }
  }
  i.numerator = i.in_numerator ? 1 : 0;
  return i;
}

std::vector<Instance> Counting::registered(const Indicator& indicator) const {
  std::vector<Instance> out;
  for (auto& over : indicator.tally->over) {
    if (over.recorded.empty()) continue;
    for (auto& r : judgement_.registered) {
      if (r.on < query_.from || r.on >= query_.to ||
          !std::binary_search(over.recorded.begin(), over.recorded.end(), r.type) ||
          !in_scope(indicator, judgement_.origins[r.origin].second))
        continue;
      Instance i;
      i.registered = &r;
      i.measure = r.days;
      i.in_numerator = indicator.tally->show == Show::days || r.days > static_cast<float>(over.late_days);
      i.numerator = i.in_numerator ? 1 : 0;
      i.evidence.push_back({&r.position, 1});
      out.push_back(std::move(i));
    }
  }
  return out;
}

// The same child, case and trigger in several indicators: the base is the first of them.
std::vector<Instance> Counting::composite(const Tally& tally) const {
  using Key = std::tuple<std::string_view, std::string_view, std::optional<Position>>;
  std::map<Key, std::vector<Instance>> parts;
  std::size_t known = 0;
  for (auto& id : tally.of) {
    auto* part = find_(id);
    if (!part) continue;
    ++known;
    for (auto& i : instances(*part)) {
      if (!i.judged) continue;
      auto& o = i.judged->obligation;
      parts[{o.case_id, o.subject, o.triggered_by}].push_back(std::move(i));
    }
  }
  std::vector<Instance> out;
  for (auto& [key, of_one] : parts) {
    auto& list = of_one;
    if (list.size() < known) continue;  // not in all of them: an adult's decision, say
    Instance i = list.front();
    auto some = [&](Standing s) {
      return std::any_of(list.begin(), list.end(), [&](auto& p) { return p.standing == s; });
    };
    i.standing = some(Standing::waived)    ? Standing::waived
                 : some(Standing::pending) ? Standing::pending
                                           : Standing::counted;
    auto holding = std::count_if(list.begin(), list.end(), [](auto& p) { return p.in_numerator; });
    i.in_numerator = i.standing == Standing::counted && holding == static_cast<std::ptrdiff_t>(list.size());
    i.measure = static_cast<double>(holding);
    i.numerator = tally.show == Show::mean ? static_cast<double>(holding) : (i.in_numerator ? 1 : 0);
    i.parts.clear();
    i.evidence.clear();
    for (auto& p : list) {
      i.evidence.insert(i.evidence.end(), p.evidence.begin(), p.evidence.end());
      i.parts.insert(i.parts.end(), p.parts.begin(), p.parts.end());
    }
    out.push_back(std::move(i));
  }
  return out;
}

// All that stand in one of the lists.
std::vector<Instance> Counting::joined(const Tally& tally) const {
  std::vector<Instance> all;
  for (auto& id : tally.of)
    if (auto* part = find_(id); part && part->tally->show == Show::list) {
      // A list that counts cases once would hide the other children of a case.
      auto whole = *part;
      auto plain = std::make_shared<Tally>(*part->tally);
      if (tally.distinct == "child") plain->distinct.clear();
      whole.tally = plain;
      for (auto& i : instances(whole)) {
        i.parts.front().indicator = part;
        all.push_back(std::move(i));
      }
    }
  return tally.distinct.empty() ? all : once_each(tally.distinct, std::move(all));
}

std::vector<Instance> Counting::once_each(const std::string& what, std::vector<Instance> all) const {
  std::map<std::pair<Group, std::string_view>, Instance> kept;
  // Of each indicator it stands in one part is enough to say so.
  auto stand_too = [](Instance& i, const Instance& other) {
    for (auto& part : other.parts)
      if (std::ranges::none_of(i.parts, [&](auto& p) { return p.indicator == part.indicator; }))
        i.parts.push_back(part);
  };
  auto keep = [&](std::string_view key, Instance i) {
    auto [place, fresh] = kept.try_emplace({group_of(query_, judgement_, i), key}, i);
    if (fresh) return;
    auto& one = place->second;
    one.evidence.insert(one.evidence.end(), i.evidence.begin(), i.evidence.end());
    if (one.in_numerator || !(i.in_numerator || one.standing != Standing::counted)) return stand_too(one, i);
    i.evidence = one.evidence;
    stand_too(i, one);
    one = std::move(i);
  };
  for (auto& i : all) {
    if (!i.judged) continue;
    auto& o = i.judged->obligation;
    if (what != "child") {
      keep(what == "case" ? o.case_id : what == "subject" ? o.subject : o.stream, std::move(i));
      continue;
    }
    for (auto& child : i.judged->children) {
      auto one = i;
      one.subject = child;
      keep(child, std::move(one));
    }
  }
  std::vector<Instance> out;
  for (auto& [key, i] : kept) out.push_back(std::move(i));
  return out;
}

const Indicator* Counting::find_(const std::string& id) const {
  for (auto* i : query_.all)
    if (i->id == id) return i;
  return nullptr;
}

std::vector<Position> evidence_of(const Instance& instance) {
  std::vector<Position> out;
  for (auto positions : instance.evidence) out.insert(out.end(), positions.begin(), positions.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<Instance> instances_of(const FigureQuery& query, const Judgement& judgement,
                                   const Indicator& indicator) {
  return Counting(query, judgement).instances(indicator);
}

Group group_of(const FigureQuery& query, const Judgement& judgement, const Instance& i) {
  Group group;
  for (auto d : query.by) {
    auto& value = group[std::string(to_string(d))];
    if (d == Dimension::period) {
      auto on = i.judged ? cohort_date(*i.parts.front().indicator->tally, *i.judged) : i.registered->on;
      value = period_name(on, query.period_split);
      continue;
    }
    if (i.judged) {
      value = i.judged->in(d);
      continue;
    }
    auto& [unit, municipality] = judgement.origins[i.registered->origin];
    value = d == Dimension::unit           ? unit
            : d == Dimension::unit_kind    ? std::string(unit_kind(unit))
            : d == Dimension::municipality ? municipality
                                           : "unknown";
  }
  for (auto& name : query.splits) {
    auto& value = group[name];
    value = "unknown";
    if (i.registered && name == "type") value = event::event_types()[i.registered->type].name;
    if (i.judged)
      for (auto& [split, of] : i.judged->splits)
        if (split == name) value = of;
  }
  return group;
}

std::string_view to_string(Standing standing) {
  return standing == Standing::counted ? "counted" : standing == Standing::pending ? "pending" : "waived";
}

}  // namespace stafett::casework
