#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stafett::tools {

// Columns of text, aligned by the number of characters (not bytes), the last one as it is.
class Table {
 public:
  explicit Table(std::vector<std::string> head) : rows_{std::move(head)} {}
  void add(std::vector<std::string> row);  // its texts are made printable
  // The named column is flushed right: numbers.
  void right(std::size_t column) { right_.push_back(column); }
  bool empty() const { return rows_.size() == 1; }
  // To standard output.
  void print() const;

 private:
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> right_;
};

// Characters of UTF-8.
std::size_t width(std::string_view text);

}  // namespace stafett::tools
