// Laws of the fold that hold whatever the rules say, on random histories: it depends on the set of events and
// on `at` alone, its horizon is true, strangers do not matter, and a correction is as good as the truth at
// once.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "casework/random_history_runs.h"
#include "casework/registry.h"
#include "stafett/core/calendar.h"

using namespace stafett;
using casework::Judged;
using casework::State;
using nlohmann::json;

namespace {

const casework::RuleBook& book() {
  static const auto all = support::base_book();
  return all;
}

using Events = std::vector<event::RecordedEvent>;
using Judgements = std::vector<casework::Judgement>;

std::string id_of(const Events& events, std::optional<Position> position) {
  return position ? event::format_event_id(events[position->value].id) : "-";
}

std::string text_of(std::optional<Instant> t) { return t ? format_utc(*t) : "-"; }

// All that is said, by event ids instead of positions.
std::string portrait(const Judged& j, const Events& events, bool with_evidence) {
  auto& o = j.obligation;
  std::string out;
  auto say = [&](const char* what, std::string_view text) { ((out += what) += text) += ' '; };
  say("", o.rule);
  say("", j.part);
  say("in ", o.stream);
  say("case ", o.case_id);
  say("subject ", o.subject);
  say("unit ", o.unit);
  say("", casework::to_string(o.state));
  say("by ", id_of(events, o.triggered_by));
  say("created ", format_utc(o.created_at));
  say("due ", text_of(o.due_at));
  say("warn ", text_of(o.warn_at) + (o.warning ? "!" : ""));
  say("settled ", id_of(events, o.settled_by) + " " + text_of(o.settled_at));
  say("", o.legal_ref);
  say("", std::to_string(j.matched) + "/" + std::to_string(j.needed));
  say("", j.household);
  for (auto& dimension : *j.dimensions) say(",", dimension);
  if (!with_evidence) return out;
  std::set<std::string> ids;
  for (auto p : j.evidence) ids.insert(id_of(events, p));
  for (auto& id : ids) out += " " + id;
  return out;
}

enum class Of { everything, obligations };

using Portraits = std::multiset<std::string>;
Portraits portraits(const casework::Judgement& judgement, const Events& events, bool evidence = true,
                    Of what = Of::everything) {
  Portraits out;
  for (auto& j : judgement.judged)
    if (what == Of::everything || j.of_rule) out.insert(portrait(j, events, evidence));
  return out;
}

Portraits portraits(const Judgements& judgements, const Events& events, bool evidence = true,
                    Of what = Of::everything) {
  Portraits out;
  for (auto& judgement : judgements) out.merge(portraits(judgement, events, evidence, what));
  return out;
}

// All indicators over two years. The delay of registration (I44) looks at how events were recorded, not at
// what they tell, so it is left out.
Portraits figures(const Judgements& judgements, Instant at) {
  casework::FigureQuery query;
  for (auto& id : book().indicator_ids()) {
    query.all.push_back(book().indicator(id));
    if (!id.starts_with("I44")) query.indicators.push_back(book().indicator(id));
  }
  int year = int(civil(local_date(at)).year());
  query.from = make_date(year - 1, 1, 1);
  query.to = make_date(year + 1, 1, 1);
  query.at = at;
  Portraits out;
  auto text = [](std::optional<double> d) { return d ? std::to_string(*d) : std::string("-"); };
  for (auto& f : support::figures(query, judgements))
    out.insert(f.indicator + " " + text(f.numerator) + "/" + text(f.denominator) + " pending " +
               std::to_string(f.pending.value_or(0)) + " waived " + std::to_string(f.waived.value_or(0)) +
               " median " + text(f.median));
  return out;
}

// Lines that only one of the two says; empty when they say the same.
std::string difference(const Portraits& one, const Portraits& other) {
  std::vector<std::string> only;
  std::string out;
  std::set_difference(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(only));
  for (auto& line : only) out += "  first:  " + line + "\n";
  only.clear();
  std::set_difference(other.begin(), other.end(), one.begin(), one.end(), std::back_inserter(only));
  for (auto& line : only) out += "  second: " + line + "\n";
  return out;
}

std::string whole_difference(const Events& one, const Events& other, Instant at, bool evidence = true) {
  auto a = support::judge_all(one, book(), at), b = support::judge_all(other, book(), at);
  return difference(portraits(a, one, evidence), portraits(b, other, evidence)) +
         difference(figures(a, at), figures(b, at));
}

using Lines = std::vector<std::string>;

// Whether `difference`, asked about the history, is empty; else shows the smallest history for which it is
// not.
bool same(std::uint64_t seed, Instant at, const Lines& lines,
          const std::function<std::string(const Lines&)>& difference) {
  if (difference(lines).empty()) return true;
  auto small = history::shrunk(lines, [&](const Lines& fewer) { return !difference(fewer).empty(); });
  std::string all;
  for (auto& line : small) all += line + "\n";
  FAIL_CHECK("STAFETT_SEED=" << seed << " at " << format_local(at) << "\n" << difference(small) << all);
  return false;
}

Instant time_of(const std::string& line) {
  return parse_instant(json::parse(line)["time"].get<std::string>()).value();
}

}  // namespace

TEST_CASE("the order of registration does not matter", "[casework][random]") {
  history::for_each_seed(400, [](std::uint64_t seed, std::mt19937_64& dice) {
    auto story = history::random_story(seed);
    auto at = history::some_time(dice, story.from, story.to);
    auto order = dice();
    return same(seed, at, history::lines_of(story.events), [&](const Lines& lines) {
      auto mixed = lines;
      std::shuffle(mixed.begin(), mixed.end(), std::mt19937_64(order));
      return whole_difference(support::record_all(lines), support::record_all(mixed), at);
    });
  });
}

TEST_CASE("what happens after the moment of judging does not matter", "[casework][random]") {
  history::for_each_seed(400, [](std::uint64_t seed, std::mt19937_64& dice) {
    auto story = history::random_story(seed);
    auto at = history::some_time(dice, story.from, story.to);
    return same(seed, at, history::lines_of(story.events), [&](const Lines& lines) {
      auto known = lines;
      std::erase_if(known, [&](const std::string& line) { return time_of(line) > at; });
      return whole_difference(support::record_all(lines), support::record_all(known), at);
    });
  });
}

TEST_CASE("a judgement stays the same until its horizon", "[casework][random]") {
  history::for_each_seed(300, [](std::uint64_t seed, std::mt19937_64& dice) {
    auto story = history::random_story(seed);
    auto at = history::some_time(dice, story.from, story.to);
    auto choice = dice();
    return same(seed, at, history::lines_of(story.events), [&](const Lines& all) {
      auto events = support::record_all(all);
      auto now = support::judge_all(events, book(), at);
      std::mt19937_64 again_dice(choice);
      std::set<Instant> later = {at + std::chrono::microseconds(1)};
      for (auto& judgement : now) {
        if (judgement.horizon <= at)
          return "the horizon " + format_local(judgement.horizon) + " is not ahead\n";
        auto end = std::min(judgement.horizon, at + std::chrono::hours(24 * 2000));
        later.insert(end - std::chrono::microseconds(1));
        later.insert(history::some_time(again_dice, at, end));
      }
      for (auto then : later) {
        auto again = support::judge_all(events, book(), then);
        for (std::size_t i = 0; i < now.size(); ++i) {
          if (then >= now[i].horizon) continue;
          auto changed = difference(portraits(now[i], events), portraits(again[i], events));
          if (!changed.empty())
            return "again at " + format_local(then) + " before horizon " + format_local(now[i].horizon) +
                   "\n" + changed;
        }
      }
      return std::string();
    });
  });
}

TEST_CASE("another household changes nothing, nor does an event that no rule looks at",
          "[casework][random]") {
  history::for_each_seed(300, [](std::uint64_t seed, std::mt19937_64& dice) {
    history::Wishes wishes;
    wishes.governance = false;
    auto story = history::random_story(seed, wishes);
    auto others = history::lines_of(history::renamed(history::random_story(~seed, wishes), "z").events);
    auto outreach = story.events.front();
    outreach["id"] = "00000000-0000-4000-8000-000000000001";
    outreach["type"] = "se.stafett.OutreachRecorded";
    outreach["subject"] = "unit/bergby/leisure";
    outreach["data"] = {
        {"kind", "leisure"}, {"periodFrom", "2019-01-01"}, {"periodTo", "2019-02-01"}, {"contacts", 7}};
    others.push_back(outreach.dump());
    auto at = history::some_time(dice, story.from, story.to);
    auto order = dice();
    auto judged = [&](const Lines& lines) {
      auto events = support::record_all(lines);
      return portraits(support::judge_all(events, book(), at), events, true, Of::obligations);
    };
    return same(seed, at, history::lines_of(story.events), [&](const Lines& lines) {
      auto together = lines;
      together.insert(together.end(), others.begin(), others.end());
      std::shuffle(together.begin(), together.end(), std::mt19937_64(order));
      auto apart = judged(lines);
      apart.merge(judged(others));
      return difference(apart, judged(together));
    });
  });
}

namespace {

// What of the promises about obligations does not hold for the judgement of these events.
std::string broken_promises(const Events& events, Instant at) {
  // 8.2 no. 10.
  static const std::set<std::string> may_breach = {"R03", "R06", "R08", "R09", "R10", "R10b",
                                                   "R11", "R12", "R19", "R41", "R43"};
  casework::DossierIndex index;
  for (auto& e : events) index.add(e);
  auto dossiers = index.all();
  auto judgements = support::judge_all(events, book(), at);
  std::string wrong;
  for (std::size_t i = 0; i < judgements.size(); ++i) {
    std::set<Position> known;
    for (auto list : {index.own(dossiers[i]), index.visiting(dossiers[i]), index.governance()})
      known.insert(list.begin(), list.end());
    for (auto& j : judgements[i].judged) {
      auto& o = j.obligation;
      auto must = [&](bool holds, const char* law) {
        if (!holds) wrong += std::string("not so: ") + law + ": " + portrait(j, events, true) + "\n";
      };
      must(!j.evidence.empty(), "there is evidence");
      must(std::is_sorted(j.evidence.begin(), j.evidence.end()), "evidence ascends");
      for (auto p : j.evidence) {
        must(known.count(p), "evidence is the dossier's");
        must(events[p.value].occurred_at <= at, "evidence has happened");
      }
      auto shown = [&](Position p) { return std::count(j.evidence.begin(), j.evidence.end(), p) > 0; };
      must(!o.triggered_by || shown(*o.triggered_by), "the trigger is evidence");
      must(!o.settled_by || shown(*o.settled_by), "what settled it is evidence");
      bool unsettled = o.state == State::open || o.state == State::overdue;
      must(unsettled == !o.settled_at, "settledAt is null exactly while open or overdue");
      must(!unsettled || !o.settled_by, "nothing has settled what is open or overdue");
      must(o.created_at <= at, "it has been created");
      must(o.state != State::open || !o.due_at || at < *o.due_at, "open is not yet due");
      must(o.state != State::overdue || (o.due_at && *o.due_at <= at), "overdue is past due");
      must(o.state != State::fulfilled || !o.due_at || *o.settled_at <= *o.due_at, "fulfilled is in time");
      must(o.state != State::fulfilled_late || (o.due_at && *o.due_at <= *o.settled_at), "late is late");
      must(!j.of_rule || o.state != State::breached || may_breach.count(std::string(o.rule)),
           "this rule can be breached");
      must(o.warning == (o.state == State::open && o.warn_at && *o.warn_at <= at),
           "a warning is open and past");
    }
  }
  return wrong;
}

}  // namespace

TEST_CASE("every obligation has its evidence and says only what its state allows", "[casework][random]") {
  history::for_each_seed(400, [&](std::uint64_t seed, std::mt19937_64& dice) {
    auto story = history::random_story(seed);
    auto at = history::some_time(dice, story.from, story.to);
    return same(seed, at, history::lines_of(story.events),
                [&](const Lines& lines) { return broken_promises(support::record_all(lines), at); });
  });
}

TEST_CASE("a correction is as good as having sent it right from the start", "[casework][random]") {
  history::for_each_seed(400, [](std::uint64_t seed, std::mt19937_64& dice) {
    history::Wishes wishes;
    wishes.corrections = false;
    auto story = history::random_story(seed, wishes);
    auto mistakes = history::possible_mistakes(story, seed);
    if (mistakes.empty()) return true;
    auto& mistake = mistakes[dice() % mistakes.size()];
    auto& event = story.events[mistake.index];
    auto sent = time_of(event.dump());
    auto when = history::some_time(dice, sent, std::max(story.to, sent + std::chrono::hours(1)));
    auto at = history::some_time(dice, when, when + std::chrono::hours(24 * 30));
    auto correction = mistake.correction(event, when).dump(), right = mistake.right(event).dump();
    auto wrong = event.dump();
    return same(seed, at, history::lines_of(story.events), [&](const Lines& lines) {
      auto corrected = lines, true_from_the_start = lines;
      auto found = std::find(lines.begin(), lines.end(), wrong);
      if (found == lines.end()) return std::string();
      corrected.push_back(correction);
      auto place = true_from_the_start.begin() + (found - lines.begin());
      if (mistake.voids)
        true_from_the_start.erase(place);
      else
        *place = right;
      auto changed = whole_difference(support::record_all(corrected),
                                      support::record_all(true_from_the_start), at, false);
      return changed.empty() ? changed : changed + correction + "\n";
    });
  });
}
