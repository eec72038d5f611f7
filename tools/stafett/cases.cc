#include <memory>

#include "stafett/answers_json.h"
#include "stafett/cases_shown.h"
#include "stafett/in_words.h"
#include "stafett/table.h"

namespace stafett::tools {

void add_cases(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("cases", "every case as it stood, and how its obligations do");
  struct Options {
    wire::CasesRequest request;
    TimeOptions times;
  };
  auto options = std::make_shared<Options>();
  add_filter(*command, "--household", options->request.household, "of this household");
  add_case_filters(*command, options->request);
  options->times.add_at(*command);
  options->times.add_known_at(*command);
  command->callback(asking(globals, run, [&globals, options](client::Connection& connection) -> Result<int> {
    auto asked = options->request;
    asked.as_of = options->times.as_of(globals);
    STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.cases(asked); }));
    if (globals.json) {
      for (auto& c : answer.cases) {
        auto line = to_json(c);
        line["ruleSet"] = answer.basis.rule_set;
        line["position"] = position(answer.basis);
        print(line);
      }
      return done;
    }
    Table table(case_columns(globals));
    constexpr std::size_t first_count = 7, columns = 12;
    for (auto column = first_count; column < columns; ++column) table.right(column);
    for (auto& c : answer.cases) table.add(case_row(globals, c));
    if (!table.empty()) table.print();
    std::printf("%zu %s\n\n", answer.cases.size(),
                answer.cases.size() == 1 ? globals.say("case", "ärende") : globals.say("cases", "ärenden"));
    print_basis(globals, answer.basis);
    return done;
  }));
}

}  // namespace stafett::tools
