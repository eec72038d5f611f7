#include <memory>

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/event/new_event.h"
#include "stafett/file.h"
#include "stafett/in_words.h"
#include "stafett/table.h"
#include "stafett/what_if.h"

namespace stafett::tools {
namespace {

Result<int> show(const Globals& globals, const TimeOptions& times, client::Connection& connection) {
  STAFETT_TRY(auto answer, connection.rules({times.as_of(globals)}));
  if (globals.json) {
    for (auto& rule : answer.rules) print(to_json(rule, answer.basis));
    return done;
  }
  Table table({"id", globals.say("kind", "slag"), globals.say("severity", "tyngd"),
               globals.say("limit", "gräns"), globals.say("set", "regelverk"), globals.say("binds", "binder"),
               globals.say("name", "namn"), globals.say("by law", "lagrum")});
  for (auto& rule : answer.rules)
    table.add(
        {rule.rule_id,
         rule.kind == "indicator" ? globals.say("indicator", "indikator") : globals.say("rule", "regel"),
         severity_in_words(globals, rule.severity), globals.say(rule.limit.c_str(), rule.limit_sv.c_str()),
         rule.rule_set, rule.municipality == "0000" ? globals.say("all", "alla") : rule.municipality,
         globals.language == event::Language::swedish ? rule.name_sv : rule.name_en, rule.legal_ref});
  table.print();
  return done;
}

// What is wrong with a rule set, in words of ours: the server's JSON library begins its own with its name and
// a number for its programmers, which say nothing to whoever wrote the file.
Error in_our_words(Error error) {
  constexpr std::string_view begin = "[json.exception.", end = "] ";
  auto from = error.message.find(begin);
  if (from == std::string::npos) return error;
  auto to = error.message.find(end, from);
  if (to != std::string::npos) error.message.erase(from, to + end.size() - from);
  return error;
}

struct Adoption {
  std::string file;
  bool dry_run = false;
};

Result<int> adopt(const Globals& globals, const Adoption& options, client::Connection& connection) {
  auto read = read_file(options.file);
  if (!read) {
    report(read.error());
    return usage;
  }
  auto text = std::move(read).value();
  if (options.dry_run) {
    auto told = what_if(globals, std::move(text), connection);
    if (!told) return fail(in_our_words(std::move(told).error()));
    return told;
  }
  auto adopted = connection.adopt({std::move(text)});
  if (!adopted) return fail(in_our_words(std::move(adopted).error()));
  auto& answer = adopted.value();
  if (answer.places.empty()) return fail(ErrorCode::corruption, "the server answers without a place");
  auto& place = answer.places.front();
  if (globals.json) {
    // The event was made by the server: its id and stream are in the ledger.
    Json line;
    auto found = [&](wire::StoredEvent stored) -> Result<void> {
      STAFETT_TRY(auto event, event::decode_record(stored.record));
      line["id"] = event::format_event_id(event.id);
      line["outcome"] = place.duplicate ? "duplicate" : "appended";
      line["position"] = place.position.value;
      line["subject"] = event.stream;
      line["streamversion"] = place.version.value;
      return ok();
    };
    STAFETT_TRY(connection.events(wire::ReadRequest{place.position, 1}, found));
    print(line);
  } else {
    std::printf("%s %llu\n",
                place.duplicate ? globals.say("already adopted, at", "redan antaget, på plats")
                                : globals.say("adopted, at", "antaget, på plats"),
                static_cast<unsigned long long>(place.position.value));
  }
  return done;
}

}  // namespace

void add_rules(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("rules", "the rules and indicators in force");
  auto times = std::make_shared<TimeOptions>();
  times->add_at(*command);
  times->add_known_at(*command);
  command->callback([&globals, &run, times] {
    if (run) return;  // `adopt` was chosen
    run = [&globals, times] {
      return with_connection(
          globals, [&](client::Connection& connection) { return show(globals, *times, connection); });
    };
  });
  // The default by its name; --at and --known-at are those of `rules`.
  command->add_subcommand("show", "show them: what `rules` does by itself")->fallthrough();
  command->require_subcommand(0, 1);
  auto* adoption = command->add_subcommand("adopt", "adopt a rule set");
  auto options = std::make_shared<Adoption>();
  adoption->add_option("FILE", options->file, "the rule set, JSON")->required();
  adoption->add_flag(
      "--dry-run", options->dry_run,
      "adopt nothing: check it and show what it would change, of today's obligations and of this "
      "year's figures");
  adoption->callback([&globals, &run, options, times] {
    if (times->at) throw CLI::ValidationError("--at", "a rule set is adopted now");
    if (times->known_at) throw CLI::ValidationError("--known-at", "a rule set is adopted now");
    run = [&globals, options] {
      return with_connection(
          globals, [&](client::Connection& connection) { return adopt(globals, *options, connection); });
    };
  });
  adoption->fallthrough();
}

}  // namespace stafett::tools
