#include "stafett/line_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace stafett::tools {
namespace {

constexpr std::size_t read_size = 64u << 10;
constexpr std::size_t beginning_kept = 4096;  // of a line that is too long: enough to find its id
constexpr int wait_ms = 200;

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

LineReader::LineReader(std::vector<std::string> files, std::function<bool()> before_waiting)
    : files_(std::move(files)), before_waiting_(std::move(before_waiting)) {
  if (files_.empty()) files_.push_back("-");
}

LineReader::~LineReader() {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

bool LineReader::open_next_file() {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
  descriptor_ = -1;
  if (next_file_ == files_.size()) return false;
  name_ = files_[next_file_++];
  descriptor_ = name_ == "-" ? STDIN_FILENO : ::open(name_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) failure_ = "cannot read " + name_ + ": " + std::strerror(errno);
  return descriptor_ >= 0;
}

// Until there is input. False when nobody wants it any more.
bool LineReader::wait() {
  pollfd input{descriptor_, POLLIN, 0};
  if (poll(&input, 1, 0) > 0) return true;
  for (;;) {
    if (!before_waiting_()) return false;
    if (poll(&input, 1, wait_ms) > 0) return true;
  }
}

bool LineReader::fill() {
  for (;;) {
    if (descriptor_ < 0) return false;
    if (!wait()) return false;
    auto old_size = buffer_.size();
    buffer_.resize(old_size + read_size);
    auto n = ::read(descriptor_, buffer_.data() + old_size, read_size);
    buffer_.resize(old_size + (n > 0 ? static_cast<std::size_t>(n) : 0));
    if (n > 0) return true;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      failure_ = "cannot read " + name_ + ": " + std::strerror(errno);
      return false;
    }
    bool unfinished = begin_ < buffer_.size() || dropping_;
    if (!open_next_file()) return false;
    if (unfinished) {
      // A last line without an end does not run on into the next file.
      buffer_ += '\n';
      return true;
    }
  }
}

std::optional<Line> LineReader::take(std::size_t end, std::size_t skip) {
  std::string_view text = std::string_view(buffer_).substr(begin_, end - begin_);
  begin_ = end + skip;
  searched_ = begin_;
  ++number_;
  if (dropping_) {
    dropping_ = false;
    return Line{number_, beginning_, true};
  }
  if (text.size() > line_size_max) return Line{number_, text.substr(0, beginning_kept), true};
  if (blank(text)) return std::nullopt;
  return Line{number_, text, false};
}

std::optional<Line> LineReader::next() {
  if (descriptor_ < 0 && next_file_ == 0 && !open_next_file()) return std::nullopt;
  for (;;) {
    auto end = buffer_.find('\n', searched_);
    if (end != std::string::npos) {
      if (auto line = take(end, 1)) return line;
      continue;
    }
    searched_ = buffer_.size();
    if (searched_ - begin_ > line_size_max || dropping_) {
      if (!dropping_) beginning_ = buffer_.substr(begin_, beginning_kept);
      dropping_ = true;
      begin_ = searched_;
    }
    // What has been handed out is no longer needed.
    buffer_.erase(0, begin_);
    searched_ -= begin_;
    begin_ = 0;
    if (fill()) continue;
    if (failure_ || descriptor_ >= 0)
      return std::nullopt;  // given up in the middle of a line: it is not whole
    if (begin_ < buffer_.size() || dropping_) return take(buffer_.size(), 0);
    return std::nullopt;
  }
}

}  // namespace stafett::tools
