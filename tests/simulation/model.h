#pragma once

#include <map>
#include <set>
#include <vector>

#include "simulation/journal.h"
#include "stafett/event/new_event.h"

// The plain model: what must be in the ledger, as it follows from the journal.
namespace stafett::simulation {

// An event is a number, of which everything follows.
struct Event {
  static constexpr std::uint64_t streams = 6;
  std::uint64_t number = 0;

  static Event first() { return {0}; }  // the ledger's own
  static Event of(std::uint64_t serial, std::uint64_t stream, bool personal, bool talk) {
    return {serial << 8 | stream << 2 | std::uint64_t{personal} << 1 | std::uint64_t{talk}};
  }
  static Event receipt_of(std::uint64_t stream) { return {receipt_bit | stream << 2}; }

  bool is_first() const { return number == 0; }
  bool is_receipt() const { return (number & receipt_bit) != 0; }
  bool personal() const { return (number & 2) != 0; }
  std::uint64_t stream() const { return number >> 2 & 63; }
  std::string stream_name() const;
  std::string id() const;
  std::string text() const;  // its personal content
  // Not of a receipt, which the ledger makes. `other` is another event with the same id.
  event::NewEvent build(bool other = false) const;

  bool operator==(const Event&) const = default;

 private:
  static constexpr std::uint64_t receipt_bit = std::uint64_t{1} << 63;
};

class Model {
 public:
  // Takes what the journal has grown by.
  void catch_up(const Journal& journal);

  std::vector<Event> events;  // by position
  std::map<std::uint64_t, std::array<std::uint64_t, 4>> roots;
  std::set<std::uint64_t> erased;
  // Appends that may turn out to be there: by group.
  std::map<std::uint64_t, std::vector<Event>> in_doubt;
  std::vector<std::array<std::uint64_t, 4>> dead_keys;
  std::uint64_t next_group = 1, next_serial = 1;
  std::vector<Event> refused;  // without doubt

  std::uint64_t count_in(const std::string& stream) const;
  std::vector<std::uint64_t> positions_of(const std::string& stream) const;
  std::optional<std::uint64_t> position_of(Event event) const;
  bool has_personal(std::uint64_t stream) const;

 private:
  void take(Entry entry, std::span<const std::uint64_t> words);
  std::size_t read_ = 0;
};

}  // namespace stafett::simulation
