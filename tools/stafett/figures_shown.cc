#include "stafett/figures_shown.h"

#include <algorithm>
#include <cmath>

#include "stafett/events_shown.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

std::string in_days(const std::optional<double>& value) { return value ? number_in_words(value) + " d" : ""; }

std::string count_in_words(const std::optional<std::uint64_t>& count) {
  return count ? std::to_string(*count) : hidden_mark;
}

}  // namespace

Statistics statistics_of(const wire::IndicatorsRequest& request, wire::FiguresAnswer answer) {
  auto year = static_cast<int>(civil(local_date(answer.basis.at)).year());
  Period period{request.from.value_or(make_date(year, 1, 1)), request.to.value_or(make_date(year + 1, 1, 1))};
  return {period, std::move(answer.basis), request.threshold, std::move(answer.figures)};
}

std::string number_in_words(const std::optional<double>& value) {
  if (!value) return "–";
  char text[32];
  std::snprintf(text, sizeof text, std::trunc(*value) == *value ? "%.0f" : "%.2f", *value);
  return text;
}

std::string value_in_words(const wire::Figure& f) {
  if (!f.value) return f.suppressed && !f.numerator ? hidden_mark : "–";
  bool percent = f.show == "share" || f.show == "all" || f.show == "held" || f.show == "covered";
  if (f.show == "gap") return number_in_words(f.value) + " pp";  // percentage points, procentenheter
  if (f.show == "days") return in_days(f.value);
  if (!percent) return number_in_words(f.value);
  char text[32];
  std::snprintf(text, sizeof text, "%.0f %%", *f.value * 100);
  return text;
}

std::string in_words(const Period& period) {
  auto name = period_name(period);
  auto days = format_date(period.from) + " – " + format_date(add_days(period.to, -1));
  return name.empty() ? days : name + " (" + days + ")";
}

void print_figures(const Globals& globals, const RuleNames& names, const Statistics& statistics) {
  Table table({globals.say("indicator", "indikator"), globals.say("group", "grupp"),
               globals.say("value", "värde"), globals.say("of", "av"), globals.say("pending", "pågår"),
               globals.say("waived", "bortfaller"), globals.say("median", "median"), "p90",
               globals.say("small", "liten"), globals.say("what", "vad")});
  for (std::size_t column = 2; column <= 7; ++column) table.right(column);
  std::size_t small = 0;
  for (auto& f : statistics.figures) {
    bool hidden = f.suppressed && !f.numerator;
    small += f.suppressed;
    table.add({f.indicator, in_words(globals, f.group), value_in_words(f),
               hidden          ? hidden_mark
               : f.denominator ? number_in_words(f.numerator) + "/" + number_in_words(f.denominator)
                               : "",
               count_in_words(f.pending), count_in_words(f.waived), in_days(f.median), in_days(f.p90),
               f.suppressed ? "*" : "", names.of(f.indicator)});
  }
  table.print();
  auto& basis = statistics.basis;
  auto last = basis.size.value == 0 ? std::string("–") : std::to_string(basis.size.value - 1);
  std::printf(globals.say("\nPeriod %s. As of %s, events up to position %s, rule set %s. "
                          "* %zu of %zu lines would disclose persons (threshold %u).\n",
                          "\nPeriod %s. Per %s, händelser till och med plats %s, regelverk %s. "
                          "* %zu av %zu rader skulle röja personer (tröskel %u).\n"),
              in_words(statistics.period).c_str(), short_time(basis.at).c_str(), last.c_str(),
              basis.rule_set.c_str(), small, statistics.figures.size(), statistics.threshold);
}

Json to_json(const wire::Figure& figure, const Statistics& statistics) {
  auto out = to_json(figure, statistics.basis);
  out["from"] = format_date(statistics.period.from);
  out["to"] = format_date(statistics.period.to);
  out["at"] = format_local(statistics.basis.at);
  return out;
}

}  // namespace stafett::tools
