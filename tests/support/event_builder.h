#pragma once

#include <array>
#include <cstdlib>
#include <iostream>
#include <string>

#include "stafett/event/new_event.h"

// Events for tests, made as every event is: from the contract's JSON.
namespace stafett::support {

inline event::NewEvent parsed(const std::string& line) {
  auto event = event::parse_json(line);
  if (!event) {
    std::cerr << event.error().message << " (" << event.error().field << ")\n" << line << "\n";
    std::abort();
  }
  return std::move(event.value());
}

// The UUID with that number in it: distinct numbers, distinct ids.
inline std::string event_id(std::uint64_t number) {
  event::EventId id{};
  for (std::size_t i = 0; i < 8; ++i) id[15 - i] = static_cast<std::byte>(number >> (8 * i));
  return event::format_event_id(id);
}

struct Draft {
  std::string id;       // see event_id
  std::string type;     // "CaseOpened"
  std::string subject;  // "case/c1"
  std::string data;     // fields as JSON, without braces
  std::string time = "2019-03-12T09:00:00+01:00";
  std::string expected = {};  // JSON: 3 or "none"; empty: any
  std::string personal = {};  // members of data.personal as JSON, without braces

  event::NewEvent build() const {
    std::string line = R"({"specversion":"1.0","id":")" + id + R"(","type":"se.stafett.)" + type +
                       R"(","source":"eskilstuna/ifoChild","subject":")" + subject + R"(","time":")" + time +
                       R"(","municipality":"0484","actor":"s-204","actorrole":"childCaseworker")";
    if (!expected.empty()) line += R"(,"expectedversion":)" + expected;
    line += R"(,"data":{)" + data;
    if (!personal.empty()) line += std::string(data.empty() ? "" : ",") + R"("personal":{)" + personal + "}";
    return parsed(line + "}}");
  }
};

inline Draft case_opened(std::uint64_t number, const std::string& case_id) {
  return {
      event_id(number), "CaseOpened", "case/" + case_id,
      R"("caseId":")" + case_id +
          R"(","caseKind":"child","subjectPersonId":"p-1","unitId":"eskilstuna/ifoChild","area":"childWelfare")"};
}

inline Draft child_heard(std::uint64_t number, const std::string& case_id) {
  return {event_id(number), "ChildHeard", "case/" + case_id,
          R"("childId":"p-1","conversationKind":"investigating","heldAt":"2019-03-13T10:00:00+01:00",)"
          R"("byUnit":"eskilstuna/ifoChild","guardianPresent":false)"};
}

}  // namespace stafett::support
