#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "stafett/core/instant.h"

// Believable but nasty histories of one to three households, for holding the engine against the oracle:
// birthdays, limits met to the microsecond, changes of clocks, gaps, corrections. Equal seeds give equal
// histories.
namespace stafett::history {

struct Wishes {
  int households = 0;       // 0: one to three
  bool corrections = true;  // events corrected and voided
  bool governance = true;   // agreements, forums, plans and quality work: known to everybody
};

struct Story {
  std::vector<nlohmann::json> events;  // CloudEvents of the contract, in the order of registration
  Date base;                           // the day it turns around
  Instant from, to;                    // all that matters happens in between
};

Story random_story(std::uint64_t seed, const Wishes& wishes = {});

// What could have been wrong in one of the events.
struct Mistake {
  std::size_t index = 0;  // of the event in the story
  nlohmann::json fields;  // by name, as they should have been; null where it should not be given
  bool voids = false;     // the event should not have been sent at all

  nlohmann::json right(const nlohmann::json& event) const;  // the event as it should have been sent
  nlohmann::json correction(const nlohmann::json& event, Instant when) const;
};
std::vector<Mistake> possible_mistakes(const Story& story, std::uint64_t seed);

// Whether a ledger would take these lines in this order: no case is told of before it is opened (8.1 no. 5).
bool acceptable(const std::vector<std::string>& lines);
// The fewest lines, in order, for which `fails` still holds, found by leaving out what can be left out.
std::vector<std::string> shrunk(std::vector<std::string> lines,
                                const std::function<bool(const std::vector<std::string>&)>& fails);

// The story with every id in it made another's by a prefix, so that two stories never meet.
Story renamed(Story story, const std::string& prefix);

}  // namespace stafett::history
