#pragma once

#include <string_view>

#include "stafett/event/catalogue.h"

// How figures are grouped, in words. In English a dimension and its values are called as `--by` and `--group`
// call them; in Swedish by the labels of the catalogue, and by words of their own where it has none. What is
// not known, such as ids that people gave and a rule set's own breakdowns, is said as it is.
namespace stafett::casework {

event::Label dimension_in_words(std::string_view dimension);
event::Label group_value_in_words(std::string_view dimension, std::string_view value);

}  // namespace stafett::casework
