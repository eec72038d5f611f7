// Every programme of the domain analysis, section 1, in a short history of its own: what the ledger must show
// for it to work.
#include <catch2/catch.hpp>
#include <sstream>

#include "casework/municipal_book.h"
#include "casework/small_history.h"
#include "domain_rows/story.h"
#include "stafett/casework/consent.h"

using namespace stafett;
using namespace stafett::domain_rows;
using history::Told;

namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

// Each figure on its own: "group=value numerator/denominator", with what is pending and waived, and the
// median of what is measured in days.
std::string figures(const Told& told, const std::string& id, const std::string& at,
                    std::vector<std::string> by) {
  std::string out;
  for (auto& f : told.figures(id, at, std::move(by))) {
    if (!out.empty()) out += "; ";
    for (auto& [name, value] : f.group) out += name + "=" + value + " ";
    out += Told::number(f.numerator) + (f.denominator ? "/" + Told::number(f.denominator) : "");
    if (f.pending.value_or(0)) out += " pending " + std::to_string(*f.pending);
    if (f.waived.value_or(0)) out += " waived " + std::to_string(*f.waived);
    if (f.show == "days" && f.median) out += " median " + Told::number(f.median);
    if ((f.show == "gap" || f.show == "mean") && f.value) out += " value " + Told::number(f.value);
  }
  return out;
}

// "no; ingrid asked; niklas notAsked"
std::string consent(const Told& told, const casework::ConsentQuestion& question, const std::string& at) {
  for (auto& d : support::dossiers(told.events())) {
    auto world = d.world(parse_time_argument(at).value());
    if (!world.person(question.person)) continue;
    auto standing = casework::consent_standing(world, question);
    std::string out = standing.allowed ? "yes, " + standing.ground : "no";
    for (auto& g : standing.givers) out += "; " + g.person + " " + g.state;
    return out;
  }
  return "nobody known";
}

// "must", "agreed"… of the rule's obligations
std::string severity(const Told& told, const std::string& rule, const std::string& at) {
  std::set<std::string> out;
  for (auto& o : support::obligations(told.judged(at)))
    if (o.rule == rule) out.emplace(casework::to_string(o.severity));
  std::string text;
  for (auto& s : out) text += (text.empty() ? "" : ", ") + s;
  return text;
}

std::string outcome(const Told& told, const Expectation& expected) {
  auto words = words_of(expected.what);
  if (words.at(0) == "consent") return consent(told, {words.at(1), words.at(2), words.at(3)}, expected.at);
  if (words.at(0) == "severity") return severity(told, words.at(1), expected.at);
  auto& rules = told.rule_ids();
  if (std::binary_search(rules.begin(), rules.end(), words.at(0))) {
    auto out = told.rule(words.at(0), expected.at);
    return out.empty() ? "nothing" : out;
  }
  std::vector<std::string> by(words.begin() + (words.size() > 1 ? 2 : 1), words.end());
  return figures(told, words.at(0), expected.at, std::move(by));
}

}  // namespace

TEST_CASE("every programme of the four municipalities shows what it must", "[domain_rows]") {
  auto book = support::municipal_book();
  std::size_t checked = 0;
  for (auto& story : all_stories()) {
    INFO(story.file << ": " << story.title);
    std::string text;
    for (auto& event : story.events) text += event + "\n";
    Told told(text, book);
    for (auto& expected : story.expectations) {
      INFO(expected.at << " " << expected.what);
      CHECK(outcome(told, expected) == expected.comes_out);
      ++checked;
    }
  }
  CHECK(checked > 250);
}
