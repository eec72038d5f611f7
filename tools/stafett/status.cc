#include "stafett/answers_json.h"
#include "stafett/command.h"

namespace stafett::tools {

void add_status(CLI::App& app, const Globals& globals, Run& run) {
  auto* command =
      app.add_subcommand("status", "how many events there are, and the root of their tree (unsigned)");
  command->callback([&globals, &run] {
    run = [&globals] {
      return with_connection(globals, [&](client::Connection& connection) -> Result<int> {
        STAFETT_TRY(auto head, connection.head());
        if (globals.json) {
          Json line;
          line["size"] = head.size.value;
          line["root"] = to_hex(head.root);
          print(line);
        } else {
          std::printf("%llu %s\n%s %s\n", static_cast<unsigned long long>(head.size.value),
                      globals.say("events", "händelser"), globals.say("root", "rot"),
                      to_hex(head.root).c_str());
        }
        return done;
      });
    };
  });
}

}  // namespace stafett::tools
