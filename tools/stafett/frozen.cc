#include "stafett/frozen.h"

#include <algorithm>

#include "stafett/events_shown.h"
#include "stafett/figures_csv.h"

namespace stafett::tools {
namespace {

Statistics statistics_of(const wire::Frozen& frozen, const std::vector<std::string>& ids) {
  Statistics out{{frozen.from, frozen.to}, {frozen.size, frozen.rule_set, frozen.at}, frozen.threshold, {}};
  for (auto& f : frozen.figures)
    if (ids.empty() || std::find(ids.begin(), ids.end(), f.indicator) != ids.end()) out.figures.push_back(f);
  return out;
}

Json to_json(const wire::Figure& figure, const wire::Frozen& frozen, const Statistics& statistics) {
  auto out = to_json(figure, statistics);
  out["unit"] = frozen.unit;
  out["municipality"] = frozen.municipality;
  out["threshold"] = frozen.threshold;
  out["frozen"] = frozen.position.value;
  out["recordedAt"] = format_utc(frozen.recorded_at);
  return out;
}

}  // namespace

Result<int> freeze(const Globals& globals, client::Connection& connection,
                   const wire::FreezeRequest& request) {
  STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.freeze(request); }));
  auto& place = answer.places.at(0);
  Period period{*request.indicators.from, *request.indicators.to};
  if (globals.json) {
    print(Json{{"outcome", "appended"},
               {"position", place.position.value},
               {"subject", "unit/" + request.unit},
               {"streamversion", place.version.value},
               {"municipality", request.municipality},
               {"from", format_date(period.from)},
               {"to", format_date(period.to)}});
    return done;
  }
  std::printf(globals.say("Frozen: %s, municipality %s, at position %llu of the ledger (unit/%s).\n",
                          "Fryst: %s, kommun %s, på plats %llu i liggaren (unit/%s).\n"),
              in_words(period).c_str(), request.municipality.c_str(),
              static_cast<unsigned long long>(place.position.value), request.unit.c_str());
  return done;
}

Result<int> show_frozen(const Globals& globals, client::Connection& connection,
                        const wire::FrozenRequest& request, const std::vector<std::string>& ids, bool csv) {
  STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.frozen(request); }));
  if (globals.json) {
    for (auto& frozen : answer.frozen) {
      auto statistics = statistics_of(frozen, ids);
      for (auto& f : statistics.figures) print(to_json(f, frozen, statistics));
    }
    return done;
  }
  STAFETT_TRY(auto names, RuleNames::of(globals, connection, {}));
  if (csv) {
    std::vector<Statistics> all;
    for (auto& frozen : answer.frozen) all.push_back(statistics_of(frozen, ids));
    std::fputs(to_csv(globals, names, all).c_str(), stdout);
    return done;
  }
  if (answer.frozen.empty()) std::puts(globals.say("Nothing is frozen.", "Inget är fryst."));
  for (auto& frozen : answer.frozen) {
    std::printf(globals.say("Frozen %s by %s for municipality %s, at position %llu.\n",
                            "Fryst %s av %s för kommun %s, på plats %llu.\n"),
                short_time(frozen.recorded_at).c_str(), frozen.unit.c_str(), frozen.municipality.c_str(),
                static_cast<unsigned long long>(frozen.position.value));
    print_figures(globals, names, statistics_of(frozen, ids));
    if (&frozen != &answer.frozen.back()) std::puts("");
  }
  return done;
}

}  // namespace stafett::tools
