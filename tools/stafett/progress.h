#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace stafett::tools {

// One line on standard error that says how far work has come, when it takes longer than a second and a person
// is watching: standard error is a terminal, and standard output is not writing over it.
class Progress {
 public:
  explicit Progress(bool output_is_lines);
  ~Progress();
  void say(const std::string& what);

 private:
  using Clock = std::chrono::steady_clock;
  bool shown_to_someone_;
  bool on_screen_ = false;
  Clock::time_point next_;
};

// Says that an answer is being waited for, as long as it lives; from a thread of its own, under the same
// conditions.
class Waiting {
 public:
  explicit Waiting(std::string what);
  ~Waiting();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace stafett::tools
