#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace stafett::support {

// Another process of the same test program that runs one hidden test case, "[.child-…]", and reports numbers
// through a pipe until it is killed. A program of its own, because the database's threads would not survive a
// fork.
class ChildProcess {
 public:
  ChildProcess(const char* test_tag, const std::string& argument) {
    int fds[2];
    if (::pipe(fds) != 0) std::abort();
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(fds[0]);
      ::dup2(fds[1], report_fd);
      ::setenv("STAFETT_CHILD_ARGUMENT", argument.c_str(), 1);
      const int null = ::open("/dev/null", O_WRONLY);
      ::dup2(null, STDOUT_FILENO);
      ::execl("/proc/self/exe", "child", test_tag, static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(fds[1]);
    in_ = fds[0];
  }
  ~ChildProcess() {
    if (pid_ > 0) (void)kill();
    ::close(in_);
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // The next report; false when the child has ended and all has been read.
  bool read(std::uint64_t& number) { return ::read(in_, &number, sizeof number) == sizeof number; }
  // True when it was still alive to be killed.
  bool kill() {
    ::kill(pid_, SIGKILL);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = 0;
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  }

  // In the child.
  static bool report(std::uint64_t number) {
    return ::write(report_fd, &number, sizeof number) == sizeof number;
  }
  static std::string argument() {
    const char* given = std::getenv("STAFETT_CHILD_ARGUMENT");
    return given ? given : "";
  }

 private:
  static constexpr int report_fd = 9;
  pid_t pid_ = 0;
  int in_ = -1;
};

}  // namespace stafett::support
