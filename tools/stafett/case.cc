#include <memory>

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/events_shown.h"
#include "stafett/explain.h"
#include "stafett/in_words.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

std::string or_dash(const std::string& text) { return text.empty() ? "–" : text; }

void print_children(const Globals& globals, const wire::CaseAnswer& c) {
  if (c.children.empty()) return;
  std::printf("\n");
  auto mark = [&](bool yes) {
    return std::string(yes ? globals.say("yes", "ja") : globals.say("no", "nej"));
  };
  Table table({globals.say("child", "barn"), globals.say("informed", "informerat"),
               globals.say("talk offered", "erbjudet samtal"), globals.say("heard", "hört"),
               globals.say("view recorded", "åsikt dokumenterad"), globals.say("feedback", "återkoppling")});
  for (auto& child : c.children)
    table.add({child.person_id, mark(child.informed), mark(child.offered), mark(child.heard),
               mark(child.view_recorded), mark(child.feedback)});
  table.print();
}

void print_obligations(const Globals& globals, const RuleNames& names, const wire::CaseAnswer& c) {
  if (c.obligations.empty()) return;
  std::printf("\n");
  Table table({globals.say("rule", "regel"), globals.say("state", "läge"), globals.say("due", "senast"),
               globals.say("settled", "avgjord"), globals.say("subject", "gäller"),
               globals.say("what", "vad"), globals.say("by law", "lagrum")});
  for (auto& o : c.obligations)
    table.add({o.rule, in_words(globals, o.state), due(o), o.settled_at ? short_time(*o.settled_at) : "–",
               o.subject, names.of(o.rule), o.legal_ref});
  table.print();
}

void print_page(const Globals& globals, const RuleNames& names, const wire::CaseAnswer& c) {
  std::printf("%s %s: %s, %s, %s\n\n", globals.say("Case", "Ärende"), c.case_id.c_str(),
              case_word(globals, c.kind).c_str(), case_word(globals, c.status).c_str(),
              case_word(globals, c.phase).c_str());
  Table table({globals.say("person", "person"), c.subject});
  table.add({globals.say("area", "område"), or_dash(c.area)});
  table.add({globals.say("responsible unit", "ansvarig enhet"), or_dash(c.unit)});
  table.add({globals.say("household", "hushåll"), or_dash(c.household)});
  table.add({globals.say("opened", "öppnat"), short_time(c.opened_at)});
  if (c.closed_at) table.add({globals.say("closed", "avslutat"), short_time(*c.closed_at)});
  table.print();
  print_children(globals, c);
  print_obligations(globals, names, c);
  std::printf("\n");
  print_basis(globals, c.basis);
}

}  // namespace

void add_case(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("case", "one case: who, where, and what is owed");
  struct Options {
    std::string id;
    bool why = false;
    TimeOptions times;
  };
  auto options = std::make_shared<Options>();
  command->add_option("ID", options->id, "id of the case, with or without case/")->required();
  command->add_flag("--why", options->why, "explain each of its obligations instead");
  options->times.add_at(*command);
  options->times.add_known_at(*command);
  command->callback(asking(globals, run, [&globals, options](client::Connection& connection) -> Result<int> {
    auto as_of = options->times.as_of(globals);
    if (options->why) {
      wire::ExplainRequest why;
      why.case_id = case_id(options->id);
      why.as_of = as_of;
      return explain(globals, why, connection);
    }
    wire::CaseRequest asked{case_id(options->id), as_of};
    STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.case_of(asked); }));
    if (globals.json) {
      print(to_json(answer));
      return done;
    }
    STAFETT_TRY(auto names, RuleNames::of(globals, connection, as_of));
    print_page(globals, names, answer);
    return done;
  }));
}

}  // namespace stafett::tools
