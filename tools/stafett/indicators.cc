#include <memory>

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/export.h"
#include "stafett/figures_csv.h"
#include "stafett/figures_shown.h"
#include "stafett/frozen.h"
#include "stafett/in_words.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

struct Options {
  wire::IndicatorsRequest request;
  std::string unit, municipality, out;
  TimeOptions times;
  bool open = false, csv = false, freeze = false, frozen = false;
};

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
               standing_in_words(globals, c.standing), c.measure ? number_in_words(c.measure) : "", positions,
               names.of(c.indicator)});
  }
  table.print();
}

Result<int> show_open(const Globals& globals, const wire::IndicatorsRequest& asked,
                      client::Connection& connection) {
  STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.counted(asked); }));
  if (globals.json) {
    for (auto& c : answer.instances) print(to_json(c, answer.basis));
    return done;
  }
  STAFETT_TRY(auto names, RuleNames::of(globals, connection, asked.as_of));
  print_counted(globals, names, answer);
  return done;
}

Result<int> ask(const Globals& globals, const Options& options, client::Connection& connection) {
  auto asked = options.request;
  asked.as_of = options.times.as_of(globals);
  if (options.frozen)
    return show_frozen(globals, connection, {options.municipality, options.unit, asked.from, asked.to},
                       asked.ids, options.csv);
  complete_period(asked.from, asked.to);
  if (options.freeze) return freeze(globals, connection, {asked, options.unit, options.municipality});
  if (options.open) return show_open(globals, asked, connection);
  STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.figures(asked); }));
  auto statistics = statistics_of(asked, std::move(answer));
  STAFETT_TRY(auto out, OutputFile::open(options.out, OutputFile::For::everybody));
  if (globals.json) {
    for (auto& f : statistics.figures) {
      STAFETT_TRY(out.write(to_json(f, statistics).dump() + "\n"));
    }
    STAFETT_TRY(out.finish());
    return done;
  }
  STAFETT_TRY(auto names, RuleNames::of(globals, connection, asked.as_of));
  if (!options.csv) {
    print_figures(globals, names, statistics);
    return done;
  }
  STAFETT_TRY(out.write(to_csv(globals, names, {std::move(statistics)})));
  STAFETT_TRY(out.finish());
  return done;
}

// What belongs together, and what does not, of the options that choose what is done.
void check(const Globals& globals, const Options& options) {
  auto wrong = [](const char* option, const char* why) { throw CLI::ValidationError(option, why); };
  check_period(options.request.from, options.request.to);
  bool owner = !options.unit.empty() || !options.municipality.empty();
  if (options.csv && globals.json) wrong("--csv", "is another form than --json");
  if (options.csv && options.open) wrong("--csv", "is of figures, not of the instances of --open");
  if (options.freeze) {
    if (options.unit.empty()) wrong("--freeze", "needs --unit: whose statistics they are");
    if (options.municipality.empty()) wrong("--freeze", "needs --municipality");
    if (!options.request.from && !options.request.to)
      wrong("--freeze", "needs a period: --period, or --from and --to");
    if (options.open || options.csv) wrong("--freeze", "shows nothing: recall it with --frozen");
  } else if (!options.frozen && owner) {
    wrong(options.unit.empty() ? "--municipality" : "--unit",
          "is of --freeze and --frozen; take --by to see parts");
  }
  if (options.frozen && (options.freeze || options.open))
    wrong("--frozen", "recalls; it goes with neither --freeze nor --open");
}

void add_period(CLI::App& command, wire::IndicatorsRequest& request) {
  add_date(command, "--from", request.from,
           "first day of the period (default: the beginning of the calendar year that the last day lies in)");
  add_date(
      command, "--to", request.to,
      "day after the period (default: the end of the calendar year of --from; with neither, the period is "
      "the calendar year of --at)");
  auto read = [&request](const std::string& text) {
    auto period = parse_period(text);
    if (!period) throw CLI::ValidationError("--period", period.error().message + ": " + text);
    request.from = period.value().from;
    request.to = period.value().to;
  };
  command
      .add_option_function<std::string>("--period", read,
                                        "a standard period instead: 2019, 2019-03, 2019-T1 to T3 (four "
                                        "months), 2019-VT or 2019-HT (school term, also "
                                        "2019-spring, 2019-autumn)")
      ->type_name("PERIOD")
      ->excludes("--from")
      ->excludes("--to");
}

// Which figures: what a question and an export have in common.
void add_figures(CLI::App& command, Options& options) {
  auto& request = options.request;
  command.add_option("ID", request.ids, "indicators, such as I04 (default: all)");
  add_period(command, request);
  command.add_option("--by", request.by, "break down by these dimensions")
      ->delimiter(',')
      ->type_name("DIM,...");
  command.add_option("--split", request.split, "what --by period divides the time into (default: month)")
      ->check(CLI::IsMember({"month", "tertial", "term", "year"}));
  command
      .add_option("--threshold", request.threshold,
                  "groups smaller than this are marked, or when published hidden (default: 5)")
      ->check(CLI::Range(1u, 1'000'000u))
      ->type_name("NUMBER");
  options.times.add_at(command);
  options.times.add_known_at(command);
}

}  // namespace

void add_indicators(CLI::App& app, const Globals& globals, Run& run) {
  auto* command =
      app.add_subcommand("indicators", "figures, each of which opens down to events; statistics to publish");
  auto options = std::make_shared<Options>();
  add_figures(*command, *options);
  command->add_flag("--publish", options->request.publish,
                    "without the numbers of groups so small that they would disclose persons");
  command->add_flag("--csv", options->csv, "for a spreadsheet; with --lang sv semicolons and decimal commas");
  command->add_flag(
      "--open", options->open,
      "the counted instances instead, with their positions, and as measure the days from trigger "
      "to settlement, or for an indicator made of several the number of them that hold");
  command->add_flag("--freeze", options->freeze,
                    "keep the figures of a period that is over as an event, as --publish gives them");
  command->add_flag("--frozen", options->frozen,
                    "what was frozen, of periods within the one given (--at and --known-at do not matter)");
  add_filter(*command, "--unit", options->unit, "with --freeze and --frozen: whose statistics they are");
  add_filter(*command, "--municipality", options->municipality,
             "with --freeze and --frozen: of which municipality, as four digits");
  command->callback([&globals, &run, options] {
    check(globals, *options);
    run = [&globals, options] {
      return with_connection(
          globals, [&](client::Connection& connection) { return ask(globals, *options, connection); });
    };
  });
}

void add_export_figures(CLI::App& parent, const Globals& globals, Run& run) {
  auto* command = parent.add_subcommand(
      "figures", "indicators for a spreadsheet: the same as `stafett indicators --publish --csv`");
  auto options = std::make_shared<Options>();
  add_figures(*command, *options);
  add_out(*command, options->out);
  options->csv = options->request.publish = true;
  command->callback([&globals, &run, options] {
    check_period(options->request.from, options->request.to);
    run = [&globals, options] {
      return with_connection(
          globals, [&](client::Connection& connection) { return ask(globals, *options, connection); });
    };
  });
}

}  // namespace stafett::tools
