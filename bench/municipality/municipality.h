#pragma once

#include <queue>
#include <string>
#include <vector>

#include "household.h"
#include "stafett/event/new_event.h"
#include "step.h"
#include "wording.h"

// A believable municipality: families come to be known, reports and applications follow, units work side by
// side, and some of it is late, left out, put right or never ended. The same seed tells the same, event by
// event.
namespace stafett::municipality {

struct Settings {
  std::uint64_t seed = 0;
  std::string prefix;               // of all ids; tells municipalities in one ledger apart
  Instant from, until;              // when the first is met; nothing is later
  std::chrono::microseconds gap{};  // from one new household to the next
  unsigned districts = 1;
  std::size_t record_bytes =
      512;                 // records are filled up with personal text to about this size; 0: no such text
  bool governance = true;  // forums, agreements, training: the town's own events
};

// The gap with which about that many events are recorded between `from` and `until`, found by trying.
std::chrono::microseconds gap_for(const Settings& settings, std::uint64_t events);

struct Told {
  Instant recorded;  // when the municipality registers it; never decreasing
  event::NewEvent event;
};

// Events in the order they are recorded, without end. Memory: the steps of what is going on at the time.
class Municipality {
 public:
  explicit Municipality(Settings settings);
  Told next();

  std::uint64_t households() const { return next_household_; }

 private:
  struct Going {
    Instant next;
    std::size_t story;
    bool operator>(const Going& other) const {
      return next != other.next ? next > other.next : story > other.story;
    }
  };
  struct Place {
    Story story;
    Household household;
    std::size_t told = 0;
  };
  void begin(Story story, Household household);
  void let_begin();

  const Settings settings_;
  const Wording wording_;
  std::uint64_t next_household_ = 0;
  int next_year_;
  std::vector<Place> places_;
  std::vector<std::size_t> free_;
  std::priority_queue<Going, std::vector<Going>, std::greater<>> going_;
};

}  // namespace stafett::municipality
