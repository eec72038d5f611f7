#pragma once

#include <string>
#include <vector>

#include "stafett/canvas.h"
#include "stafett/in_words.h"
#include "stafett/time_axis.h"
#include "stafett/timeline_lanes.h"

namespace stafett::tools {

struct ChartOptions {
  bool all = false;  // also the obligations that were done in time or fell away
  Instant at;        // judged as of then
};

// Lanes one under the other along one axis, and a legend of what occurs in them: lines without their ends.
std::vector<std::string> timeline_chart(const Globals& globals, const Screen& screen, const RuleNames& names,
                                        const std::vector<Lane>& lanes, Instant from, Instant to,
                                        const ChartOptions& options);

}  // namespace stafett::tools
