#pragma once

#include <string>
#include <vector>

// Stories: short histories in Markdown, each for one or more of the programmes in the domain analysis,
// section 1, and what must come out of it. tests/domain_rows/README.md says how they are written.
namespace stafett::domain_rows {

struct Expectation {
  std::string at;    // a time argument
  std::string what;  // "R10", "I20 by unitPair", "consent p1 sip stad/school", "case c1"
  std::string comes_out;
};

struct Story {
  std::string file;                 // "domain_rows/eskilstuna.md"
  std::string title;                // of the heading, without the ids
  std::vector<std::string> rows;    // "ESK-02"
  std::vector<std::string> events;  // one a line, as tests/casework/small_history.h reads them
  std::vector<Expectation> expectations;
};

// The stories of a file, which gives the municipality and the unit of events that do not say. Throws where it
// cannot be read.
std::vector<Story> stories_in(const std::string& file);
// Of all files.
std::vector<Story> all_stories();

// The ids of rows (three capitals, a hyphen, two digits) in the text, in its order.
std::vector<std::string> row_ids(const std::string& text);
// The cells of a line of a Markdown table, trimmed; none when it is not one.
std::vector<std::string> cells(const std::string& line);

}  // namespace stafett::domain_rows
