#include "stafett/what_if.h"

#include "stafett/answers_json.h"
#include "stafett/events_shown.h"
#include "stafett/in_words.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

constexpr std::size_t shown_max = 40;

std::string before_and_after(const std::string& before, const std::string& after) {
  return before == after ? before : before + " → " + after;
}

// What else than state and due time is another.
std::string else_in_words(const Globals& globals, const wire::Change<wire::Obligation>& c) {
  if (!c.before || !c.after) return "";
  std::string out;
  auto add = [&](const char* what, const std::string& before, const std::string& after) {
    if (before != after)
      out += (out.empty() ? "" : "; ") + std::string(what) + " " + before_and_after(before, after);
  };
  auto none = std::string(globals.say("none", "ingen"));
  auto warned = [&](auto& side) { return side->warn_at ? short_time(*side->warn_at) : none; };
  auto law = [&](auto& side) { return side->legal_ref.empty() ? none : side->legal_ref; };
  add(globals.say("warning", "varning"), warned(c.before), warned(c.after));
  add(globals.say("severity", "tyngd"), in_words(globals, c.before->severity),
      in_words(globals, c.after->severity));
  add(globals.say("by law", "lagrum"), law(c.before), law(c.after));
  return out;
}

void print_obligations(const Globals& globals, const wire::RuleChangesAnswer& answer) {
  auto none = globals.say("none", "ingen");
  Table table({globals.say("rule", "regel"), globals.say("case", "ärende"), globals.say("subject", "gäller"),
               globals.say("state", "läge"), globals.say("due", "senast"), globals.say("else", "annat")});
  for (std::size_t i = 0; i < std::min(answer.obligations.size(), shown_max); ++i) {
    auto& c = answer.obligations[i];
    auto& o = c.before ? *c.before : *c.after;
    auto state = [&](auto& side) { return side ? in_words(globals, side->state) : std::string(none); };
    auto when = [&](auto& side) { return side ? due(*side) : std::string("–"); };
    table.add({o.rule, o.case_id.empty() ? o.stream : o.case_id, o.subject,
               before_and_after(state(c.before), state(c.after)),
               before_and_after(when(c.before), when(c.after)), else_in_words(globals, c)});
  }
  std::printf(
      "%s %llu\n",
      globals.say("Obligations that would be others than now:", "Skyldigheter som skulle bli andra än nu:"),
      static_cast<unsigned long long>(answer.obligations_changed));
  if (table.empty()) return;
  table.print();
  if (answer.obligations_changed > shown_max)
    std::printf("%s\n",
                globals.say("… more: --json gives the first 10 000", "… fler: --json ger de första 10 000"));
}

std::string figure_in_words(const Globals& globals, const std::optional<wire::Figure>& f) {
  if (!f) return globals.say("none", "ingen");
  auto text = [](const std::optional<double>& n) {
    if (!n) return std::string("–");
    char out[32];
    std::snprintf(out, sizeof out, "%.4g", *n);
    return std::string(out);
  };
  auto out = f->denominator ? text(f->numerator) + "/" + text(f->denominator) : text(f->numerator);
  if (f->median) out += globals.say(", median ", ", median ") + text(f->median) + " d";
  if (f->pending.value_or(0)) out += globals.say(", pending ", ", pågår ") + std::to_string(*f->pending);
  if (f->waived.value_or(0)) out += globals.say(", waived ", ", bortfallna ") + std::to_string(*f->waived);
  return out;
}

void print_figures(const Globals& globals, const RuleNames& names, const wire::RuleChangesAnswer& answer) {
  std::printf("\n%s %zu\n",
              globals.say("Figures of this year that would be others than now:",
                          "Tal för i år som skulle bli andra än nu:"),
              answer.figures.size());
  Table table({globals.say("indicator", "indikator"), globals.say("now", "nu"), globals.say("then", "då"),
               globals.say("what", "vad")});
  for (auto& c : answer.figures) {
    auto& id = (c.before ? c.before : c.after)->indicator;
    table.add({id, figure_in_words(globals, c.before), figure_in_words(globals, c.after), names.of(id)});
  }
  if (!table.empty()) table.print();
}

void print_lines(const wire::RuleChangesAnswer& answer) {
  for (auto& c : answer.obligations) {
    Json line;
    line["change"] = "obligation";
    line["before"] = c.before ? to_json(*c.before) : Json();
    line["after"] = c.after ? to_json(*c.after) : Json();
    print(line);
  }
  for (auto& c : answer.figures) {
    Json line;
    line["change"] = "figure";
    line["before"] = c.before ? to_json(*c.before, answer.basis) : Json();
    line["after"] = c.after ? to_json(*c.after, answer.basis) : Json();
    print(line);
  }
  Json total;
  total["change"] = "total";
  total["obligations"] = answer.obligations_changed;
  total["figures"] = answer.figures.size();
  total["ruleSet"] = answer.basis.rule_set;
  total["position"] = position(answer.basis);
  print(total);
}

}  // namespace

Result<int> what_if(const Globals& globals, std::string definition, client::Connection& connection) {
  std::optional<Progress> progress(std::in_place, false);
  auto say = [&](wire::ProgressAnswer p) {
    progress->say(std::to_string(p.done) + globals.say(" of ", " av ") + std::to_string(p.total) +
                  globals.say(" dossiers", " akter"));
  };
  STAFETT_TRY(auto answer, connection.what_if({definition}, say));
  progress.reset();
  if (globals.json) {
    print_lines(answer);
    return done;
  }
  STAFETT_TRY(auto names, RuleNames::of(globals, connection, {}));
  names.add_those_of(globals, definition);
  std::printf("%s\n\n", globals.say("The rule set can be adopted. Nothing has been.",
                                    "Regelverket kan antas. Inget har antagits."));
  print_obligations(globals, answer);
  print_figures(globals, names, answer);
  std::printf("\n");
  print_basis(globals, answer.basis);
  return done;
}

}  // namespace stafett::tools
