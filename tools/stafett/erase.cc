#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/wrapped.h"

namespace stafett::tools {
namespace {

// What is still the operator's to do: it can be read in older backups as long as there is a copy of the old
// key.
constexpr const char* next_en =
    "There is a new keys/kek. Now replace your copy of it, destroy the copy of the old one, with which what "
    "was "
    "erased can still be read in older backups, and take a backup: those before do not open with the new "
    "key.";
constexpr const char* next_sv =
    "Det finns en ny keys/kek. Ersätt nu din kopia av den, förstör kopian av den gamla, med vilken det "
    "gallrade "
    "ännu kan läsas i äldre säkerhetskopior, och ta en säkerhetskopia: de tidigare öppnas inte med den nya "
    "nyckeln.";

Result<int> erase(const Globals& globals, client::Connection& connection, const wire::EraseRequest& request) {
  STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.erase(request); }));
  if (answer.places.empty()) return fail(ErrorCode::corruption, "the server's answer names no receipt");
  const auto& receipt = answer.places.front();
  if (globals.json) {
    print({{"stream", request.stream},
           {"reason", request.reason},
           {"position", receipt.position.value},
           {"streamversion", receipt.version.value},
           {"recordedat", format_utc(receipt.recorded_at)},
           {"next", {"replaceCopyOfKek", "destroyOldKek", "takeBackup"}}});
    return done;
  }
  std::printf("%s %s\n%s %llu\n",
              globals.say("erased: the personal content of", "gallrat: personuppgifterna i"),
              request.stream.c_str(), globals.say("receipt at position", "kvitto på plats"),
              static_cast<unsigned long long>(receipt.position.value));
  print_wrapped("", 0, globals.say(next_en, next_sv));
  return done;
}

}  // namespace

void add_erase(CLI::App& app, const Globals& globals, Run& run) {
  auto* command =
      app.add_subcommand("erase",
                         "destroy the key of a stream's personal content, so that it can be read "
                         "nowhere any more, backups included; "
                         "everything else in the stream stays, and so do all proofs. Whether it may be "
                         "erased yet by the times it must be kept is not looked at");
  auto request = std::make_shared<wire::EraseRequest>();
  command->add_option("STREAM", request->stream, "category/id, such as person/p3-elin")->required();
  command->add_option("--reason", request->reason, "why, as a code such as retentionEnded")
      ->type_name("CODE")
      ->required();
  command->callback(asking(
      globals, run, [&globals, request](client::Connection& c) { return erase(globals, c, *request); }));
}

}  // namespace stafett::tools
