#include "stafett/answers_json.h"
#include "stafett/command.h"

namespace stafett::tools {
namespace {

Result<int> erase(const Globals& globals, client::Connection& connection, const wire::EraseRequest& request) {
  STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.erase(request); }));
  if (answer.places.empty()) return fail(ErrorCode::corruption, "the server's answer names no receipt");
  const auto& receipt = answer.places.front();
  if (globals.json) {
    print({{"stream", request.stream},
           {"reason", request.reason},
           {"position", receipt.position.value},
           {"streamversion", receipt.version.value},
           {"recordedat", format_utc(receipt.recorded_at)}});
    return done;
  }
  std::printf("%s %s\n%s %llu\n",
              globals.say("erased: the personal content of", "gallrat: personuppgifterna i"),
              request.stream.c_str(), globals.say("receipt at position", "kvitto på plats"),
              static_cast<unsigned long long>(receipt.position.value));
  return done;
}

}  // namespace

void add_erase(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("erase",
                                     "destroy the key of a stream's personal content, so that it can be read "
                                     "nowhere any more, backups included; "
                                     "everything else in the stream stays, and so do all proofs");
  auto request = std::make_shared<wire::EraseRequest>();
  command->add_option("STREAM", request->stream, "category/id, such as person/p3-elin")->required();
  command->add_option("--reason", request->reason, "why, as a code such as retentionEnded")
      ->type_name("CODE")
      ->required();
  command->callback([&globals, &run, request] {
    run = [&globals, request] {
      return with_connection(globals, [&](client::Connection& c) { return erase(globals, c, *request); });
    };
  });
}

}  // namespace stafett::tools
