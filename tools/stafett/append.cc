#include <map>
#include <memory>
#include <mutex>

#include "stafett/append_report.h"
#include "stafett/client/append_pipeline.h"
#include "stafett/command.h"
#include "stafett/event/new_event.h"
#include "stafett/line_reader.h"
#include "stafett/progress.h"
#include "stafett/sent_attributes.h"

namespace stafett::tools {
namespace {

constexpr std::size_t atomic_bytes_max = 16u << 20;  // of JSON; the message decides in the end

struct Parsed {
  AppendedLine line;
  Result<event::NewEvent> event;
};

Parsed parse(const Line& line) {
  auto attributes = [&] {
    auto sent = sent_attributes(line.text);
    return AppendedLine{line.number, std::move(sent.id), std::move(sent.subject)};
  };
  if (line.too_long) return {attributes(), fail(ErrorCode::too_large, "a line of more than 4 MiB")};
  auto event = event::parse_json(line.text);
  if (!event) return {attributes(), std::move(event)};
  // The id is shown as it was sent; only one written otherwise than we write it needs a second look.
  auto id = event::format_event_id(event.value().id);
  if (line.text.find(id) == std::string_view::npos) return {attributes(), std::move(event)};
  AppendedLine known{line.number, "\"" + id + "\"", event.value().stream};
  return {std::move(known), std::move(event)};
}

int ended(const Globals& globals, AppendReport& report, const LineReader& lines,
          const std::optional<Error>& lost) {
  report.close();
  if (lost) return tools::report(*lost);
  if (!globals.json) report.summarise();
  if (lines.failure()) {
    std::fprintf(stderr, "stafett: %s\n", lines.failure()->c_str());
    return usage;
  }
  return report.refused() == 0 ? done : refused;
}

// Each line is an append of its own, and many are on their way at a time.
int append_each(const Globals& globals, std::vector<std::string> files, client::Connection& connection) {
  AppendReport report(globals);
  Progress progress(true);
  std::map<std::uint64_t, std::uint64_t> slots;  // of the appends under way, by their numbers
  std::uint64_t next_number = 0;
  std::mutex slots_mutex;
  auto answered = [&](std::uint64_t number, client::AppendOutcome outcome) {
    std::uint64_t slot;
    {
      std::lock_guard lock(slots_mutex);
      auto found = slots.find(number);
      slot = found->second;
      slots.erase(found);
    }
    if (auto* failure = std::get_if<wire::Failure>(&outcome))
      report.settle(slot, failure->error);
    else
      report.settle(slot, std::get<wire::AppendedAnswer>(outcome).places.at(0));
  };
  std::optional<Error> lost;
  client::AppendPipeline pipeline(connection, {}, answered);
  auto still_there = [&] {
    if (auto flushed = pipeline.flush(); !flushed) lost = flushed.error();
    if (pipeline.lost()) lost = pipeline.lost();
    return !lost;
  };
  LineReader lines(std::move(files), still_there);
  while (auto line = lines.next()) {
    auto parsed = parse(*line);
    auto slot = report.expect(std::move(parsed.line));
    if (!parsed.event) {
      report.settle(slot, parsed.event.error());
      continue;
    }
    std::vector<event::NewEvent> events;
    events.push_back(std::move(parsed.event).value());
    {
      std::lock_guard lock(slots_mutex);
      slots.emplace(next_number, slot);
    }
    auto submitted = pipeline.submit(std::move(events));
    if (!submitted && client::lost(submitted.error())) {
      lost = submitted.error();
      break;
    }
    if (submitted) {
      ++next_number;
    } else {
      {
        std::lock_guard lock(slots_mutex);
        slots.erase(next_number);
      }
      report.settle(slot, submitted.error());
    }
    progress.say(std::to_string(line->number) + globals.say(" lines", " rader"));
  }
  auto finished = pipeline.finish();
  if (!finished) lost = finished.error();
  return ended(globals, report, lines, lost);
}

// All lines are one append. When one is to blame, the others share its code and say so.
int append_together(const Globals& globals, std::vector<std::string> files, client::Connection& connection) {
  AppendReport report(globals);
  LineReader lines(std::move(files), [] { return true; });
  std::vector<event::NewEvent> events;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> slots;  // and line numbers
  std::size_t bytes = 0;
  std::optional<std::size_t> culprit;
  std::optional<Error> refusal;
  while (auto line = lines.next()) {
    auto parsed = parse(*line);
    slots.emplace_back(report.expect(std::move(parsed.line)), line->number);
    if (refusal) continue;
    bytes += line->text.size();
    if (!parsed.event) {
      culprit = slots.size() - 1;
      refusal = std::move(parsed.event).error();
    } else if (bytes > atomic_bytes_max) {
      refusal = Error{ErrorCode::too_large, "more events than one append can hold (16 MiB)", {}, {}};
    } else {
      events.push_back(std::move(parsed.event).value());
    }
  }
  if (lines.failure()) {
    // What was read is not all that was meant.
    std::fprintf(stderr, "stafett: %s\n", lines.failure()->c_str());
    return usage;
  }
  if (slots.empty()) return ended(globals, report, lines, {});
  std::vector<wire::Place> places;
  if (!refusal) {
    auto answered = [&](std::uint64_t, client::AppendOutcome outcome) {
      if (auto* appended = std::get_if<wire::AppendedAnswer>(&outcome)) {
        places = std::move(appended->places);
        return;
      }
      auto& failure = std::get<wire::Failure>(outcome);
      if (failure.index) culprit = *failure.index;
      refusal = std::move(failure.error);
    };
    client::AppendPipeline pipeline(connection, {}, answered);
    auto submitted = pipeline.submit(std::move(events));
    if (!submitted && !client::lost(submitted.error())) {
      refusal = submitted.error();
    } else if (auto finished = pipeline.finish(); !finished) {
      return ended(globals, report, lines, finished.error());
    }
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (!refusal) {
      report.settle(slots[i].first, places.at(i));
      continue;
    }
    auto said = *refusal;
    if (culprit && *culprit != i)
      said = Error{refusal->code,
                   "nothing was appended: line " + std::to_string(slots.at(*culprit).second) + " was refused",
                   {},
                   {}};
    report.settle(slots[i].first, said);
  }
  return ended(globals, report, lines, {});
}

}  // namespace

void add_append(CLI::App& app, const Globals& globals, Run& run) {
  auto* command =
      app.add_subcommand("append", "append events from files or standard input, one JSON object a line");
  struct Options {
    std::vector<std::string> files;
    bool atomic = false;
  };
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->files, "files of JSON lines; none or -: standard input");
  command->add_flag("--atomic", options->atomic, "all or nothing: one append");
  command->callback(asking(globals, run, [&globals, options](client::Connection& connection) -> Result<int> {
    return options->atomic ? append_together(globals, options->files, connection)
                           : append_each(globals, options->files, connection);
  }));
}

}  // namespace stafett::tools
