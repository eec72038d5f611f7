#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "stafett/ocel.h"

namespace stafett::tools::ocel {

// Which events a log is made of: all, or those of some streams together with the events elsewhere that name
// one of them (a unit is named everywhere: that is no reason). Of the latter only that much is told: a
// meeting that went through ten cases is related to the ones asked for, and not to the other families'.
class Scope {
 public:
  static Scope everything() { return {}; }
  explicit Scope(std::set<std::string, std::less<>> streams) : all_(false), streams_(std::move(streams)) {}

  // What to tell of the event's relationships; empty when the event is not in the log.
  std::vector<Relationship> told(const Corrected& e) const {
    auto related = relationships(e);
    if (all_ || streams_.contains(e.event.stream)) return related;
    auto asked_for = [&](auto& r) { return !is_unit(r) && streams_.contains(r.object); };
    if (std::none_of(related.begin(), related.end(), asked_for)) return {};
    std::erase_if(related, [&](auto& r) { return !is_unit(r) && r.qualifier != "subject" && !asked_for(r); });
    return related;
  }

 private:
  Scope() = default;
  static bool is_unit(const Relationship& r) { return r.object.starts_with("unit/"); }

  bool all_ = true;
  std::set<std::string, std::less<>> streams_;
};

}  // namespace stafett::tools::ocel
