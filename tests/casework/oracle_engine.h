#pragma once

#include <string>
#include <vector>

#include "casework/oracle.h"
#include "casework/registry.h"

// What the engine answers, in the oracle's terms, and how the two are compared.
namespace stafett::oracle {

struct Answer {
  std::vector<Duty> duties;             // of the oracle's rules, sorted
  std::map<std::string, Count> counts;  // over one period
};

// A history that both can read.
struct Case {
  explicit Case(std::vector<std::string> json_lines);
  std::vector<std::string> lines;
  std::vector<event::RecordedEvent> recorded;
  std::vector<Sent> sent;
};

Answer engine_answer(const Case& c, const casework::RuleBook& book, Instant at, Date from, Date to);
Answer oracle_answer(const Case& c, Instant at, Date from, Date to);
// One line a difference: "only engine: …", "only oracle: …"; empty when they agree.
std::string differences(const Answer& engine, const Answer& oracle);
std::string text_of(const Duty& duty);
}  // namespace stafett::oracle
