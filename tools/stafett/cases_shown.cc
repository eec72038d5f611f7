#include "stafett/cases_shown.h"

#include "stafett/core/calendar.h"
#include "stafett/in_words.h"

namespace stafett::tools {

void add_case_filters(CLI::App& command, wire::CasesRequest& request) {
  add_filter(command, "--unit", request.unit, "that this unit is responsible for");
  command.add_option("--kind", request.kind, "child or adult")->check(CLI::IsMember({"child", "adult"}));
  command.add_option("--status", request.status, "open or closed")->check(CLI::IsMember({"open", "closed"}));
}

std::vector<std::string> case_columns(const Globals& globals) {
  return {globals.say("case", "ärende"),     globals.say("kind", "typ"),
          globals.say("unit", "enhet"),      globals.say("phase", "skede"),
          globals.say("opened", "öppnat"),   globals.say("closed", "avslutat"),
          globals.say("outcome", "utfall"),  globals.say("overdue", "försenade"),
          globals.say("breached", "brutna"), globals.say("late", "sena"),
          globals.say("open", "öppna"),      globals.say("in time", "i tid")};
}

std::vector<std::string> case_row(const Globals& globals, const wire::CaseSummary& c) {
  // A nought says nothing: what stands out is what there is.
  auto count = [](std::uint32_t n) { return n == 0 ? std::string("·") : std::to_string(n); };
  auto day = [](Instant t) { return format_date(local_date(t)); };
  return {c.case_id,
          case_word(globals, c.kind),
          c.unit.empty() ? "–" : c.unit,
          case_word(globals, c.phase),
          day(c.opened_at),
          c.closed_at ? day(*c.closed_at) : "–",
          c.outcome.empty() ? "–" : outcome_in_words(globals, c.outcome),
          count(c.overdue),
          count(c.breached),
          count(c.fulfilled_late),
          count(c.open),
          count(c.fulfilled)};
}

}  // namespace stafett::tools
