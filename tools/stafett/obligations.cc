#include <memory>

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/in_words.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

struct Options {
  wire::ObligationsRequest request;
  TimeOptions times;
};

void print_table(const Globals& globals, const RuleNames& names, const wire::ObligationsAnswer& answer) {
  Table table({globals.say("rule", "regel"), globals.say("state", "läge"), globals.say("due", "senast"),
               globals.say("case", "ärende"), globals.say("subject", "gäller"), globals.say("unit", "enhet"),
               globals.say("what", "vad")});
  for (auto& o : answer.obligations) {
    auto state = in_words(globals, o.state);
    if (o.warning) state += globals.say(" (soon due)", " (snart)");
    table.add({o.rule, state, due(o), o.case_id.empty() ? o.stream : o.case_id, o.subject, o.unit,
               names.of(o.rule)});
  }
  if (!table.empty()) table.print();
  std::printf("%zu %s\n", answer.obligations.size(),
              answer.obligations.size() == 1 ? globals.say("obligation", "skyldighet")
                                             : globals.say("obligations", "skyldigheter"));
}

}  // namespace

void add_obligations(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("obligations", "what is, was or should have been done");
  auto options = std::make_shared<Options>();
  auto& request = options->request;
  add_filter(*command, "--case", request.case_id, "of this case", case_id);
  add_filter(*command, "--unit", request.unit, "answered for by this unit");
  add_filter(*command, "--rule", request.rule, "of this rule, such as R02");
  auto add_state = [options](const std::vector<std::string>& names) {
    for (auto& name : names) {
      auto state = wire::state_from(name);
      if (!state) throw CLI::ValidationError("--state", "not a state: " + name);
      options->request.states.push_back(*state);
    }
  };
  command
      ->add_option_function<std::vector<std::string>>(
          "--state", add_state, "open, fulfilled, fulfilledLate, overdue, waived, breached (default: all)")
      ->delimiter(',')
      ->type_name("STATE,...");
  options->times.add_at(*command);
  options->times.add_known_at(*command);
  command->callback(asking(globals, run, [&globals, options](client::Connection& connection) -> Result<int> {
    auto asked = options->request;
    asked.as_of = options->times.as_of(globals);
    STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.obligations(asked); }));
    if (globals.json) {
      for (auto& o : answer.obligations) print(to_json(o));
      return done;
    }
    STAFETT_TRY(auto names, RuleNames::of(globals, connection, asked.as_of));
    print_table(globals, names, answer);
    return done;
  }));
}

}  // namespace stafett::tools
