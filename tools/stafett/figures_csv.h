#pragma once

#include <string>
#include <vector>

#include "stafett/figures_shown.h"

namespace stafett::tools {

// Text for a spreadsheet: UTF-8 with a byte order mark, RFC 4180 quoting and line ends. In Swedish semicolons
// between cells and decimal commas, as a Swedish spreadsheet expects; in English commas and decimal points.
class Csv {
 public:
  explicit Csv(event::Language language) : swedish_(language == event::Language::swedish) {}
  // A text of others: one that a spreadsheet would take for a formula is preceded by an apostrophe.
  void text(const std::string& text);
  void number(double number);
  void count(std::uint64_t count);
  void end_line();
  const std::string& written() const { return out_; }

 private:
  void cell(const std::string& text);

  bool swedish_;
  bool first_ = true;
  std::string out_ = "\xef\xbb\xbf";
};

// A header and one line a figure, with what it rests on, so that a line can be cut out and stays true.
std::string to_csv(const Globals& globals, const RuleNames& names, const std::vector<Statistics>& all);

}  // namespace stafett::tools
