#include "system/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace stafett::system_test {
namespace {

constexpr int patience_ms = 60'000;

[[noreturn]] void execute(std::vector<std::string>& command, const Process::Environment& environment) {
  for (auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> arguments;
  for (auto& a : command) arguments.push_back(a.data());
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  std::_Exit(127);
}

}  // namespace

Process::Process(std::vector<std::string> command, const Environment& environment) {
  ::signal(SIGPIPE, SIG_IGN);
  int in[2], out[2];
  char errors[] = "/tmp/stafett-errors-XXXXXX";
  int err = mkostemp(errors, O_CLOEXEC);
  errors_file_ = errors;
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 || err < 0)
    throw std::runtime_error("no pipes");
  pid_ = fork();
  if (pid_ == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    execute(command, environment);
  }
  ::close(in[0]);
  ::close(out[1]);
  ::close(err);
  input_ = in[1];
  output_ = out[0];
}

Process::~Process() {
  if (!ended_ && pid_ > 0) {
    ::kill(pid_, SIGKILL);
    int status = 0;
    waitpid(pid_, &status, 0);
  }
  close_input();
  if (output_ >= 0) ::close(output_);
  std::remove(errors_file_.c_str());
}

bool Process::write(const std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    auto n = ::write(input_, text.data() + at, text.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    at += static_cast<std::size_t>(n);
  }
  return true;
}

void Process::close_input() {
  if (input_ >= 0) ::close(input_);
  input_ = -1;
}

bool Process::read_more() {
  pollfd waiting{output_, POLLIN, 0};
  if (poll(&waiting, 1, patience_ms) <= 0) throw std::runtime_error("the program says nothing:\n" + errors());
  char buffer[65536];
  auto n = ::read(output_, buffer, sizeof buffer);
  if (n <= 0) return false;
  pending_.append(buffer, static_cast<std::size_t>(n));
  return true;
}

std::optional<std::string> Process::line() {
  std::size_t end;
  while ((end = pending_.find('\n')) == std::string::npos)
    if (!read_more()) return std::nullopt;
  auto line = pending_.substr(0, end);
  pending_.erase(0, end + 1);
  return line;
}

std::string Process::rest() {
  while (read_more()) {
  }
  return std::move(pending_);
}

std::string Process::errors() {
  std::ifstream in(errors_file_);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

void Process::signal(int number) const { ::kill(pid_, number); }

int Process::wait() {
  if (ended_) return *ended_;
  auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
  int status = 0;
  while (waitpid(pid_, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("the program does not end:\n" + errors());
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return *ended_;
}

std::vector<std::string> Finished::lines() const {
  std::vector<std::string> out_lines;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) out_lines.push_back(line);
  return out_lines;
}

Finished run(std::vector<std::string> command, const std::string& input,
             const Process::Environment& environment) {
  Process process(std::move(command), environment);
  std::thread writer([&] {
    process.write(input);
    process.close_input();
  });
  Finished out;
  out.out = process.rest();
  writer.join();
  out.code = process.wait();
  out.errors = process.errors();
  return out;
}

}  // namespace stafett::system_test
