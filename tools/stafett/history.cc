#include <cstdio>
#include <memory>
#include <optional>
#include <vector>

#include "stafett/command.h"
#include "stafett/events_shown.h"

namespace stafett::tools {
namespace {

// What a stream's name must be for the stream to exist: better said here than "no such stream".
Result<void> check_name(const std::string& stream) {
  auto slash = stream.find('/');
  if (slash == 0 || slash == std::string::npos || slash + 1 == stream.size())
    return fail(ErrorCode::invalid_argument,
                "not a stream's name of the form category/id, such as case/c3-elin: " + stream);
  auto category = stream.substr(0, slash);
  std::string known;
  for (auto name : event::stream_categories()) {
    if (name == category) return ok();
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  return fail(ErrorCode::invalid_argument,
              "there is no category \"" + category + "\" of streams; there are " + known);
}

}  // namespace

void add_history(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("history", "the events of one stream, in order");
  struct Options {
    std::string stream;
    TimeOptions times;
  };
  auto options = std::make_shared<Options>();
  command->add_option("STREAM", options->stream, "category/id, such as case/c3-elin")->required();
  options->times.add_known_at(*command);
  command->callback([&globals, &run, options] {
    run = [&globals, options] {
      if (auto named = check_name(options->stream); !named) return report(named.error());
      return with_connection(globals, [&](client::Connection& connection) -> Result<int> {
        wire::HistoryRequest request{options->stream, Version(), options->times.known_at};
        if (globals.json) {
          auto show = [](wire::StoredEvent stored) -> Result<void> {
            STAFETT_TRY(auto line, json_line(stored, false));
            std::printf("%s\n", line.c_str());
            return ok();
          };
          STAFETT_TRY(connection.events(std::move(request), show));
          return done;
        }
        // Why content was erased is said where it was, and the receipt comes after it.
        struct Kept {
          event::RecordedEvent event;
          event::PersonalView personal;
          bool unreadable;
        };
        std::vector<Kept> events;
        std::optional<event::RecordedEvent> receipt;
        auto keep = [&](wire::StoredEvent stored) -> Result<void> {
          STAFETT_TRY(auto event, event::decode_record(stored.record));
          if (is_receipt(event)) receipt = event;
          STAFETT_TRY(const bool lost, unreadable(stored));
          events.push_back({std::move(event), std::move(stored.personal), lost});
          return ok();
        };
        STAFETT_TRY(connection.events(std::move(request), keep));
        const char* between = "";
        for (auto& [event, personal, lost] : events) {
          std::printf("%s%s", between,
                      paragraph(globals, event, personal, receipt ? &*receipt : nullptr).c_str());
          if (lost)
            std::printf("     %s\n",
                        globals.say("personal content: no longer readable, its key was not restored",
                                    "personuppgifter: inte längre läsbara, nyckeln har inte återställts"));
          between = "\n";
        }
        return done;
      });
    };
  });
}

}  // namespace stafett::tools
