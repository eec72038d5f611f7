#include <algorithm>

#include "casework/clause.h"
#include "casework/explaining.h"
#include "casework/instances.h"
#include "casework/rule_words.h"
#include "stafett/casework/group_words.h"

namespace stafett::casework {
namespace {

Text name_of(const RuleBook& book, const std::string& rule) {
  for (auto& adopted : book.sets())
    for (auto& r : adopted.set->rules)
      if (r.id == rule) return phrase("{1} {2}", "{1} {2}", {plain(rule), r.name});
  return plain(rule);
}

Text counts(const Tally::Over& over, const RuleBook& book) {
  if (!over.recorded.empty())
    return over.late_days
               ? phrase("Counts every event recorded, and asks whether it took more than {1} days.",
                        "Räknar varje registrerad händelse, och frågar om det tog mer än {1} dagar.",
                        {number(over.late_days)})
               : phrase("Counts every event recorded.", "Räknar varje registrerad händelse.");
  if (!over.own) {
    auto out = phrase("Counts the obligations of {1}", "Räknar skyldigheterna enligt {1}",
                      {name_of(book, over.rule)});
    if (!over.part.empty()) out = phrase("{1}, part “{2}”", "{1}, del ”{2}”", {out, plain(over.part)});
    if (!over.trigger.empty())
      out = phrase("{1}, begun by {2}", "{1}, som uppstått genom {2}", {out, in_words(over.trigger)});
    return phrase("{1}.", "{1}.", {out});
  }
  auto& trigger = over.own->trigger;
  auto began = trigger.event ? in_words(trigger.event->types) : Text{"its occasion", "sitt tillfälle"};
  std::vector<Text> asked;
  for (auto& r : over.own->must) asked.push_back(in_words(r.event.types));
  if (asked.empty())
    return phrase("Counts each {1}, by what it says itself.", "Räknar varje {1}, efter vad den själv anger.",
                  {began});
  return phrase("Counts each {1}, and asks for {2}.", "Räknar varje {1}, och frågar efter {2}.",
                {began, both(asked)});
}

Text value_in_words(const Figure& f) {
  if (!f.numerator && !f.value)
    return phrase("No data, which is not the same as 0", "Data saknas, vilket inte är detsamma som 0");
  auto n = number(f.numerator.value_or(0));
  Text out = f.denominator ? phrase("{1} of {2}", "{1} av {2}", {n, number(*f.denominator)}) : n;
  if (!f.value)
    return phrase("{1}: no data, which is not the same as 0",
                  "{1}: data saknas, vilket inte är detsamma som 0", {out});
  if (f.denominator && f.value != f.median) out = phrase("{1}: {2}", "{1}: {2}", {out, number(*f.value)});
  if (f.median) out = phrase("{1}; median {2} days", "{1}; median {2} dagar", {out, number(*f.median)});
  if (f.p90)
    out = phrase("{1}, nine in ten within {2} days", "{1}, nio av tio inom {2} dagar", {out, number(*f.p90)});
  return out;
}

// What becomes a figure of the instances, by how the indicator is shown.
Text numerator(const Tally& tally) {
  std::vector<Text> states;
  for (auto s : tally.numerator) states.push_back(in_words(s));
  switch (tally.show) {
    case Tally::Show::count:
      return phrase("Every one counts.", "Var och en räknas.");
    case Tally::Show::list:
      if (!tally.of.empty()) return phrase("Each is counted once.", "Var och en räknas en gång.");
      return phrase("Listed are those that stand so: {1}.", "Listade är de som står så: {1}.",
                    {either(states)});
    case Tally::Show::days:
      if (!tally.over.empty() && !tally.over.front().recorded.empty())
        return phrase("Days are counted from when it happened to when it was recorded.",
                      "Dagar räknas från det att den skedde till dess att den registrerades.");
      return phrase("Days are counted from the beginning to the settlement.",
                    "Dagar räknas från början till avgörandet.");
    case Tally::Show::held:
      return phrase("How often it happened is set against how often it has to.",
                    "Hur ofta det skett ställs mot hur ofta det ska ske.");
    case Tally::Show::sum:
      return phrase("Their numbers are added up.", "Deras tal summeras.");
    case Tally::Show::gap:
      return phrase("Each group is set against the largest, in percentage points.",
                    "Varje grupp ställs mot den största, i procentenheter.");
    case Tally::Show::covered:
      return phrase("Counted is how much of what there is to cover is covered by at least one.",
                    "Räknas gör hur mycket av det som ska täckas som täcks av minst en.");
    case Tally::Show::all:
      return phrase("In the numerator are those for which all parts hold.",
                    "I täljaren är de för vilka alla delar håller.");
    case Tally::Show::mean:
      return phrase("The figure is the mean number of parts that hold.",
                    "Talet är det genomsnittliga antalet delar som håller.");
    default:
      return phrase("In the numerator are those that are: {1}. Pending and waived ones do not count.",
                    "I täljaren är de som är: {1}. Pågående och bortfallna räknas inte.", {either(states)});
  }
}

Text group_in_words(const Group& group) {
  std::vector<Text> out;
  for (auto& [dimension, value] : group)
    out.push_back(phrase("{1}: {2}", "{1}: {2}",
                         {dimension_in_words(dimension), group_value_in_words(dimension, value)}));
  return listed(out);
}

Text standing_in_words(const Instance& i) {
  switch (i.standing) {
    case Instance::Standing::pending:
      return phrase("Pending: it does not count yet.", "Pågår: räknas inte än.");
    case Instance::Standing::waived:
      return phrase("Waived: it does not count.", "Bortfallen: räknas inte.");
    case Instance::Standing::counted:
      break;
  }
  return i.in_numerator ? phrase("Counts, and is in the numerator.", "Räknas, och är i täljaren.")
                        : phrase("Counts, and is not in the numerator.", "Räknas, men är inte i täljaren.");
}

using Key = std::tuple<std::string_view, std::string_view, Instant, std::string_view, std::string_view,
                       std::optional<Position>>;
Key key_of(const Judged& j) {
  auto& o = j.obligation;
  return {o.rule, j.part, o.created_at, o.subject, o.stream, o.triggered_by};
}

}  // namespace

Explanation explain_figure(const Figure& figure, const FigureQuery& query, const Indicator& indicator,
                           const RuleBook& book) {
  Explanation out;
  out.of = figure;
  auto add = [&](const char* kind, Text text) { out.steps.push_back({kind, std::move(text), {}}); };
  auto& tally = *indicator.tally;
  add("indicator",
      phrase("{1} {2}. Counted: {3}. Source: {4}.", "{1} {2}. Räknas: {3}. Källa: {4}.",
             {plain(indicator.id), indicator.name, indicator.unit_of_count, plain(indicator.source)}));
  if (auto* adopted = book.set_of(indicator)) out.steps.back().positions = {adopted->position};
  for (auto& over : tally.over) add("counts", counts(over, book));
  if (!tally.of.empty()) {
    std::vector<Text> parts;
    for (auto& id : tally.of) {
      auto* part = book.indicator(id);
      parts.push_back(part ? phrase("{1} {2}", "{1} {2}", {plain(id), part->name}) : plain(id));
    }
    auto all = listed(parts);
    add("counts", tally.show == Tally::Show::list
                      ? phrase("Whatever stands in any of {1}.", "Det som står i någon av {1}.", {all})
                  : tally.show == Tally::Show::gap
                      ? phrase("Compares groups in {1}.", "Jämför grupper i {1}.", {all})
                      : phrase("Made of {1}, for the same child, case and occasion.",
                               "Sammansatt av {1}, för samma barn, ärende och tillfälle.", {all}));
  }
  if (tally.as_of)
    add("period", phrase("As of {1}, whatever the period.", "Per {1}, oavsett period.", {moment(query.at)}));
  else
    add("period",
        phrase(tally.cohort == Tally::Cohort::due ? "What fell due from {1} to {2}, as it stood at {3}."
                                                  : "What began from {1} to {2}, as it stood at {3}.",
               tally.cohort == Tally::Cohort::due ? "Det som förföll från {1} till {2}, som det stod {3}."
                                                  : "Det som uppstod från {1} till {2}, som det stod {3}.",
               {day(query.from), day(add_days(query.to, -1)), moment(query.at)}));
  if (!figure.group.empty())
    add("group", phrase("Only the group {1}.", "Bara gruppen {1}.", {group_in_words(figure.group)}));
  add("numerator", numerator(tally));
  add("figure", phrase("{1}. Pending {2}, waived {3}.", "{1}. Pågår {2}, bortfallna {3}.",
                       {value_in_words(figure), number(static_cast<double>(figure.pending.value_or(0))),
                        number(static_cast<double>(figure.waived.value_or(0)))}));
  if (figure.suppressed)
    add("suppressed", phrase("So few that it is hidden in published statistics.",
                             "Så få att talet döljs i publicerad statistik."));
  return out;
}

std::vector<Step> explain_recorded(const Judgement& judgement, const FigureQuery& query,
                                   const Indicator& indicator, const Group& group, std::size_t at_most) {
  std::vector<Step> out;
  for (auto& i : instances_of(query, judgement, indicator)) {
    if (out.size() == at_most) break;
    if (!i.registered || group_of(query, judgement, i) != group) continue;
    auto& r = *i.registered;
    auto text = phrase("{1} (position {2}, {3}) was recorded on {4}: {5} days after it happened.",
                       "{1} (plats {2}, {3}) registrerades {4}: {5} dagar efter att den skedde.",
                       {label_of(r.type), number(static_cast<double>(r.position.value)),
                        plain(judgement.origins[r.origin].first), day(r.on), number(r.days)});
    if (indicator.tally->show == Tally::Show::share)
      text = phrase("{1} {2}", "{1} {2}", {text, standing_in_words(i)});
    out.push_back({"recorded", std::move(text), {r.position}});
  }
  return out;
}

std::vector<Explanation> explain_instances(const World& world, const RuleBook& book,
                                           const Judgement& judgement, const FigureQuery& query,
                                           const Indicator& indicator, const Group& group) {
  std::vector<Instance> instances;
  std::set<std::string> ids;
  for (auto& i : instances_of(query, judgement, indicator)) {
    if (!i.judged || group_of(query, judgement, i) != group) continue;
    for (auto& part : i.parts) ids.emplace(part.judged->obligation.rule);
    instances.push_back(std::move(i));
  }
  std::vector<Explanation> out;
  if (instances.empty()) return out;
  std::map<Key, const Judged*> parts;
  for (auto& i : instances)
    for (auto& part : i.parts) parts.try_emplace(key_of(*part.judged), part.judged);
  std::map<const Judged*, Step> states;
  hear_again(world, book, ids, [&](const Heard& heard) {
    auto part = parts.find(key_of(heard.judged));
    if (part == parts.end()) return;
    auto& evidence = heard.judged.evidence;
    states.try_emplace(part->second,
                       Step{"state", state_in_words(heard), {evidence.begin(), evidence.end()}});
  });
  for (auto& i : instances) {
    Explanation e;
    e.of = owned(i.judged->obligation);
    auto standing = standing_in_words(i);
    if (i.subject != i.judged->obligation.subject)
      standing = phrase("{1} Counted is {2}.", "{1} Den som räknas är {2}.", {standing, plain(i.subject)});
    e.steps.push_back({"counted", standing, evidence_of(i)});
    for (auto& part : i.parts) {
      auto found = states.find(part.judged);
      if (found == states.end()) continue;
      auto step = found->second;
      if (indicator.tally->show == Tally::Show::list && !indicator.tally->of.empty())
        step.text = phrase("By {1} {2}: {3}", "Genom {1} {2}: {3}",
                           {plain(part.indicator->id), part.indicator->name, step.text});
      else if (i.parts.size() > 1)
        step.text = phrase(
            "{1} {2}: {3} {4}", "{1} {2}: {3} {4}",
            {plain(part.indicator->id), part.indicator->name,
             part.holds ? Text{"holds.", "håller."} : Text{"does not hold.", "håller inte."}, step.text});
      e.steps.push_back(std::move(step));
    }
    out.push_back(std::move(e));
  }
  std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) {
    auto &x = std::get<Obligation>(a.of), &y = std::get<Obligation>(b.of);
    return std::tie(x.case_id, x.subject, x.triggered_by) < std::tie(y.case_id, y.subject, y.triggered_by);
  });
  return out;
}

}  // namespace stafett::casework
