#include "server/convert.h"
#include "server/in_parts.h"
#include "server/progress.h"
#include "server/questions.h"

// Questions about why things are as they are.
namespace stafett::server {

Parts Questions::parts(const wire::ExplainRequest& request) {
  std::function<Result<wire::ExplanationsAnswer>()> ask = [this,
                                                           request]() -> Result<wire::ExplanationsAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    if (request.indicator.empty()) {
      STAFETT_TRY(auto answer, casebook_.explain(obligation_choice(request), when));
      return to_wire(std::move(answer));
    }
    STAFETT_TRY(auto answer, casebook_.explain(figure_choice(request), when));
    return to_wire(std::move(answer));
  };
  return in_parts(std::move(ask), &wire::ExplanationsAnswer::explanations, limits_.part_items);
}

Parts Questions::parts(wire::WhatIfRequest request, std::function<void(wire::ProgressAnswer)> progress) {
  std::function<Result<wire::RuleChangesAnswer>()> ask = [this, request = std::move(request),
                                                          progress]() -> Result<wire::RuleChangesAnswer> {
    if (request.definition.size() > definition_bytes_max) return fail(too_large_a_rule_set());
    STAFETT_TRY(auto answer, casebook_.what_if(request.definition, now_and_then(progress)));
    return to_wire(std::move(answer));
  };
  return in_parts(std::move(ask), &wire::RuleChangesAnswer::obligations, limits_.part_items);
}

Parts Questions::parts(const wire::AmendedRequest& request) {
  std::function<Result<wire::AmendmentsAnswer>()> ask = [this, request]() -> Result<wire::AmendmentsAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    STAFETT_TRY(auto answer, casebook_.amended(request.unit, when));
    return to_wire(std::move(answer));
  };
  return in_parts(std::move(ask), &wire::AmendmentsAnswer::amendments, limits_.part_items);
}

Parts Questions::parts(const wire::ConsentsRequest& request) {
  std::function<Result<wire::ConsentsAnswer>()> ask = [this, request]() -> Result<wire::ConsentsAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    STAFETT_TRY(auto answer, casebook_.consent({request.subject, request.scope, request.recipient}, when));
    return to_wire(std::move(answer));
  };
  return in_parts(std::move(ask), &wire::ConsentsAnswer::givers, limits_.part_items);
}

}  // namespace stafett::server
