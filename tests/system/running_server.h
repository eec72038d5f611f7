#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "stafett/client/connection.h"
#include "support/temp_dir.h"
#include "system/process.h"

namespace stafett::system_test {

using Json = nlohmann::json;

std::string program(const std::string& name);   // path of stafettd or stafett as built
std::string scenario(const std::string& name);  // path of a file in tests/scenarios

// A real stafettd on a folder and a port of its own.
class RunningServer {
 public:
  // Starts one and waits until it is ready.
  explicit RunningServer(std::filesystem::path data, std::vector<std::string> flags = {});

  const std::string& address() const { return address_; }
  std::string host() const { return address_.substr(0, address_.rfind(':')); }
  std::string port() const { return address_.substr(address_.rfind(':') + 1); }
  Process& process() { return *process_; }

  // SIGTERM, and its exit code.
  int stop();
  void kill();

  // Runs `stafett` against it.
  Finished stafett(std::vector<std::string> arguments, const std::string& input = "") const;
  // The same with --json: one value a line. Fails the test when the exit code is not 0.
  std::vector<Json> json(std::vector<std::string> arguments, const std::string& input = "") const;

  client::Connection connect() const;

 private:
  std::unique_ptr<Process> process_;
  std::string address_;
};

// Events of a made-up ledger: a case opened, and talks in it. Ids are told apart by their numbers.
std::string event_id(std::uint64_t number);
std::string case_opened(std::uint64_t number, const std::string& case_id);
std::string child_heard(std::uint64_t number, const std::string& case_id, const std::string& note = "");

std::vector<Json> parsed(const std::vector<std::string>& lines);
std::string content_of(const std::string& path);

}  // namespace stafett::system_test
