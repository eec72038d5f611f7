#include <memory>

#include "stafett/answers_json.h"
#include "stafett/event/new_event.h"
#include "stafett/export.h"
#include "stafett/progress.h"

namespace stafett::tools {
namespace {

struct Options {
  std::uint64_t from = 0;
  std::optional<std::uint64_t> limit;
  bool placed = false;
  std::string out;
};

Result<std::string> line_of(const wire::StoredEvent& stored, bool placed) {
  STAFETT_TRY(auto event, event::decode_record(stored.record));
  return (placed ? event::to_json(event, stored.personal) : event::to_sent_json(event, stored.personal)) +
         "\n";
}

Result<int> export_events(const Globals& globals, const Options& options, OutputFile& out,
                          client::Connection& connection) {
  Progress progress(out.standard());
  std::uint64_t written = 0;
  auto each = [&](wire::StoredEvent stored) -> Result<void> {
    STAFETT_TRY(auto line, line_of(stored, options.placed));
    STAFETT_TRY(out.write(line));
    progress.say(std::to_string(++written) + globals.say(" events", " händelser"));
    return ok();
  };
  if (options.limit != 0) {
    STAFETT_TRY(connection.events(wire::ReadRequest{Position(options.from), options.limit}, each));
  }
  STAFETT_TRY(out.finish());
  Json line;
  line["file"] = out.path();
  line["events"] = written;
  line["from"] = options.from;
  line["next"] = options.from + written;
  say_written(globals, out, line.dump(),
              std::to_string(written) +
                  globals.say(" events. Go on with --from ", " händelser. Fortsätt med --from ") +
                  std::to_string(options.from + written));
  return done;
}

}  // namespace

void add_export_events(CLI::App& parent, const Globals& globals, Run& run) {
  auto* command = parent.add_subcommand("events", "events as CloudEvents, one line of JSON each");
  auto options = std::make_shared<Options>();
  add_number(*command, "--from", options->from, "first position wanted")->type_name("POSITION");
  add_number(*command, "--limit", options->limit, "at most so many events")->type_name("N");
  command->add_flag("--placed", options->placed,
                    "with position, streamversion, recordedat and appendedby; such lines cannot be appended");
  add_out(*command, options->out);
  command->footer(
      "As they were sent, personal content included: `stafett append FILE` gives another ledger the same\n"
      "events. It refuses the receipts of erasure and the frozen statistics (PersonalDataErased,\n"
      "StatisticsFrozen): those only a ledger itself can issue. For a copy with them and with its proofs,\n"
      "see `stafett backup`.");
  command->callback([&globals, &run, options] {
    run = [&globals, options] {
      auto out = OutputFile::open(options->out, OutputFile::For::owner);
      if (!out) return report(out.error());
      return with_connection(globals, [&](client::Connection& connection) {
        return export_events(globals, *options, out.value(), connection);
      });
    };
  });
}

}  // namespace stafett::tools
