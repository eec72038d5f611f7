#include "stafett/swedish.h"

#include <map>

#include "stafett/casework/group_words.h"

namespace stafett::tools {

std::string swedish_dimension(const std::string& dimension) {
  return casework::dimension_in_words(dimension).swedish;
}

std::string swedish_group_value(const std::string& dimension, const std::string& value) {
  return casework::group_value_in_words(dimension, value).swedish;
}

std::string swedish_show(const std::string& show) {
  static const std::map<std::string, std::string> words{
      {"share", "andel"},     {"count", "antal"},     {"held", "genomfört"}, {"days", "dagar"},
      {"mean", "medelvärde"}, {"all", "alla delar"},  {"list", "lista"},     {"sum", "summa"},
      {"gap", "skillnad"},    {"covered", "täckning"}};
  auto found = words.find(show);
  return found == words.end() ? show : found->second;
}

std::string swedish_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument:
      return "felaktig";
    case ErrorCode::not_found:
      return "finns inte";
    case ErrorCode::version_conflict:
      return "strömmen har en annan version";
    case ErrorCode::id_conflict:
      return "id:t är upptaget";
    case ErrorCode::too_large:
      return "för stor";
    case ErrorCode::forbidden:
      return "inte tillåtet";
    case ErrorCode::unavailable:
      return "inte tillgänglig just nu";
    case ErrorCode::io_error:
      return "diskfel";
    case ErrorCode::corruption:
      return "skadade data";
  }
  return "";
}

}  // namespace stafett::tools
