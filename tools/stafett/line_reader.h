#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stafett::tools {

struct Line {
  std::uint64_t number = 0;  // 1-based, over all files
  std::string_view text;     // without its end; valid until the next is read
  bool too_long = false;     // then `text` is its beginning
};

// The lines of files, or of standard input, one by one as they come. Blank lines are counted and skipped. A
// line over the limit costs no more memory than the limit.
class LineReader {
 public:
  static constexpr std::size_t line_size_max = 4u << 20;

  // No files: standard input, which "-" also means. `before_waiting` is called before the reader waits for
  // input, and now and then while it waits; when it says false, there are no more lines.
  LineReader(std::vector<std::string> files, std::function<bool()> before_waiting);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // None at the end, or when a file cannot be read: see `failure`.
  std::optional<Line> next();
  const std::optional<std::string>& failure() const { return failure_; }

 private:
  bool fill();  // false at the end of everything
  bool open_next_file();
  bool wait();
  std::optional<Line> take(std::size_t end, std::size_t skip);

  std::vector<std::string> files_;
  std::size_t next_file_ = 0;
  std::function<bool()> before_waiting_;
  int descriptor_ = -1;
  std::string name_;
  std::string buffer_;
  std::size_t begin_ = 0;     // of the line that has begun, in buffer_
  std::size_t searched_ = 0;  // there is no line end before
  bool dropping_ = false;     // the rest of a line that is too long
  std::string beginning_;     // of that line
  std::uint64_t number_ = 0;
  std::optional<std::string> failure_;
};

}  // namespace stafett::tools
