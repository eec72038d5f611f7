#pragma once

#include <boost/container/small_vector.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "stafett/casework/judge.h"

namespace stafett::casework {

using Group = std::map<std::string, std::string>;

// One thing an indicator counts, before it is put in its group. Points into the judgement it comes from.
struct Instance {
  // What it was made of: itself, or one a part of an indicator made of several; of lists joined, one for each
  // list that it stands in.
  struct Part {
    const Indicator* indicator;
    const Judged* judged;
    bool holds;
  };
  const Judged* judged = nullptr;
  const Registered* registered = nullptr;  // instead, where recorded events are counted
  std::string_view subject;                // whom it is about
  enum class Standing : std::uint8_t { counted, pending, waived } standing = Standing::counted;
  bool in_numerator = false;
  double numerator = 0, denominator = 1;  // its weight in either
  std::optional<double> measure;          // days, or the number summed or meant
  boost::container::small_vector<std::span<const Position>, 1> evidence;
  boost::container::small_vector<Part, 1> parts;
};
std::string_view to_string(Instance::Standing standing);  // "counted", "pending", "waived"

// The events that prove it, ascending.
std::vector<Position> evidence_of(const Instance& instance);

std::vector<Instance> instances_of(const FigureQuery& query, const Judgement& judgement,
                                   const Indicator& indicator);
Group group_of(const FigureQuery& query, const Judgement& judgement, const Instance& instance);

}  // namespace stafett::casework
