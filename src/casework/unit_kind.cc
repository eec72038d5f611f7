#include "stafett/casework/world.h"

namespace stafett::casework {

std::string_view unit_kind(std::string_view unit) {
  auto slash = unit.rfind('/');
  auto last = slash == std::string_view::npos ? unit : unit.substr(slash + 1);
  return last.substr(0, last.find('-'));
}

}  // namespace stafett::casework
