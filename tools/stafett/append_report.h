#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "stafett/command.h"

namespace stafett::tools {

// What is known of a line before it is answered.
struct AppendedLine {
  std::uint64_t number = 0;
  std::string id = "null";             // as JSON
  std::optional<std::string> subject;  // the stream
};

// Writes what became of each line, in the order of the lines, each as soon as it and those before it are
// known, and flushed. Thread-safe: lines are expected by one thread and settled by others.
class AppendReport {
 public:
  explicit AppendReport(const Globals& globals) : globals_(globals) {}

  // Gives the number by which the line is settled.
  std::uint64_t expect(AppendedLine line);
  void settle(std::uint64_t slot, const wire::Place& place);
  void settle(std::uint64_t slot, const Error& refusal);
  // No more answers will come: writes those that stand behind a line without one.
  void close();

  std::uint64_t refused() const;
  // "106 lines: 104 appended, 1 duplicate, 1 refused", for a person.
  void summarise() const;

 private:
  struct Slot {
    AppendedLine line;
    std::optional<std::string> text;
  };
  void write(std::unique_lock<std::mutex>& lock, std::uint64_t slot, std::string text);
  AppendedLine line(std::uint64_t slot) const;

  const Globals& globals_;
  mutable std::mutex mutex_;
  std::deque<Slot> slots_;  // from the first that has not been written
  std::uint64_t first_ = 0;
  std::uint64_t appended_ = 0, duplicates_ = 0, refused_ = 0;
};

}  // namespace stafett::tools
