// tests/domain-rows.md: every row of the domain analysis, section 1, has its line, and its line tells the
// truth.
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>

#include "casework/municipal_book.h"
#include "domain_rows/story.h"
#include "stafett/event/catalogue.h"

using namespace stafett;
using namespace stafett::domain_rows;

namespace {

struct Row {
  std::string id, programme;
  std::vector<std::string> events, rules, indicators, shown_by;
  std::string reason;
};

std::vector<std::string> split(const std::string& text, const std::string& by) {
  std::vector<std::string> out;
  for (std::size_t begin = 0, end; begin < text.size(); begin = end + by.size()) {
    end = std::min(text.find(by, begin), text.size());
    out.push_back(text.substr(begin, end - begin));
  }
  return out;
}

std::vector<Row> table() {
  std::vector<Row> out;
  for (auto& line : support::read_lines("tests/domain-rows.md")) {
    auto cell = cells(line);
    if (cell.empty() || cell.front() == "id") continue;
    if (cell.size() != 7) throw std::runtime_error("not seven cells: " + line);
    out.push_back({cell[0], cell[1], split(cell[2], ", "), split(cell[3], ", "), split(cell[4], ", "),
                   split(cell[5], "; "), cell[6]});
  }
  return out;
}

// What a row's stories and tests speak of.
struct Spoken {
  std::set<std::string> events, asked;
  std::string tests;  // the text of the tests
};

// "type" of a story's event line, "R10" of what it asks.
std::string word(const std::string& text, int n) {
  auto words = split(text, " ");
  return n < static_cast<int>(words.size()) ? words[static_cast<std::size_t>(n)] : "";
}

Spoken spoken_of(const Row& row, const std::vector<Story>& stories) {
  Spoken out;
  for (auto& shown : row.shown_by) {
    auto file = shown.substr(0, shown.find(": "));
    INFO(row.id << ": " << shown);
    REQUIRE(std::filesystem::exists(std::string(STAFETT_SOURCE_DIR) + "/tests/" + file));
    if (!file.ends_with(".md")) {
      auto text = support::read_file("tests/" + file);
      REQUIRE(shown.size() > file.size() + 2);
      CHECK(text.find("TEST_CASE(\"" + shown.substr(file.size() + 2) + "\"") != std::string::npos);
      out.tests += text;
      continue;
    }
    bool found = false;
    for (auto& story : stories) {
      if (story.file != file || std::find(story.rows.begin(), story.rows.end(), row.id) == story.rows.end())
        continue;
      found = true;
      for (auto& event : story.events) out.events.insert(word(event, 2));
      for (auto& expected : story.expectations) {
        out.asked.insert(word(expected.what, 0));
        out.asked.insert(word(expected.what, 1));
      }
    }
    CHECK(found);
  }
  return out;
}

}  // namespace

TEST_CASE("every row of the domain's programmes has its line, once and in order", "[domain_rows]") {
  std::vector<std::string> wanted;
  for (auto [municipality, rows] :
       {std::pair("ESK", 29), std::pair("LEK", 35), std::pair("STO", 58), std::pair("EKE", 23)})
    for (int n = 1; n <= rows; ++n)
      wanted.push_back(std::string(municipality) + (n < 10 ? "-0" : "-") + std::to_string(n));
  std::vector<std::string> have;
  for (auto& row : table()) {
    have.push_back(row.id);
    INFO(row.id);
    CHECK_FALSE(row.programme.empty());
    CHECK_FALSE(row.events.empty());
    CHECK_FALSE(row.shown_by.empty());
    // Either it is followed up or counted, or it is said why not.
    CHECK((row.rules.empty() && row.indicators.empty()) == !row.reason.empty());
  }
  CHECK(have == wanted);
}

TEST_CASE("what a row's line names exists, and its stories and tests speak of it", "[domain_rows]") {
  auto book = support::municipal_book();
  auto rules = book.rule_ids();
  auto stories = all_stories();
  std::set<std::string> shown;
  for (auto& row : table()) {
    INFO(row.id);
    auto spoken = spoken_of(row, stories);
    for (auto& type : row.events) {
      INFO(type);
      CHECK(event::find_event_type(type));
      CHECK((spoken.events.contains(type) || spoken.tests.find(type) != std::string::npos));
    }
    for (auto& rule : row.rules) {
      INFO(rule);
      CHECK(std::binary_search(rules.begin(), rules.end(), rule));
      CHECK((spoken.asked.contains(rule) || spoken.tests.find(rule) != std::string::npos));
    }
    for (auto& indicator : row.indicators) {
      INFO(indicator);
      CHECK(book.indicator(indicator));
      CHECK((spoken.asked.contains(indicator) || spoken.tests.find(indicator) != std::string::npos));
    }
    shown.insert(row.id);
  }
  for (auto& story : stories)
    for (auto& id : story.rows) {
      INFO(story.file << " tells of " << id);
      CHECK(shown.contains(id));
    }
}

TEST_CASE("every rule and indicator of a municipality's own is shown by a story", "[domain_rows]") {
  std::set<std::string> asked;
  for (auto& story : all_stories())
    for (auto& expected : story.expectations) asked.insert(word(expected.what, 0));
  auto book = support::municipal_book();
  std::size_t seen = 0;
  for (auto& adopted : book.sets()) {
    if (adopted.set->municipality == "0000") continue;
    for (auto& rule : adopted.set->rules) {
      INFO(rule.id);
      CHECK(asked.contains(rule.id));
      ++seen;
    }
    for (auto& indicator : adopted.set->indicators) {
      INFO(indicator.id);
      CHECK(asked.contains(indicator.id));
      ++seen;
    }
  }
  CHECK(seen > 40);
}
