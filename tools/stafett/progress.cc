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

Waiting::Waiting(std::string what) {
  if (isatty(STDERR_FILENO) != 1) return;
  thread_ = std::thread([this, what = std::move(what)] {
    Progress progress(false);
    auto begin = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, interval, [this] { return over_; })) {
      auto seconds =
          std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin).count();
      progress.say(what + " " + std::to_string(seconds) + " s");
    }
  });
}

Waiting::~Waiting() {
  if (!thread_.joinable()) return;
  {
    std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

}  // namespace stafett::tools
