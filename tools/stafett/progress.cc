#include "stafett/progress.h"

#include <unistd.h>

#include <cstdio>

namespace stafett::tools {
namespace {

constexpr auto quiet = std::chrono::seconds(1);
constexpr auto interval = std::chrono::milliseconds(250);

}  // namespace

Progress::Progress(bool output_is_lines)
    : shown_to_someone_(isatty(STDERR_FILENO) == 1 && !(output_is_lines && isatty(STDOUT_FILENO) == 1)),
      next_(Clock::now() + quiet) {}

Progress::~Progress() {
  if (on_screen_) std::fputs("\r\x1b[K", stderr);
}

void Progress::say(const std::string& what) {
  if (!shown_to_someone_) return;
  auto now = Clock::now();
  if (now < next_) return;
  next_ = now + interval;
  on_screen_ = true;
  std::fprintf(stderr, "\r\x1b[K%s", what.c_str());
  std::fflush(stderr);
}

}  // namespace stafett::tools
