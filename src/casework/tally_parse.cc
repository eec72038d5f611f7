#include "casework/clause_parse.h"

namespace stafett::casework {
namespace {

using nlohmann::json;
using Show = Tally::Show;

constexpr std::pair<std::string_view, Show> shows[] = {
    {"share", Show::share}, {"count", Show::count},    {"held", Show::held}, {"days", Show::days},
    {"mean", Show::mean},   {"all", Show::all},        {"list", Show::list}, {"sum", Show::sum},
    {"gap", Show::gap},     {"covered", Show::covered}};

auto malformed(const Place& place, std::string message) {
  return fail(ErrorCode::invalid_argument, place + ": " + message, place);
}

// The JSON of the value among the names; `otherwise` when it is not there.
template <class T, std::size_t N>
Result<T> named(const json& j, const char* name, const Place& place,
                const std::pair<std::string_view, T> (&names)[N], T otherwise) {
  if (!j.contains(name)) return otherwise;
  std::string known;
  for (auto& [text, value] : names) {
    if (j[name] == text) return value;
    known += (known.empty() ? "" : ", ") + std::string(text);
  }
  return malformed(place + "." + name, "not one of " + known);
}

Result<Tally::Over> parse_over(const json& j, const Place& place, const std::string& id) {
  Tally::Over over;
  if (j.is_object() && j.contains("rule")) {
    STAFETT_TRY(only_members(j, place, {"rule", "part", "trigger"}));
    if (!j["rule"].is_string()) return malformed(place + ".rule", "the id of a rule belongs here");
    over.rule = j["rule"].get<std::string>();
    over.part = j.value("part", "");
    if (j.contains("trigger")) {
      STAFETT_TRY(auto types, parse_event_types(j["trigger"], place + ".trigger"));
      over.trigger = std::move(types);
    }
  } else if (j.is_object() && j.contains("recorded")) {
    STAFETT_TRY(only_members(j, place, {"recorded", "lateAfter"}));
    STAFETT_TRY(auto types, parse_event_types(j["recorded"], place + ".recorded"));
    over.recorded = std::move(types);
    if (j.contains("lateAfter")) {
      STAFETT_TRY(only_members(j["lateAfter"], place + ".lateAfter", {"days"}));
      STAFETT_TRY(auto days, whole_number(j["lateAfter"].value("days", json()), place + ".lateAfter.days"));
      over.late_days = days;
    }
  } else {
    STAFETT_TRY(auto clause, parse_clause(j, place, id));
    over.own = std::move(clause);
  }
  return over;
}

// {"from": 0, "to": 17} or a list of words
Result<std::vector<std::string>> parse_among(const json& j, const Place& place) {
  std::vector<std::string> out;
  if (j.is_object()) {
    STAFETT_TRY(only_members(j, place, {"from", "to"}));
    STAFETT_TRY(auto from, whole_number(j.value("from", json()), place + ".from"));
    STAFETT_TRY(auto to, whole_number(j.value("to", json()), place + ".to"));
    if (to < from || to - from > 1000) return malformed(place + ".to", "at most 1000 after \"from\"");
    for (int n = from; n <= to; ++n) out.push_back(std::to_string(n));
    return out;
  }
  STAFETT_TRY(one_or_many(j, place, [&](const json& one, const Place& here) -> Result<void> {
    if (!one.is_string()) return malformed(here, "a text belongs here");
    out.push_back(one.get<std::string>());
    return ok();
  }));
  return out;
}

// What it counts over fits how it is shown.
Result<void> check_shape(const json& j, const Place& place, const Tally& tally) {
  bool composite = tally.show == Show::mean || tally.show == Show::all || tally.show == Show::gap ||
                   (tally.show == Show::list && j.contains("of"));
  if (composite != j.contains("of") || composite == j.contains("over"))
    return malformed(
        place, composite ? "needs \"of\": the indicators it is made of" : "needs \"over\": what it counts");
  for (auto& over : tally.over) {
    if (!over.recorded.empty() && tally.show != Show::days && tally.show != Show::share)
      return malformed(place + ".show", "events recorded are shown as days or share");
    if (tally.show == Show::sum && (!over.own || !over.own->measure))
      return malformed(place + ".over", "a sum needs clauses with \"measure\"");
    if (tally.show == Show::covered && (!over.own || over.own->covers.empty()))
      return malformed(place + ".over", "what is covered needs clauses with \"covers\"");
  }
  if ((tally.show == Show::covered) != j.contains("among"))
    return malformed(place + ".among", "belongs to what is shown as covered, and only there");
  return ok();
}

}  // namespace

std::string_view to_string(Show show) {
  for (auto& [name, value] : shows)
    if (value == show) return name;
  return "share";
}

Result<std::shared_ptr<const Tally>> parse_tally(const json& j, const Place& place, const std::string& id) {
  auto tally = std::make_shared<Tally>();
  STAFETT_TRY(auto show, named(j, "show", place, shows, Show::share));
  tally->show = show;
  if (j.contains("of")) {
    STAFETT_TRY(one_or_many(j["of"], place + ".of", [&](const json& part, const Place& here) -> Result<void> {
      if (!part.is_string()) return malformed(here, "the id of an indicator belongs here");
      tally->of.push_back(part.get<std::string>());
      return ok();
    }));
  }
  if (j.contains("over")) {
    STAFETT_TRY(
        one_or_many(j["over"], place + ".over", [&](const json& one, const Place& here) -> Result<void> {
          STAFETT_TRY(auto over, parse_over(one, here, id));
          tally->over.push_back(std::move(over));
          return ok();
        }));
  }
  STAFETT_TRY(check_shape(j, place, *tally));
  if (j.contains("among")) {
    STAFETT_TRY(auto among, parse_among(j["among"], place + ".among"));
    tally->among = std::move(among);
  }
  if (j.contains("numerator")) {
    tally->numerator.clear();
    STAFETT_TRY(one_or_many(
        j["numerator"], place + ".numerator", [&](const json& s, const Place& here) -> Result<void> {
          auto state = s.is_string() ? state_from(s.get<std::string>()) : std::nullopt;
          if (!state)
            return malformed(here, "not one of open, fulfilled, fulfilledLate, overdue, waived, breached");
          tally->numerator.push_back(*state);
          return ok();
        }));
  }
  tally->timed = j.value("timed", false);
  tally->ripe = j.value("ripe", false);
  tally->as_of = tally->show == Show::list || j.value("basis", "") == "as-of";
  constexpr std::pair<std::string_view, Tally::Cohort> cohorts[] = {
      {"created", Tally::Cohort::created}, {"due", Tally::Cohort::due}, {"settled", Tally::Cohort::settled}};
  STAFETT_TRY(auto cohort, named(j, "cohort", place, cohorts, Tally::Cohort::created));
  tally->cohort = cohort;
  if (j.contains("distinct")) {
    tally->distinct = j["distinct"].is_string() ? j["distinct"].get<std::string>() : "";
    if (tally->distinct != "case" && tally->distinct != "subject" && tally->distinct != "stream" &&
        tally->distinct != "child")
      return malformed(place + ".distinct", "\"case\", \"subject\", \"stream\" or \"child\" belongs here");
  }
  return std::shared_ptr<const Tally>(std::move(tally));
}

}  // namespace stafett::casework
