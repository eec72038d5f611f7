#include <algorithm>
#include <map>
#include <memory>

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/core/calendar.h"
#include "stafett/event/catalogue.h"
#include "stafett/events_shown.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

constexpr std::int64_t hours_a_day = 24;

std::int64_t hours_late(const wire::LateEvent& e) {
  return std::chrono::duration_cast<std::chrono::hours>(e.recorded_at - e.time).count();
}

Json to_json(const wire::LateEvent& e) {
  Json out;
  out["position"] = e.position.value;
  out["stream"] = e.stream;
  out["type"] = e.type;
  out["unit"] = e.unit;
  out["actorRole"] = e.actor_role.empty() ? Json() : Json(e.actor_role);
  out["time"] = format_local(e.time);
  out["recordedAt"] = format_utc(e.recorded_at);
  out["delayHours"] = hours_late(e);
  return out;
}

std::string delay(const Globals& globals, std::int64_t hours) {
  if (hours < 2 * hours_a_day) return std::to_string(hours) + globals.say(" h", " tim");
  return std::to_string(hours / hours_a_day) + globals.say(" days", " dagar");
}

std::string role_in_words(const Globals& globals, const std::string& name) {
  for (auto& role : event::roles())
    if (role.name == name) return role.label.in(globals.language);
  return name;
}

void print_pages(const Globals& globals, const wire::LateEventsAnswer& answer, std::uint32_t hours) {
  std::map<std::string, std::vector<const wire::LateEvent*>> by_unit;
  for (auto& e : answer.events) by_unit[e.unit].push_back(&e);
  for (auto& [unit, events] : by_unit) {
    std::vector<std::int64_t> delays;
    for (auto* e : events) delays.push_back(hours_late(*e));
    std::sort(delays.begin(), delays.end());
    std::printf("%s: %zu, %s %s, %s %s\n", unit.c_str(), events.size(), globals.say("median", "median"),
                delay(globals, delays[(delays.size() - 1) / 2]).c_str(), globals.say("longest", "längst"),
                delay(globals, delays.back()).c_str());
    Table table({globals.say("  position", "  plats"), globals.say("happened", "hände"),
                 globals.say("recorded", "registrerad"), globals.say("delay", "dröjsmål"),
                 globals.say("stream", "ström"), globals.say("event", "händelse"), globals.say("by", "av")});
    table.right(0);
    table.right(3);
    for (auto* e : events) {
      auto* type = event::find_event_type(e->type);
      table.add({std::to_string(e->position.value), short_time(e->time), short_time(e->recorded_at),
                 delay(globals, hours_late(*e)), e->stream, type ? type->label.in(globals.language) : e->type,
                 role_in_words(globals, e->actor_role)});
    }
    table.print();
    std::printf("\n");
  }
  std::printf("%zu %s %u %s\n", answer.events.size(),
              globals.say("events recorded more than", "händelser registrerade mer än"), hours,
              globals.say("hours after they happened", "timmar efter att de hände"));
}

}  // namespace

void add_late(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("late", "events recorded long after they happened, by unit");
  struct Options {
    std::uint64_t hours = 72;
    std::string unit;
    std::optional<Date> from, to;
    TimeOptions times;
  };
  auto options = std::make_shared<Options>();
  add_number(*command, "--hours", options->hours, "more than so many hours between the two (default: 72)");
  add_filter(*command, "--unit", options->unit, "of this unit");
  add_date(*command, "--from", options->from, "recorded on this date or later");
  add_date(*command, "--to", options->to, "recorded before this date");
  options->times.add_known_at(*command);
  command->callback([&globals, &run, options] {
    if (options->hours > UINT32_MAX) throw CLI::ValidationError("--hours", "too large");
    check_period(options->from, options->to);
    run = [&globals, options] {
      return with_connection(globals, [&](client::Connection& connection) -> Result<int> {
        wire::LateRequest asked;
        asked.hours = static_cast<std::uint32_t>(options->hours);
        asked.unit = options->unit;
        asked.from = options->from;
        asked.to = options->to;
        asked.as_of = options->times.as_of(globals);
        STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.late(asked); }));
        if (globals.json)
          for (auto& e : answer.events) print(to_json(e));
        else
          print_pages(globals, answer, asked.hours);
        return done;
      });
    };
  });
}

}  // namespace stafett::tools
