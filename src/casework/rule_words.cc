#include "casework/rule_words.h"

#include <algorithm>
#include <array>

#include "stafett/event/in_words.h"

namespace stafett::casework {
namespace {

struct Word {
  std::string_view name;
  const char *english, *swedish;
};

// The segments of paths that are no fields of events.
constexpr std::array words{Word{"case", "case", "ärende"},
                           Word{"child", "child", "barn"},
                           Word{"unit", "unit", "enhet"},
                           Word{"when", "time", "tid"},
                           Word{"type", "kind of event", "händelsetyp"},
                           Word{"stream", "stream", "ström"},
                           Word{"streamId", "id", "id"},
                           Word{"municipality", "municipality", "kommun"},
                           Word{"kind", "kind", "typ"},
                           Word{"id", "id", "id"},
                           Word{"area", "area", "område"},
                           Word{"subject", "person", "person"},
                           Word{"household", "household", "hushåll"},
                           Word{"children", "children", "barn"},
                           Word{"district", "district", "distrikt"},
                           Word{"unitsInHousehold", "units with the household", "enheter med hushållet"},
                           Word{"householdUnits", "units with the household", "enheter med hushållet"},
                           Word{"caseUnits", "units with the child's case", "enheter med barnets ärende"},
                           Word{"principal", "principal", "huvudman"},
                           Word{"isMinor", "under 18", "under 18 år"},
                           Word{"age", "age", "ålder"},
                           Word{"gender", "gender", "kön"},
                           Word{"disability", "disability", "funktionsnedsättning"},
                           Word{"guardians", "guardians", "vårdnadshavare"},
                           Word{"date", "date", "datum"},
                           Word{"year", "year", "år"}};

Text segment_in_words(std::string_view segment) {
  for (auto& word : words)
    if (word.name == segment) return {word.english, word.swedish};
  for (auto& type : event::event_types()) {
    if (auto* field = type.field(segment)) return decapitalised(field->label);
    for (auto& field : type.fields)
      for (auto& member : field.members)
        if (member.name == segment) return decapitalised(member.label);
  }
  return plain(segment);
}

bool is_type(const Path& path) { return path.text() == "type" || path.text().ends_with(".type"); }

std::vector<Text> values_in_words(const Path& path, const Values& values) {
  event::Field field;
  if (!path.enumerators().empty()) {
    field.form = event::FieldForm::enumerator;
    field.enumerators = path.enumerators();
  }
  std::vector<Text> out;
  for (auto& v : values) {
    auto* type = is_type(path) ? event::find_event_type(v.text()) : nullptr;
    out.push_back(type ? type->label
                       : Text{event::in_words(field, v, event::Language::english),
                              event::in_words(field, v, event::Language::swedish)});
  }
  return out;
}

bool looks_at_event(const Operand& operand) {
  return operand.path() && operand.path()->text().starts_with("$event");
}

// The types that conditions on the type itself leave; `others` are the conditions that are left to be said.
TypeSet narrowed(const EventPattern& pattern, const Binding& b, Pattern& others) {
  auto types = pattern.types;
  others = pattern.where;
  others.all.clear();
  for (auto& c : pattern.where.all) {
    bool plain = c.path.text() == "type" && (c.op == Condition::Op::any_of || c.op == Condition::Op::none_of);
    if (!plain || std::ranges::any_of(c.operands, looks_at_event)) {
      others.all.push_back(c);
      continue;
    }
    Values named;
    for (auto& operand : c.operands) operand.evaluate(nullptr, b, named);
    std::erase_if(types, [&](auto type) {
      bool among =
          std::ranges::any_of(named, [&](auto& v) { return v.text() == event::event_types()[type].name; });
      return among != (c.op == Condition::Op::any_of);
    });
  }
  return types;
}

bool about_subject(const Condition& c) {
  for (auto& operand : c.operands)
    if (auto* path = operand.path(); path && path->text() == "$subject") return true;
  return false;
}

}  // namespace

Text in_words(const Path& path) {
  std::string_view text = path.text();
  std::vector<std::string_view> segments;
  while (!text.empty()) {
    auto dot = text.find('.');
    auto segment = text.substr(0, dot);
    if (!segment.starts_with('$')) segments.push_back(segment);
    text = dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1);
  }
  if (segments.empty()) return plain(path.text());
  auto out = segment_in_words(segments.back());
  if (segments.size() == 1) return out;
  std::vector<Text> of;
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) of.push_back(segment_in_words(segments[i]));
  return phrase("{1} ({2})", "{1} ({2})", {out, listed(of)});
}

Text value_in_words(const Path& path, const Fact& event, const Binding& b) {
  Values values;
  path.evaluate(&event, b, values);
  if (values.empty()) return {"not recorded", "inte registrerat"};
  auto words_of = values_in_words(path, values);
  return both(words_of);
}

Text in_words(const TypeSet& types) {
  constexpr std::size_t excepted_max = 4;
  auto all = event::event_types();
  auto excepted = all.size() - types.size();
  std::vector<Text> names;
  if (excepted > excepted_max || types.size() <= excepted) {
    for (auto type : types) names.push_back(label_of(type));
    return either(names);
  }
  for (auto& type : all)
    if (std::ranges::find(types, type.ordinal) == types.end()) names.push_back(type.label);
  return names.empty() ? phrase("any event", "vilken händelse som helst")
                       : phrase("any event other than {1}", "annan händelse än {1}", {either(names)});
}

Text in_words(const Condition& c, const Binding& b, const Fact* event) {
  using Op = Condition::Op;
  auto what = in_words(c.path);
  if (c.op == Op::present)
    return c.wanted ? phrase("{1}: recorded", "{1}: registrerat", {what})
                    : phrase("{1}: not recorded", "{1}: inte registrerat", {what});
  Values values;
  std::vector<Text> named;
  for (auto& operand : c.operands)
    if (!event && looks_at_event(operand))
      named.push_back(in_words(*operand.path()));
    else
      operand.evaluate(event, b, values);
  auto wanted = values_in_words(c.path, values);
  wanted.insert(wanted.end(), named.begin(), named.end());
  if (wanted.empty()) wanted.push_back({"(not known)", "(inte känt)"});
  bool time = !values.empty() && (values.front().kind() == event::ValueKind::date ||
                                  values.front().kind() == event::ValueKind::instant);
  if (c.or_absent) wanted.push_back({"not recorded", "inte registrerat"});
  if (c.op == Op::none_of && values.size() == 1 && values.front().kind() == event::ValueKind::boolean) {
    auto other = values_in_words(c.path, {Value::of(!values.front().boolean())});
    return phrase("{1}: {2} or not recorded", "{1}: {2} eller inte registrerat", {what, other.front()});
  }
  switch (c.op) {
    case Op::any_of:
      return phrase("{1}: {2}", "{1}: {2}", {what, either(wanted)});
    case Op::none_of:
      return phrase("{1}: not {2}", "{1}: inte {2}", {what, either(wanted)});
    case Op::has_all:
      return phrase("{1}: {2}", "{1}: {2}", {what, both(wanted)});
    case Op::at_least:
      return time ? phrase("{1}: no earlier than {2}", "{1}: tidigast {2}", {what, either(wanted)})
                  : phrase("{1}: at least {2}", "{1}: minst {2}", {what, either(wanted)});
    case Op::at_most:
      return time ? phrase("{1}: no later than {2}", "{1}: senast {2}", {what, either(wanted)})
                  : phrase("{1}: at most {2}", "{1}: högst {2}", {what, either(wanted)});
    case Op::before:
      return phrase("{1}: before {2}", "{1}: före {2}", {what, either(wanted)});
    case Op::after:
      return phrase("{1}: after {2}", "{1}: efter {2}", {what, either(wanted)});
    case Op::present:
      break;
  }
  return what;
}

Text in_words(const Pattern& pattern, const Binding& b, const Fact* event) {
  std::vector<Text> all;
  for (auto& c : pattern.all) all.push_back(in_words(c, b, event));
  for (auto& group : pattern.any) {
    std::vector<Text> options;
    for (auto& p : group) {
      auto option = in_words(p, b, event);
      options.push_back(p.all.size() + p.any.size() + p.none.size() > 1 ? phrase("({1})", "({1})", {option})
                                                                        : option);
    }
    all.push_back(either(options));
  }
  for (auto& p : pattern.none) all.push_back(phrase("not ({1})", "inte ({1})", {in_words(p, b, event)}));
  return listed(all);
}

Text kind_in_words(const EventPattern& pattern, const Binding& b) {
  Pattern others;
  auto out = in_words(narrowed(pattern, b, others));
  return others.empty() ? out : phrase("{1} [{2}]", "{1} [{2}]", {out, in_words(others, b)});
}

Text in_words(const EventPattern& pattern, const Binding& b) {
  auto out = kind_in_words(pattern, b);
  if (pattern.valid_from || pattern.valid_to)
    out = phrase("{1}, in force on {2}", "{1}, som gäller {2}", {out, day(local_date(b.world->at()))});
  if (pattern.in == EventPattern::In::family) return out;
  auto same = b.in_case ? phrase("in the same case", "i samma ärende")
                        : phrase("in the same place", "på samma ställe");
  return phrase("{1}, {2}", "{1}, {2}", {out, same});
}

Text in_words(const Requirement& r, const Binding& b) {
  using Since = Requirement::Since;
  auto out = in_words(r.event, b);
  double needed = 1;
  for (auto& operand : r.count) {
    Values values;
    operand.evaluate(b.trigger, b, values);
    if (values.empty()) continue;
    needed = static_cast<double>(values.front().number());
    break;
  }
  if (needed != 1) out = phrase("{1}, {2} times", "{1}, {2} gånger", {out, number(needed)});
  if (r.since == Since::ever) out = phrase("{1}, also earlier", "{1}, även tidigare", {out});
  if (r.since == Since::recent)
    out = r.recent_months ? phrase("{1}, up to {2} months earlier", "{1}, upp till {2} månader tidigare",
                                   {out, number(r.recent_months)})
                          : phrase("{1}, up to {2} days earlier", "{1}, upp till {2} dagar tidigare",
                                   {out, number(r.recent_days)});
  if (r.since == Since::period && b.period)
    out = phrase("{1}, from {2} to {3}", "{1}, från {2} till {3}",
                 {out, day(b.period->begin), day(add_days(b.period->end, -1))});
  if (r.valid_to) out = phrase("{1}, still valid", "{1}, som fortfarande gäller", {out});
  std::vector<Text> undone;
  for (auto& u : r.unless)
    for (auto type : u.types) undone.push_back(decapitalised(label_of(type)));
  if (!undone.empty())
    out = phrase("{1}, not undone by {2}", "{1}, inte upphävt av {2}", {out, either(undone)});
  return out;
}

std::optional<Text> first_failing(const Pattern& pattern, const Fact& f, const Binding& b,
                                  bool& about_another) {
  for (auto& c : pattern.all) {
    if (c.holds(f, b)) continue;
    about_another = about_subject(c);
    return phrase("{1} is asked for; recorded: {2}", "{1} krävs; registrerat: {2}",
                  {in_words(c, b, &f), value_in_words(c.path, f, b)});
  }
  for (auto& group : pattern.any) {
    std::vector<Text> options;
    bool holds = false;
    for (auto& p : group) {
      holds |= p.holds(f, b);
      options.push_back(in_words(p, b, &f));
    }
    if (!holds) return phrase("none of this holds: {1}", "inget av detta gäller: {1}", {listed(options)});
  }
  for (auto& p : pattern.none)
    if (p.holds(f, b))
      return phrase("it must not be so: {1}", "så får det inte vara: {1}", {in_words(p, b, &f)});
  return std::nullopt;
}

Text in_words(const Subjects& subjects, const Binding& b) {
  auto subject = plain(b.subject);
  auto on = day(local_date(b.start));
  switch (subjects.kind) {
    case Subjects::Kind::case_subject:
      return b.in_case ? phrase("{1}, whom the case is about", "{1}, som ärendet gäller", {subject})
                       : phrase("{1}", "{1}", {subject});
    case Subjects::Kind::stream:
      return subject;
    case Subjects::Kind::child:
      return phrase("{1}: the child it is about, under 18 on {2}", "{1}: barnet det gäller, under 18 år {2}",
                    {subject, on});
    case Subjects::Kind::guardians:
      return phrase("{1}: a guardian of the child on {2}", "{1}: vårdnadshavare för barnet {2}",
                    {subject, on});
    case Subjects::Kind::affected_children:
    case Subjects::Kind::case_children:
      return phrase("{1}: a child concerned, under 18 on {2}", "{1}: ett berört barn, under 18 år {2}",
                    {subject, on});
    case Subjects::Kind::minor_victims:
      return phrase("{1}: exposed to the violence, under 18 on {2}",
                    "{1}: utsatt för våldet, under 18 år {2}", {subject, on});
    case Subjects::Kind::other_minors:
      return phrase("{1}: another child of the household on {2}", "{1}: ett annat barn i hushållet {2}",
                    {subject, on});
    case Subjects::Kind::each:
      return phrase("{1}: named by the triggering event", "{1}: nämns av den utlösande händelsen", {subject});
  }
  return subject;
}

}  // namespace stafett::casework
