#include <algorithm>

#include "casework/corrections_told.h"
#include "casework/explain_absence.h"
#include "casework/explaining.h"
#include "casework/near_miss.h"
#include "casework/rule_words.h"

namespace stafett::casework {
namespace {

constexpr std::size_t facts_named_max = 10;

// Tells one obligation, step by step.
class Telling {
 public:
  Telling(const Heard& heard, const RuleBook& book) : h_(heard), b_(heard.binding), book_(book) {}

  std::vector<Step> run() {
    rule();
    trigger();
    subject();
    conditions();
    due();
    exceptions();
    requirements();
    corrections();
    add("state", state_in_words(h_), state_facts());
    missing();
    return std::move(steps_);
  }

 private:
  void add(const char* kind, Text text, const std::vector<const Fact*>& facts = {}) {
    std::vector<Position> positions;
    for (auto* f : facts)
      if (f) {
        positions.push_back(f->position());
        facts_.push_back(f);
      }
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    steps_.push_back({kind, std::move(text), std::move(positions)});
  }

  static Text named(const std::vector<const Fact*>& facts) {
    std::vector<Text> out;
    for (std::size_t i = 0; i < std::min(facts.size(), facts_named_max); ++i)
      out.push_back(in_words(*facts[i]));
    if (facts.size() > facts_named_max)
      out.push_back(phrase("and {1} more", "och {1} till",
                           {number(static_cast<double>(facts.size() - facts_named_max))}));
    return listed(out);
  }

  void rule() {
    auto on = local_date(b_.start);
    auto* rule = h_.rule;
    if (!rule) {
      auto* indicator = book_.indicator(h_.clause.rule);
      add("rule", phrase("{1} {2}: what the indicator itself asks. Source: {3}.",
                         "{1} {2}: vad indikatorn själv frågar efter. Källa: {3}.",
                         {plain(indicator->id), indicator->name, plain(indicator->source)}));
      steps_.back().positions = {book_.set_of(*indicator)->position};
      return;
    }
    auto limit = rule->limit.english.empty() ? Text{} : phrase(", {1}", ", {1}", {rule->limit});
    add("rule",
        phrase(
            "{1} {2} ({3}{4}). Source: {5}. From the rule set {6}, which is in force for what began on {7}.",
            "{1} {2} ({3}{4}). Källa: {5}. Ur regelverket {6}, som gäller för det som uppstod {7}.",
            {plain(rule->id), rule->name, in_words(rule->severity), limit, plain(rule->source),
             plain(h_.set.id), day(on)}));
    if (auto* adopted = book_.set_of(*rule)) steps_.back().positions = {adopted->position};
    auto ref = std::find_if(rule->legal_refs.begin(), rule->legal_refs.end(),
                            [&](auto& r) { return r.from <= on && on < r.to; });
    if (ref != rule->legal_refs.end())
      add("law", ref->verified ? phrase("Legal reference in force on {1}: {2}.",
                                        "Lagrum som gällde {1}: {2}.", {day(on), plain(ref->text)})
                               : phrase("Legal reference in force on {1}: {2} (not yet checked by a lawyer).",
                                        "Lagrum som gällde {1}: {2} (ännu inte granskat av jurist).",
                                        {day(on), plain(ref->text)}));
    else
      add("law", phrase("The rule set names no legal reference in force on {1}.",
                        "Regelverket anger inget lagrum som gällde {1}.", {day(on)}));
  }

  void trigger() {
    auto& o = h_.opening;
    auto event = in_words(*o.trigger);
    if (o.continued)
      return add("trigger",
                 phrase("The one before was settled by {1}; the next began then.",
                        "Den föregående avgjordes av {1}; då började nästa.", {event}),
                 {o.trigger});
    if (o.period)
      return add("trigger",
                 phrase("The period {1} to {2}. What is asked of it stands in {3}.",
                        "Perioden {1} till {2}. Vad som krävs av den står i {3}.",
                        {day(o.period->begin), day(add_days(o.period->end, -1)), event}),
                 {o.trigger});
    if (o.gap)
      return add(
          "trigger",
          phrase("From {1} on, nothing of what has to be in force was. Before: {2}.",
                 "Från {1} gällde inget av det som ska gälla. Dessförinnan: {2}.", {moment(o.start), event}),
          {o.trigger});
    if (h_.clause.trigger.kind == Trigger::Kind::shared && b_.in_case) {
      std::vector<Text> units;
      for (auto unit : b_.world->units_of_household(b_.in_case->household, o.start))
        units.push_back(plain(unit));
      return add("trigger",
                 phrase("From {1} on, household {2} has open cases in {3}. It began with {4}.",
                        "Från {1} har hushåll {2} öppna ärenden hos {3}. Det började med {4}.",
                        {moment(o.start), plain(b_.in_case->household), both(units), event}),
                 {o.trigger});
    }
    if (h_.clause.trigger.kind == Trigger::Kind::birthday)
      return add("trigger",
                 phrase("{1} turned {2} on {3}, with the case open since {4}.",
                        "{1} fyllde {2} den {3}, med ärendet öppet sedan {4}.",
                        {plain(b_.subject), number(h_.clause.trigger.age), day(local_date(o.start)), event}),
                 {o.trigger});
    if (o.by_clock)
      return add("trigger", phrase("The rule names the day: {1}.", "Regeln anger dagen: {1}.",
                                   {day(local_date(o.start))}));
    auto stream = plain(o.trigger->event->stream);
    add("trigger", phrase("It began with {1} in {2}.", "Den uppstod genom {1} i {2}.", {event, stream}),
        {o.trigger});
  }

  void subject() {
    add("subject", phrase("It concerns {1}. {2} answers for it.", "Den gäller {1}. {2} ansvarar.",
                          {in_words(h_.clause.subjects, b_), plain(h_.judged.obligation.unit)}));
  }

  void conditions() {
    for (auto& r : h_.clause.given) {
      auto found = matches(r, b_, b_.start);
      if (!found.empty())
        add("condition",
            phrase("The rule applies because of {1}.", "Regeln gäller på grund av {1}.", {named(found)}),
            found);
    }
    for (auto& r : h_.clause.not_given)
      add("condition", phrase("The rule applies because this had not happened: {1}.",
                              "Regeln gäller eftersom detta inte hade skett: {1}.", {in_words(r, b_)}));
  }

  void due() {
    auto& o = h_.judged.obligation;
    std::vector<const Fact*> by;
    if (h_.clause.within.kind == Window::Kind::until) by.push_back(h_.clause.within.ended_by(b_));
    add("due", phrase("Due: {1}.", "Senast: {1}.", {in_words(h_.clause.within, b_, h_.set.holidays)}), by);
    if (o.due_at && h_.trace.first_due != o.due_at)
      add("due", phrase("By the exceptions below it is due at {1} instead.",
                        "Genom undantagen nedan gäller i stället {1}.", {moment(*o.due_at)}));
    if (o.warn_at)
      add("warning", o.warning ? phrase("Warning since {1}.", "Varning sedan {1}.", {moment(*o.warn_at)})
                               : phrase("Warning from {1} while it is open.",
                                        "Varning från {1} så länge den är öppen.", {moment(*o.warn_at)}));
  }

  Text exception_in_words(const Trace::Occurred& e) const {
    using Kind = Trace::Occurred::Kind;
    auto event = in_words(*e.fact);
    if (e.kind == Kind::breach)
      return phrase("{1} breaks the rule for good.", "{1} bryter regeln slutgiltigt.", {event});
    auto effect =
        e.kind == Kind::extension
            ? (e.until ? phrase("moves the due time to {1}", "flyttar gränsen till {1}", {moment(*e.until)})
                       : phrase("moves the due time", "flyttar gränsen"))
        : e.until ? phrase("excuses it until {1}", "ursäktar den till {1}", {moment(*e.until)})
                  : phrase("excuses it", "ursäktar den");
    if (e.counts) return phrase("{1} {2}.", "{1} {2}.", {event, effect});
    return phrase("{1} does not count as an exception: it came too late, or when the thing was done.",
                  "{1} räknas inte som undantag: den kom för sent, eller när saken redan var gjord.",
                  {event});
  }

  void exceptions() {
    for (auto& e : h_.trace.occurred) add("exception", exception_in_words(e), {e.fact});
    if (h_.standing.verdict == Verdict::ended && h_.standing.settled_by)
      add("exception",
          phrase("{1} ended what it depends on, before it was due.",
                 "{1} avslutade det som den förutsätter, innan den skulle vara gjord.",
                 {in_words(*h_.standing.settled_by)}),
          {h_.standing.settled_by});
    if (h_.trace.birthday)
      add("exception", phrase("{1} turns 18 at {2}, before it is due: then it falls away.",
                              "{1} fyller 18 år {2}, innan den ska vara gjord: då faller den bort.",
                              {plain(b_.subject), moment(*h_.trace.birthday)}));
  }

  void requirements() {
    auto& clause = h_.clause;
    if (clause.own) {
      bool about_another = false;
      auto failing = first_failing(*clause.own, *b_.trigger, b_, about_another);
      auto asked = in_words(*clause.own, b_, b_.trigger);
      return add("requirement",
                 failing ? phrase("The event itself has to say: {1}. It does not: {2}.",
                                  "Händelsen ska själv ange: {1}. Det gör den inte: {2}.", {asked, *failing})
                         : phrase("The event itself has to say: {1}. It does.",
                                  "Händelsen ska själv ange: {1}. Det gör den.", {asked}),
                 {b_.trigger});
    }
    if (h_.opening.gap) {
      auto asked = in_words(*clause.trigger.in_force, b_);
      auto* by = h_.opening.gap_closed_by;
      return add("requirement",
                 by ? phrase("Asked for, in force without a gap: {1}. Found: {2}.",
                             "Krävs, utan avbrott: {1}. Fanns: {2}.", {asked, in_words(*by)})
                    : phrase("Asked for, in force without a gap: {1}. Not found.",
                             "Krävs, utan avbrott: {1}. Saknas.", {asked}),
                 {by});
    }
    for (auto& s : h_.trace.sought) requirement(s);
  }

  bool met(const Trace::Sought& s) const { return static_cast<double>(s.found.size()) >= s.needed; }

  void requirement(const Trace::Sought& s) {
    auto asked = in_words(*s.requirement, b_);
    auto found = number(static_cast<double>(s.found.size())), needed = number(s.needed);
    if (met(s)) {
      auto count = std::min(s.found.size(), static_cast<std::size_t>(std::max(s.needed, 1.0)));
      std::vector<const Fact*> first(s.found.begin(), s.found.begin() + static_cast<std::ptrdiff_t>(count));
      return first.empty() ? add("requirement", phrase("Asked for: {1}.", "Krävs: {1}.", {asked}))
                           : add("requirement",
                                 phrase("Asked for: {1}. Found: {2}.", "Krävs: {1}. Fanns: {2}.",
                                        {asked, named(first)}),
                                 first);
    }
    add("requirement",
        s.found.empty()
            ? phrase("Asked for: {1}. Not found.", "Krävs: {1}. Saknas.", {asked})
            : phrase("Asked for: {1}. Found {2} of {3}: {4}.", "Krävs: {1}. Fanns {2} av {3}: {4}.",
                     {asked, found, needed, named(s.found)}),
        s.found);
    if (h_.standing.state == State::waived) return;
    for (auto& m : near_misses(*s.requirement, b_, looked_for_until(h_.clause, b_)))
      add("nearMiss", phrase("{1} does not count: {2}.", "{1} räknas inte: {2}.", {in_words(*m.fact), m.why}),
          {m.fact, m.because_of});
  }

  void corrections() {
    for (auto& step : corrections_told(*b_.world, h_.clause, b_, facts_)) steps_.push_back(std::move(step));
  }

  std::vector<const Fact*> state_facts() const {
    return h_.standing.settled_by ? std::vector<const Fact*>{h_.standing.settled_by}
                                  : std::vector<const Fact*>{};
  }

  void missing() {
    auto state = h_.standing.state;
    if (state != State::open && state != State::overdue && h_.standing.verdict != Verdict::deferred) return;
    if (auto* closed = b_.in_case ? b_.in_case->closed : nullptr)
      add("missing",
          phrase("The case has been closed since {1}, which does not settle it.",
                 "Ärendet är avslutat sedan {1}, vilket inte avgör den.", {day(local_date(closed->when))}),
          {closed});
    for (auto& s : h_.trace.sought)
      if (!met(s))
        add("missing",
            phrase("What would settle it: {1}.", "Det som avgör den: {1}.", {in_words(*s.requirement, b_)}));
    if (h_.opening.gap)
      add("missing", phrase("What would settle it: {1}.", "Det som avgör den: {1}.",
                            {in_words(*h_.clause.trigger.in_force, b_)}));
    std::vector<Text> excuses;
    for (auto& e : h_.clause.waive)
      if (state == State::open || e.any_time) excuses.push_back(in_words(e.event, b_));
    if (!excuses.empty())
      add("missing", phrase("What would excuse it: {1}.", "Det som ursäktar den: {1}.", {listed(excuses)}));
    std::vector<Text> moves;
    for (auto& e : h_.clause.extend)
      if (state == State::open || e.any_time) moves.push_back(in_words(e.event, b_));
    if (!moves.empty())
      add("missing",
          phrase("What would move the due time: {1}.", "Det som flyttar gränsen: {1}.", {listed(moves)}));
  }

  const Heard& h_;
  const Binding& b_;
  const RuleBook& book_;
  std::vector<Step> steps_;
  std::vector<const Fact*> facts_;  // that steps speak of
};

bool chosen(const ObligationChoice& choice, const ObligationView& o) {
  auto agrees = [](std::string_view wanted, std::string_view is) { return wanted.empty() || wanted == is; };
  return agrees(choice.case_id, o.case_id) && agrees(choice.stream, o.stream) &&
         agrees(choice.rule, o.rule) && agrees(choice.subject, o.subject) &&
         (!choice.triggered_by || choice.triggered_by == o.triggered_by);
}

}  // namespace

std::vector<Step> told(const Heard& heard, const RuleBook& book) { return Telling(heard, book).run(); }

std::vector<Explanation> explain(const World& world, const RuleBook& book, const ObligationChoice& choice) {
  std::vector<Explanation> out;
  std::set<std::string> ids;
  if (!choice.rule.empty()) ids.insert(choice.rule);
  auto anybody = choice;
  anybody.subject.clear();
  anybody.triggered_by.reset();
  bool none = true;
  hear_again(world, book, ids, [&](const Heard& heard) {
    auto& o = heard.judged.obligation;
    none = none && !chosen(anybody, o);
    if (chosen(choice, o)) out.push_back({owned(o), told(heard, book)});
  });
  if (none && !choice.rule.empty())
    if (auto steps = why_none(world, book, choice); !steps.empty())
      out.push_back({NoObligation{choice.rule, choice.case_id, choice.stream}, std::move(steps)});
  if (none) return out;
  std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) {
    auto &x = std::get<Obligation>(a.of), &y = std::get<Obligation>(b.of);
    return std::tie(x.rule, x.created_at, x.subject) < std::tie(y.rule, y.created_at, y.subject);
  });
  return out;
}

}  // namespace stafett::casework
