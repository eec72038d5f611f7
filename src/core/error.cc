#include "stafett/core/error.h"

#include <array>
#include <utility>

namespace stafett {
namespace {

constexpr std::array<std::pair<ErrorCode, std::string_view>, 9> names{{
    {ErrorCode::invalid_argument, "invalid_argument"},
    {ErrorCode::not_found, "not_found"},
    {ErrorCode::version_conflict, "version_conflict"},
    {ErrorCode::id_conflict, "id_conflict"},
    {ErrorCode::too_large, "too_large"},
    {ErrorCode::forbidden, "forbidden"},
    {ErrorCode::unavailable, "unavailable"},
    {ErrorCode::io_error, "io_error"},
    {ErrorCode::corruption, "corruption"},
}};

}  // namespace

std::string_view to_string(ErrorCode code) {
  for (auto& [value, name] : names)
    if (value == code) return name;
  return "unknown";
}

std::optional<ErrorCode> error_code_from(std::string_view text) {
  for (auto& [value, name] : names)
    if (name == text) return value;
  return std::nullopt;
}

}  // namespace stafett
