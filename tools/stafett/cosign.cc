#include <memory>

#include "stafett/command.h"
#include "stafett/file.h"
#include "stafett/heads_shown.h"

namespace stafett::tools {

void add_cosign(CLI::App& app, const Globals& globals, Run& run) {
  auto* command =
      app.add_subcommand("cosign", "gives the ledger the lines that witnesses have added to a head of its");
  auto file = std::make_shared<std::string>();
  command->add_option("FILE", *file, "the head with those lines")->required();
  command->callback([&globals, &run, file] {
    run = [&globals, file] {
      auto note = read_file(*file);
      if (!note) return report(note.error());
      return with_connection(globals, [&](client::Connection& connection) -> Result<int> {
        STAFETT_TRY(const auto head, connection.cosign({std::move(note.value())}));
        return print_head(globals, head);
      });
    };
  });
}

}  // namespace stafett::tools
