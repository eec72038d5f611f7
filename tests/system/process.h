#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stafett::system_test {

// A program under test, with its three standard streams in our hands. Whatever waits gives up after a minute,
// so that a hang is a failure and not a hang.
class Process {
 public:
  using Environment = std::vector<std::pair<std::string, std::string>>;
  explicit Process(std::vector<std::string> command, const Environment& environment = {});
  // Kills what still runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // False when the program does not take it any more.
  bool write(const std::string& text);
  void close_input();
  // The next line of its standard output, without its end; none at the end.
  std::optional<std::string> line();
  // The rest of its standard output.
  std::string rest();
  // What it has written to standard error so far; all of it after `wait`.
  std::string errors();

  void signal(int number) const;
  // Its exit code, or minus the signal that ended it.
  int wait();
  pid_t pid() const { return pid_; }

 private:
  bool read_more();

  pid_t pid_ = -1;
  int input_ = -1, output_ = -1;
  std::string errors_file_;
  std::string pending_;
  std::optional<int> ended_;
};

struct Finished {
  int code = 0;
  std::string out, errors;
  std::vector<std::string> lines() const;
};

// Runs a program to its end.
Finished run(std::vector<std::string> command, const std::string& input = "",
             const Process::Environment& environment = {});

}  // namespace stafett::system_test
