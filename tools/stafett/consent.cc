#include <memory>

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/in_words.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

std::string state_in_words(const Globals& globals, const std::string& state) {
  if (state == "notAsked") return globals.say("not asked", "inte tillfrågad");
  if (state == "asked") return globals.say("asked, no answer yet", "tillfrågad, inget svar än");
  if (state == "given") return globals.say("given", "lämnat");
  if (state == "refused") return globals.say("refused", "nekat");
  if (state == "withdrawn") return globals.say("withdrawn", "återkallat");
  if (state == "expired") return globals.say("expired", "har gått ut");
  return state;
}

std::string verdict(const Globals& globals, const wire::ConsentsAnswer& answer) {
  if (answer.ground == "openInvestigation")
    return std::string(
               globals.say("Yes: the child has an open investigation, which needs no consent (position ",
                           "Ja: barnet har en pågående utredning, som inte kräver samtycke (plats ")) +
           std::to_string(answer.ground_position->value) + ").";
  if (answer.allowed)
    return globals.say("Yes: everyone who has to has consented.", "Ja: alla som ska har samtyckt.");
  if (answer.givers.empty())
    return globals.say("No: nobody is known who could consent.", "Nej: ingen är känd som kan samtycka.");
  return globals.say("No: consent is missing.", "Nej: samtycke saknas.");
}

Json to_json(const wire::ConsentsAnswer& answer) {
  Json out;
  out["allowed"] = answer.allowed;
  out["ground"] = answer.ground.empty() ? Json() : Json(answer.ground);
  out["groundPosition"] = answer.ground_position ? Json(answer.ground_position->value) : Json();
  out["givers"] = Json::array();
  for (auto& g : answer.givers) {
    Json one;
    one["person"] = g.person;
    one["state"] = g.state;
    one["validTo"] = g.valid_to ? Json(format_date(*g.valid_to)) : Json();
    one["positions"] = Json::array();
    for (auto p : g.positions) one["positions"].push_back(p.value);
    out["givers"].push_back(std::move(one));
  }
  out["ruleSet"] = answer.basis.rule_set;
  out["position"] = position(answer.basis);
  return out;
}

void print_page(const Globals& globals, const wire::ConsentsAnswer& answer) {
  std::printf("%s\n\n", verdict(globals, answer).c_str());
  if (!answer.givers.empty()) {
    Table table({globals.say("who", "vem"), globals.say("consent", "samtycke"),
                 globals.say("valid to", "gäller till"), globals.say("positions", "platser")});
    for (auto& g : answer.givers) {
      std::string positions;
      for (auto p : g.positions) positions += (positions.empty() ? "" : " ") + std::to_string(p.value);
      table.add({g.person, state_in_words(globals, g.state), g.valid_to ? format_date(*g.valid_to) : "–",
                 positions});
    }
    table.print();
    std::printf("\n");
  }
  print_basis(globals, answer.basis);
}

}  // namespace

void add_consent(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand(
      "consent", "whether a unit may talk to a child or about a person: who has to consent, who has");
  struct Options {
    wire::ConsentsRequest request;
    TimeOptions times;
  };
  auto options = std::make_shared<Options>();
  auto& request = options->request;
  command
      ->add_option("PERSON", request.subject,
                   "whom it is about: the guardians of a child are asked, an adult itself")
      ->required();
  command
      ->add_option("--scope", request.scope,
                   "contactBetweenUnits, informationSharing, childConversationInAdultCase, teamDiscussion, "
                   "sip or care")
      ->required();
  command->add_option("--recipient", request.recipient, "the unit that wants to")->required();
  options->times.add_at(*command);
  options->times.add_known_at(*command);
  command->callback(asking(globals, run, [&globals, options](client::Connection& connection) -> Result<int> {
    auto asked = options->request;
    asked.as_of = options->times.as_of(globals);
    STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.consents(asked); }));
    if (globals.json)
      print(to_json(answer));
    else
      print_page(globals, answer);
    return done;
  }));
}

}  // namespace stafett::tools
