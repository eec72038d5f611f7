#include <algorithm>
#include <cstdio>
#include <memory>

#include "stafett/answers_json.h"
#include "stafett/cases_shown.h"
#include "stafett/core/calendar.h"
#include "stafett/event/catalogue.h"
#include "stafett/timeline_chart.h"

namespace stafett::tools {
namespace {

struct Options {
  std::string id;
  std::optional<Date> from, to;
  std::optional<std::uint64_t> width;
  std::uint64_t quiet_days = 30;
  bool all = false;
  std::string style = "auto";
  TimeOptions times;
};

constexpr std::uint64_t width_min = 40, width_max = 1000;

// All that is told of a household, fetched.
struct Told {
  std::vector<wire::CaseSummary> cases;  // the one asked for among them
  std::vector<std::vector<wire::Obligation>> obligations;
  std::vector<event::RecordedEvent> events;  // of their streams
  wire::Basis basis;
  std::string household;
};

Result<Told> fetch(const Globals& globals, const Options& options, client::Connection& connection) {
  Told told;
  auto as_of = options.times.as_of(globals);
  auto id = case_id(options.id);
  STAFETT_TRY(auto asked_for, connection.case_of({id, as_of}));
  told.household = asked_for.household;
  told.basis = asked_for.basis;
  as_of.at = told.basis.at;  // the same moment for all that follows
  wire::CasesRequest wanted;
  wanted.household = told.household;
  wanted.as_of = as_of;
  STAFETT_TRY(auto answer, connection.cases(wanted));
  told.cases = std::move(answer.cases);
  // A case outside any household stands alone.
  if (told.household.empty()) std::erase_if(told.cases, [&](auto& c) { return c.case_id != id; });
  for (auto& c : told.cases) {
    wire::ObligationsRequest owed;
    owed.case_id = c.case_id;
    owed.as_of = as_of;
    STAFETT_TRY(auto obligations, connection.obligations(owed));
    told.obligations.push_back(std::move(obligations.obligations));
    wire::HistoryRequest history{"case/" + c.case_id, {}, as_of.known_at};
    STAFETT_TRY(connection.events(history, [&](wire::StoredEvent stored) -> Result<void> {
      STAFETT_TRY(auto event, event::decode_record(stored.record));
      told.events.push_back(std::move(event));
      return ok();
    }));
  }
  return told;
}

std::vector<Lane> lanes_of(Told& told, std::uint64_t quiet_days) {
  std::vector<const event::RecordedEvent*> events;
  for (auto& e : told.events) events.push_back(&e);
  casework::World world(events, {}, told.basis.at);
  std::vector<Lane> lanes;
  for (std::size_t i = 0; i < told.cases.size(); ++i)
    lanes.push_back(lane_of(world, std::move(told.cases[i]), std::move(told.obligations[i]), quiet_days));
  return lanes;
}

// From the first opening until everything has ended, or until now, with some room for what lies ahead.
std::pair<Instant, Instant> stretch(const std::vector<Lane>& lanes, const Options& options, Instant at) {
  auto from = at;
  auto to = instant_min;
  auto ahead = at;
  for (auto& lane : lanes) {
    from = std::min(from, lane.summary.opened_at);
    to = std::max(to, lane.end);
    for (auto& mark : lane.marks) to = std::max(to, mark.at);
    for (auto& o : lane.obligations) {
      if (o.settled_at) to = std::max(to, *o.settled_at);
      if (o.state == wire::State::overdue) to = std::max(to, at);
      if (o.state == wire::State::open && o.due_at) ahead = std::max(ahead, *o.due_at);
    }
  }
  constexpr int part_ahead = 4;
  if (ahead > at) to = std::max(to, std::min(ahead, at + (at - from) / part_ahead));
  // A day more, so that what happens last has room.
  auto first = options.from.value_or(local_date(from));
  auto last = options.to.value_or(add_days(local_date(to), 1));
  return {start_of_day(first), start_of_day(std::max(last, add_days(first, 1)))};
}

Json span_json(const Span& span) {
  Json out;
  out["kind"] = span.kind;
  out["name"] = span.name.empty() ? Json() : Json(span.name);
  out["from"] = format_local(span.from);
  out["to"] = format_local(span.to);
  out["positions"] = Json::array();
  for (auto p : span.positions) out["positions"].push_back(p.value);
  return out;
}

void print_lines(const Told& told, const std::vector<Lane>& lanes) {
  for (auto& lane : lanes) {
    auto line = tools::to_json(lane.summary);
    line.erase("obligations");
    line["end"] = format_local(lane.end);
    line["spans"] = Json::array();
    for (auto* spans : {&lane.phases, &lane.units, &lane.gaps})
      for (auto& span : *spans) line["spans"].push_back(span_json(span));
    line["marks"] = Json::array();
    for (auto& mark : lane.marks)
      line["marks"].push_back({{"at", format_local(mark.at)},
                               {"type", event::event_types()[mark.type].name},
                               {"position", mark.position.value}});
    line["obligations"] = Json::array();
    for (auto& o : lane.obligations) line["obligations"].push_back(tools::to_json(o));
    line["at"] = format_local(told.basis.at);
    line["ruleSet"] = told.basis.rule_set;
    line["position"] = position(told.basis);
    print(line);
  }
}

Screen screen(const Options& options) {
  auto out = screen_of_output();
  if (options.width) out.width = *options.width;
  if (options.style == "ascii") out.boxes = out.colour = false;
  if (options.style == "box") out.boxes = true;
  return out;
}

}  // namespace

void add_timeline(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("timeline", "the cases of a household side by side over time");
  auto options = std::make_shared<Options>();
  command->add_option("CASE", options->id, "id of one of its cases, with or without case/")->required();
  add_date(*command, "--from", options->from, "first day shown (default: the first opening)");
  add_date(*command, "--to", options->to, "first day not shown");
  add_number(*command, "--width", options->width, "columns (default: the terminal's, else 80)");
  add_number(*command, "--quiet", options->quiet_days,
             "show stretches of more than so many days without an event of the case (default: 30)");
  command->add_flag("--all", options->all, "also the obligations that were done in time or fell away");
  command->add_option("--style", options->style, "auto (default), ascii or box")
      ->check(CLI::IsMember({"auto", "ascii", "box"}));
  options->times.add_at(*command);
  options->times.add_known_at(*command);
  command->footer(
      "Letters are events, as the legend says; bars are obligations, from their trigger until they were "
      "settled. With\n"
      "--json a line for each case: its spans (phases, units, gaps), marks and obligations, with positions.");
  command->callback([&globals, &run, options] {
    if (options->width && (*options->width < width_min || *options->width > width_max))
      throw CLI::ValidationError("--width", "from 40 to 1000");
    check_period(options->from, options->to);
    run = [&globals, options] {
      return with_connection(globals, [&](client::Connection& connection) -> Result<int> {
        STAFETT_TRY(auto told, patiently(globals, [&] { return fetch(globals, *options, connection); }));
        auto lanes = lanes_of(told, options->quiet_days);
        if (globals.json) {
          print_lines(told, lanes);
          return done;
        }
        STAFETT_TRY(auto names, RuleNames::of(globals, connection, options->times.as_of(globals)));
        if (!told.household.empty())
          std::printf("%s %s\n\n", globals.say("Household", "Hushåll"), told.household.c_str());
        auto [from, to] = stretch(lanes, *options, told.basis.at);
        for (auto& line :
             timeline_chart(globals, screen(*options), names, lanes, from, to, {options->all, told.basis.at}))
          std::printf("%s\n", line.c_str());
        std::printf("\n");
        print_basis(globals, told.basis);
        return done;
      });
    };
  });
}

}  // namespace stafett::tools
