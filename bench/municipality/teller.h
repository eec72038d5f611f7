#pragma once

#include <algorithm>
#include <utility>

#include "calendar_of_work.h"
#include "household.h"
#include "step.h"

namespace stafett::municipality {

// Whom a step is about, and what was chosen for it.
struct Detail {
  std::uint8_t who = 0, a = 0, b = 0;
  std::uint16_t ref = 0;
};

// Adds steps to a story. Within a file nothing is recorded before the event that opens it.
class Teller {
 public:
  Teller(Chance& c, Story& story) : chance(c), story_(story) {}

  void open_file(std::uint8_t file, Unit unit, Instant when, Detail detail) {
    file_ = file;
    opened_ = in_office(when, chance);
    unit_ = unit;
    add(What::case_opened, when, opened_, detail);
  }
  void hand_to(Unit unit) { unit_ = unit; }

  // What has just been told; corrections name it.
  std::uint16_t tell(What what, Instant when, Detail detail = {}) {
    return add(what, when, std::max(registered(when, chance), opened_), detail);
  }
  std::uint16_t tell_by(Unit unit, What what, Instant when, Detail detail = {}) {
    const auto own = std::exchange(unit_, unit);
    const auto serial = tell(what, when, detail);
    unit_ = own;
    return serial;
  }
  std::uint16_t fresh() { return next_ref_++; }

  Chance& chance;

 private:
  std::uint16_t add(What what, Instant when, Instant recorded, Detail d) {
    story_.steps.push_back({recorded, when, next_serial_, what, unit_, file_, d.who, d.a, d.b, d.ref});
    return next_serial_++;
  }

  Story& story_;
  std::uint8_t file_ = 0;
  Unit unit_ = Unit::reception;
  Instant opened_ = instant_min;
  std::uint16_t next_serial_ = 0, next_ref_ = 0;
};

// The files of a household; `shared` says whether an adult's file is open beside the child's.
void child_file(Teller& t, const Household& h, unsigned child, std::uint8_t file, Instant when, bool shared);
void adult_file(Teller& t, const Household& h, unsigned adult, std::uint8_t file, Unit unit, Instant when);

// All that one household, or one year of the municipality, will tell; sorted by when it is recorded.
Story household_story(std::uint64_t seed, std::uint64_t number, Instant arrival, unsigned districts);
Story town_story(std::uint64_t seed, int year, bool first, unsigned districts);

// The family that the household's story is about.
Household household_of(std::uint64_t seed, std::uint64_t number, Instant arrival, unsigned districts);

}  // namespace stafett::municipality
