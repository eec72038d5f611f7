#include <cmath>
#include <memory>

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/in_words.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

struct Options {
  wire::IndicatorsRequest request;
  TimeOptions times;
  bool open = false;
};

std::string plain(const std::optional<double>& value) {
  if (!value) return "–";
  char text[32];
  std::snprintf(text, sizeof text, std::trunc(*value) == *value ? "%.0f" : "%.2f", *value);
  return text;
}

std::string days(const Globals& globals, const std::optional<double>& value) {
  if (!value) return "";
  return plain(value) + globals.say(" d", " d");
}

// A share in percent; a time in days; a count or a mean as it is. The answer does not say which it is: a
// figure that is not numerator by denominator is a time, and one that is more than 1 is no share of its
// instances.
std::string value_of(const Globals& globals, const wire::Figure& f) {
  if (!f.value) return "–";
  if (!f.denominator) return plain(f.value);
  bool share =
      f.numerator && *f.denominator != 0 && std::abs(*f.value - *f.numerator / *f.denominator) < 1e-9;
  if (!share && f.median) return days(globals, f.value);
  if (!share || *f.value > 1) return plain(f.value);
  char text[32];
  std::snprintf(text, sizeof text, "%.0f %%", *f.value * 100);
  return text;
}

void print_figures(const Globals& globals, const RuleNames& names, const wire::FiguresAnswer& answer) {
  Table table({globals.say("indicator", "indikator"), globals.say("group", "grupp"),
               globals.say("value", "värde"), globals.say("of", "av"), globals.say("pending", "pågår"),
               globals.say("waived", "bortfaller"), globals.say("median", "median"), "p90",
               globals.say("small", "liten"), globals.say("what", "vad")});
  for (std::size_t column = 2; column <= 7; ++column) table.right(column);
  for (auto& f : answer.figures)
    table.add({f.indicator, in_words(globals, f.group), value_of(globals, f),
               f.denominator ? plain(f.numerator) + "/" + plain(f.denominator) : "",
               std::to_string(f.pending), std::to_string(f.waived), days(globals, f.median),
               days(globals, f.p90), f.suppressed ? "*" : "", names.of(f.indicator)});
  table.print();
}

void print_counted(const Globals& globals, const RuleNames& names, const wire::CountedAnswer& answer) {
  Table table(
      {globals.say("indicator", "indikator"), globals.say("group", "grupp"), globals.say("case", "ärende"),
       globals.say("subject", "gäller"), globals.say("counts", "räknas"), globals.say("standing", "läge"),
       globals.say("measure", "mått"), globals.say("positions", "platser"), globals.say("what", "vad")});
  for (auto& c : answer.instances) {
    std::string positions;
    for (auto p : c.evidence) positions += (positions.empty() ? "" : " ") + std::to_string(p.value);
    table.add({c.indicator, in_words(globals, c.group), c.case_id.empty() ? c.stream : c.case_id, c.subject,
               c.in_numerator ? globals.say("yes", "ja") : globals.say("no", "nej"),
               standing_in_words(globals, c.standing), c.measure ? plain(c.measure) : "", positions,
               names.of(c.indicator)});
  }
  table.print();
}

Result<int> ask(const Globals& globals, const Options& options, client::Connection& connection) {
  auto asked = options.request;
  asked.as_of = options.times.as_of(globals);
  complete_period(asked.from, asked.to);
  if (options.open) {
    STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.counted(asked); }));
    if (globals.json) {
      for (auto& c : answer.instances) print(to_json(c, answer.basis));
      return done;
    }
    STAFETT_TRY(auto names, RuleNames::of(globals, connection, asked.as_of));
    print_counted(globals, names, answer);
    return done;
  }
  STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.figures(asked); }));
  if (globals.json) {
    for (auto& f : answer.figures) print(to_json(f, answer.basis));
    return done;
  }
  STAFETT_TRY(auto names, RuleNames::of(globals, connection, asked.as_of));
  print_figures(globals, names, answer);
  return done;
}

}  // namespace

void add_indicators(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("indicators", "figures, each of which opens down to events");
  auto options = std::make_shared<Options>();
  auto& request = options->request;
  command->add_option("ID", request.ids, "indicators, such as I04 (default: all)");
  add_date(*command, "--from", request.from,
           "first day of the period (default: the beginning of the calendar year that the last day lies in)");
  add_date(
      *command, "--to", request.to,
      "day after the period (default: the end of the calendar year of --from; with neither, the period is "
      "the calendar year of --at)");
  command->add_option("--by", request.by, "break down by these dimensions")
      ->delimiter(',')
      ->type_name("DIM,...");
  command->add_flag(
      "--open", options->open,
      "the counted instances instead, with their positions, and as measure the days from trigger "
      "to settlement, or for an indicator made of several the number of them that hold");
  options->times.add_at(*command);
  options->times.add_known_at(*command);
  command->callback([&globals, &run, options] {
    run = [&globals, options] {
      return with_connection(
          globals, [&](client::Connection& connection) { return ask(globals, *options, connection); });
    };
  });
}

}  // namespace stafett::tools
