#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "stafett/wire/messages.h"

// Answers as the contract's JSON, keys in its order.
namespace stafett::tools {

using Json = nlohmann::ordered_json;

Json to_json(const wire::Obligation& obligation);
Json to_json(const wire::CaseAnswer& answer);
Json to_json(const wire::CaseSummary& summary);
Json to_json(const wire::Figure& figure, const wire::Basis& basis);
Json to_json(const wire::Counted& counted, const wire::Basis& basis);
Json to_json(const wire::Rule& rule, const wire::Basis& basis);

Json number(const std::optional<double>& value);  // whole numbers without a fraction; null when absent
// The last position taken in account; null when none is.
Json position(const wire::Basis& basis);

void print(const Json& line);  // one line on standard output

}  // namespace stafett::tools
