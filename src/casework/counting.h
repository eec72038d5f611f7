#pragma once

#include <string>
#include <vector>

#include "casework/clause.h"
#include "casework/instances.h"

// What an indicator counts in one judgement, before it is summed.
namespace stafett::casework {

class Counting {
 public:
  Counting(const FigureQuery& query, const Judgement& judgement) : query_(query), judgement_(judgement) {}

  // In the period asked for. What is counted once stands once in each group.
  std::vector<Instance> instances(const Indicator& indicator) const;

 private:
  bool in_scope(const Indicator& indicator, std::string_view municipality) const;
  bool in_period(const Tally& tally, const Judged& judged) const;
  std::optional<Instance> instance(const Indicator& indicator, const Judged& judged) const;
  std::vector<Instance> registered(const Indicator& indicator) const;
  std::vector<Instance> composite(const Tally& tally) const;
  std::vector<Instance> joined(const Tally& tally) const;
  std::vector<Instance> once_each(const std::string& what, std::vector<Instance> all) const;
  const Indicator* find_(const std::string& id) const;

  const FigureQuery& query_;
  const Judgement& judgement_;
};

}  // namespace stafett::casework
