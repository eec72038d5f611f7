#include "casework/explain_absence.h"

#include <algorithm>

#include "casework/hearing.h"
#include "casework/near_miss.h"
#include "casework/rule_words.h"

namespace stafett::casework {
namespace {

constexpr std::size_t told_max = 5;  // events, or openings, of one clause: the last ones

// Tells why the clauses of one rule gave a case, or another stream, no obligation: asks of each what the
// judge asked, and says where it stopped.
class Telling {
 public:
  Telling(const World& world, const RuleBook& book, const ObligationChoice& choice)
      : world_(world),
        book_(book),
        choice_(choice),
        name_(choice.case_id.empty() ? choice.stream : "case/" + choice.case_id),
        case_(choice.case_id.empty() ? nullptr : world.find_case(choice.case_id)) {}

  std::vector<Step> run(const std::vector<const Hearing*>& hearings) {
    if (!here()) return {};
    rule(*hearings.back());
    for (auto* hearing : hearings) clause(*hearing);
    add("state", phrase("So {1} owes nothing by {2} as of {3}.",
                        "Därför finns ingen skyldighet i {1} enligt {2} per {3}.",
                        {plain(name_), plain(choice_.rule), moment(world_.at())}));
    return std::move(steps_);
  }

 private:
  bool here() const {
    if (case_) return case_->opened != nullptr;
    return choice_.case_id.empty() &&
           std::ranges::any_of(world_.facts(), [&](auto* f) { return stands_here(*f); });
  }

  bool stands_here(const Fact& f) const { return case_ ? f.in_case == case_ : f.event->stream == name_; }
  bool is_here(const Opening& o) const {
    return case_ ? o.in_case == case_ : o.about == name_ || o.trigger->event->stream == name_;
  }

  void add(const char* kind, Text text, std::initializer_list<const Fact*> facts = {}) {
    std::vector<Position> positions;
    for (auto* f : facts)
      if (f) positions.push_back(f->position());
    std::sort(positions.begin(), positions.end());
    // Versions of a rule say the same of the same event.
    Step step{kind, std::move(text), std::move(positions)};
    auto same = [&](auto& s) { return s.kind == step.kind && s.text.english == step.text.english; };
    if (std::ranges::none_of(steps_, same)) steps_.push_back(std::move(step));
  }

  // An event, and why it is not enough.
  void falls_short(const Fact& f, const Text& why, const Fact* because_of = nullptr) {
    add("nearMiss",
        phrase("{1} does not give rise to it: {2}.", "{1} ger inte upphov till den: {2}.",
               {in_words(f), why}),
        {&f, because_of});
  }

  void rule(const Hearing& h) {
    auto& name = h.rule ? h.rule->name : h.indicator->name;
    auto& source = h.rule ? h.rule->source : h.indicator->source;
    add("rule",
        phrase("{1} {2}. Source: {3}.", "{1} {2}. Källa: {3}.", {plain(choice_.rule), name, plain(source)}));
    auto* set = h.rule ? book_.set_of(*h.rule) : book_.set_of(*h.indicator);
    if (set) steps_.back().positions = {set->position};
  }

  void clause(const Hearing& h) {
    auto& clause = *h.clause;
    if (clause.dossier == Clause::Dossier::unit && !name_.starts_with("unit/"))
      return add("trigger",
                 phrase("It is asked of units, not of {1}: name the stream of a unit.",
                        "Den gäller enheter, inte {1}: ange strömmen för en enhet.", {plain(name_)}));
    if (clause.dossier == Clause::Dossier::municipality)
      return add("trigger", phrase("It is asked of municipalities, not of {1}.",
                                   "Den gäller kommuner, inte {1}.", {plain(name_)}));
    add("trigger", phrase("It arises by: {1}.", "Den uppstår genom: {1}.", {occasion(clause)}));
    Instant horizon = instant_max;
    std::vector<Opening> opened;
    for (auto& o : openings(clause, world_, horizon))
      if (is_here(o)) opened.push_back(o);
    if (opened.empty()) return unopened(clause);
    auto first = opened.size() > told_max ? opened.end() - told_max : opened.begin();
    for (auto o = first; o != opened.end(); ++o) opening(h, *o);
  }

  Text occasion(const Clause& clause) const {
    auto& t = clause.trigger;
    if (t.kind == Trigger::Kind::once) return phrase("the day {1}", "dagen {1}", {day(t.date)});
    if (t.kind == Trigger::Kind::shared) {
      auto units = number(static_cast<double>(t.units));
      std::vector<Text> kinds;
      for (auto& kind : t.kinds) kinds.push_back(plain(kind));
      return kinds.empty()
                 ? phrase("open cases of the household in {1} units",
                          "öppna ärenden för hushållet hos {1} enheter", {units})
                 : phrase("open cases of the household in {1} units, among them {2}",
                          "öppna ärenden för hushållet hos {1} enheter, däribland {2}", {units, both(kinds)});
    }
    Binding b;
    b.world = &world_;
    auto what = kind_in_words(*t.event, b);
    if (t.kind == Trigger::Kind::birthday)
      return phrase("the day of turning {1}, while open by {2}",
                    "dagen då personen fyller {1}, medan ärendet är öppet genom {2}", {number(t.age), what});
    if (t.kind == Trigger::Kind::calendar)
      return phrase("each period in which there is {1}", "varje period då det finns {1}", {what});
    if (t.in_force)
      return phrase("{1}, while nothing is in force of {2}", "{1}, medan inget gäller av {2}",
                    {what, in_words(t.in_force->types)});
    return what;
  }

  // No opening: there is no such event, or none that is as the rule wants it.
  void unopened(const Clause& clause) {
    auto& t = clause.trigger;
    if (t.kind == Trigger::Kind::once)
      return add("nearMiss", phrase("That day has not come.", "Den dagen har inte kommit."));
    if (t.kind == Trigger::Kind::shared) return not_shared();
    std::vector<const Fact*> candidates;
    for (auto type : t.event->types)
      for (auto* f : world_.of_type(type))
        if (stands_here(*f) && !f->visiting) candidates.push_back(f);
    if (candidates.empty())
      return add("nearMiss",
                 phrase("There is no such event in {1}: {2}.", "Ingen sådan händelse finns i {1}: {2}.",
                        {plain(name_), in_words(t.event->types)}));
    std::ranges::stable_sort(candidates, {}, &Fact::when);
    auto first = candidates.size() > told_max ? candidates.end() - told_max : candidates.begin();
    for (auto f = first; f != candidates.end(); ++f) falls_short(**f, why_not(clause, **f));
  }

  void not_shared() {
    if (!case_ || case_->household.empty())
      return add("nearMiss",
                 phrase("No household is known of {1}.", "Inget hushåll är känt för {1}.", {plain(name_)}));
    std::vector<Text> units;
    for (auto unit : world_.units_of_household(case_->household, world_.at())) units.push_back(plain(unit));
    add("nearMiss",
        units.empty()
            ? phrase("Household {1} has no open case on {2}, and did not have enough at once before.",
                     "Hushåll {1} har inget öppet ärende {2}, och hade inte tillräckligt många samtidigt "
                     "dessförinnan.",
                     {plain(case_->household), day(local_date(world_.at()))})
            : phrase("Household {1} has open cases in {2} on {3}, and not in more before.",
                     "Hushåll {1} har öppna ärenden hos {2} per {3}, och inte hos fler dessförinnan.",
                     {plain(case_->household), both(units), day(local_date(world_.at()))}));
  }

  Text why_not(const Clause& clause, const Fact& f) const {
    auto& t = clause.trigger;
    Binding b;
    b.world = &world_;
    b.trigger = &f;
    b.in_case = f.in_case;
    b.start = f.when;
    bool about_another = false;
    if (auto failing = first_failing(t.event->where, f, b, about_another)) return *failing;
    if (!t.event->counts(f, b))
      return phrase("it is not in force on {1}", "den gäller inte {1}", {day(local_date(world_.at()))});
    if (t.kind == Trigger::Kind::birthday) return no_birthday(t, f);
    if (t.in_force)
      return phrase("all the time since, there was {1}", "hela tiden därefter fanns {1}",
                    {in_words(t.in_force->types)});
    if (t.kind == Trigger::Kind::calendar)
      return phrase("no period in which it is in force has begun", "ingen period då den gäller har börjat");
    return phrase("an earlier one of the same kind already counts", "en tidigare av samma slag räknas redan");
  }

  Text no_birthday(const Trigger& t, const Fact& f) const {
    auto* person = f.in_case ? world_.person(f.in_case->subject) : nullptr;
    if (!person) return phrase("no birth date is known", "inget födelsedatum är känt");
    auto on = person->reaches(t.age);
    auto who = plain(person->id);
    if (start_of_day(on) > world_.at())
      return phrase("{1} turns {2} only later", "{1} fyller {2} först senare", {who, number(t.age)});
    return phrase("the case was not open when {1} turned {2}", "ärendet var inte öppet när {1} fyllde {2}",
                  {who, number(t.age)});
  }

  // What began, and where the judge stopped.
  void opening(const Hearing& h, const Opening& o) {
    auto on = local_date(o.start);
    if (!in_force(h, o, on, book_)) return not_in_force(h, o);
    auto subjects = subjects_of(h.clause->subjects, o, world_, on);
    if (subjects.empty()) return nobody(h.clause->subjects, o, on);
    for (auto subject : subjects) {
      auto b = bound(world_, o, subject);
      for (auto& r : h.clause->given)
        if (!all_given({r}, b)) not_given(r, o, b);
      for (auto& r : h.clause->not_given)
        for (auto* f : matches(r, b, b.start))
          falls_short(*o.trigger,
                      phrase("by then there had been {1}", "dessförinnan hade skett {1}", {in_words(*f)}), f);
      if (auto* f = gone_by(*h.clause, b))
        falls_short(
            *o.trigger,
            phrase("it has been pointless since {1}", "den är inte längre aktuell sedan {1}", {in_words(*f)}),
            f);
    }
  }

  void not_in_force(const Hearing& h, const Opening& o) {
    auto on = local_date(o.start);
    auto municipality = o.trigger->event->municipality;
    if (h.rule && book_.rule(h.rule->id, on, municipality)) return;  // another version judges it
    auto& set = *h.set;
    if (set.municipality != "0000" && set.municipality != municipality)
      return falls_short(*o.trigger, phrase("the rule set {1} binds municipality {2}, and this is of {3}",
                                            "regelverket {1} binder kommun {2}, och detta är i {3}",
                                            {plain(set.id), plain(set.municipality), plain(municipality)}));
    auto from = set.in_force_from;
    if (h.rule) from = std::max(from, h.rule->from);
    falls_short(*o.trigger, on < from ? phrase("the rule is in force only from {1}",
                                               "regeln gäller först från {1}", {day(from)})
                                      : phrase("the rule was no longer in force on {1}",
                                               "regeln gällde inte längre {1}", {day(on)}));
  }

  // Nobody of the kind that the rule is for: too old, or not known at all.
  void nobody(const Subjects& subjects, const Opening& o, Date on) {
    constexpr int before_everybody = 1;
    bool told = false;
    for (auto person : subjects_of(subjects, o, world_, make_date(before_everybody, 1, 1)))
      if (!world_.is_minor(person, on)) {
        falls_short(*o.trigger,
                    phrase("{1} had turned 18 by {2}", "{1} hade fyllt 18 år {2}", {plain(person), day(on)}));
        told = true;
      }
    if (told) return;
    falls_short(
        *o.trigger,
        subjects.kind == Subjects::Kind::guardians
            ? phrase("no guardian of the child is known on {1}, or it had turned 18",
                     "ingen vårdnadshavare för barnet är känd {1}, eller så hade det fyllt 18", {day(on)})
            : phrase("nobody whom the rule is for is known on {1}", "ingen som regeln gäller är känd {1}",
                     {day(on)}));
  }

  void not_given(const Requirement& r, const Opening& o, const Binding& b) {
    falls_short(*o.trigger, phrase("it also takes, by then: {1}", "det krävs också, dessförinnan: {1}",
                                   {in_words(r, b)}));
    for (auto& m : near_misses(r, b, b.start))
      add("nearMiss", phrase("{1} does not count: {2}.", "{1} räknas inte: {2}.", {in_words(*m.fact), m.why}),
          {m.fact, m.because_of});
  }

  const World& world_;
  const RuleBook& book_;
  const ObligationChoice& choice_;
  std::string name_;
  const CaseFacts* case_;
  std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> why_none(const World& world, const RuleBook& book, const ObligationChoice& choice) {
  std::vector<const Hearing*> hearings;
  for (auto& h : book.hearings())
    if ((h.rule ? h.rule->id : h.indicator->id) == choice.rule) hearings.push_back(&h);
  if (hearings.empty()) return {};
  return Telling(world, book, choice).run(hearings);
}

}  // namespace stafett::casework
