#include "system/running_server.h"

#include <signal.h>

#include <catch2/catch.hpp>
#include <cstdio>

namespace stafett::system_test {

std::string program(const std::string& name) { return std::string(STAFETT_BIN_DIR "/") + name; }
std::string scenario(const std::string& name) {
  return std::string(STAFETT_SOURCE_DIR "/tests/scenarios/") + name;
}

RunningServer::RunningServer(std::filesystem::path data, std::vector<std::string> flags) {
  std::vector<std::string> command{program("stafettd"), "--data", data.string(), "--listen", "127.0.0.1:0"};
  command.insert(command.end(), flags.begin(), flags.end());
  process_ = std::make_unique<Process>(std::move(command));
  auto line = process_->line();
  const std::string ready = "stafettd ready on ";
  INFO(process_->errors());
  REQUIRE(line);
  REQUIRE(line->starts_with(ready));
  address_ = line->substr(ready.size());
}

int RunningServer::stop() {
  process_->signal(SIGTERM);
  return process_->wait();
}

void RunningServer::kill() {
  process_->signal(SIGKILL);
  process_->wait();
}

Finished RunningServer::stafett(std::vector<std::string> arguments, const std::string& input) const {
  arguments.insert(arguments.begin(), program("stafett"));
  return run(std::move(arguments), input, {{"STAFETT_SERVER", address_}, {"LC_ALL", "C.UTF-8"}});
}

std::vector<Json> RunningServer::json(std::vector<std::string> arguments, const std::string& input) const {
  arguments.push_back("--json");
  auto finished = stafett(std::move(arguments), input);
  INFO(finished.errors);
  REQUIRE(finished.code == 0);
  return parsed(finished.lines());
}

client::Connection RunningServer::connect() const {
  auto connection = client::Connection::open(address_);
  REQUIRE(connection);
  return std::move(connection).value();
}

std::string event_id(std::uint64_t number) {
  char text[40];
  std::snprintf(text, sizeof text, "00000000-0000-4000-8000-%012llx",
                static_cast<unsigned long long>(number));
  return text;
}

namespace {

std::string event(std::uint64_t number, const char* type, const std::string& case_id,
                  const std::string& data) {
  return R"({"specversion":"1.0","id":")" + event_id(number) + R"(","type":"se.stafett.)" + type +
         R"(","source":"eskilstuna/ifoChild","subject":"case/)" + case_id +
         R"(","time":"2019-03-13T10:00:00+01:00","municipality":"0484","actor":"s-204","actorrole":"childCaseworker",)" +
         R"("data":)" + data + "}\n";
}

}  // namespace

std::string case_opened(std::uint64_t number, const std::string& case_id) {
  return event(
      number, "CaseOpened", case_id,
      R"({"caseId":")" + case_id +
          R"(","caseKind":"child","subjectPersonId":"p-1","unitId":"eskilstuna/ifoChild","area":"childWelfare"})");
}

std::string child_heard(std::uint64_t number, const std::string& case_id, const std::string& note) {
  std::string personal = note.empty() ? "" : R"(,"personal":{"note":)" + Json(note).dump() + "}";
  return event(number, "ChildHeard", case_id,
               R"({"childId":"p-1","conversationKind":"investigating","heldAt":"2019-03-13T10:00:00+01:00",)"
               R"("byUnit":"eskilstuna/ifoChild","guardianPresent":false)" +
                   personal + "}");
}

std::vector<Json> parsed(const std::vector<std::string>& lines) {
  std::vector<Json> out;
  for (auto& line : lines) out.push_back(Json::parse(line));
  return out;
}

std::string content_of(const std::string& path) { return support::content_of(path); }

}  // namespace stafett::system_test
