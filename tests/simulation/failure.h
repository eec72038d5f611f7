#pragma once

#include <string_view>

namespace stafett::simulation {

// Ends the process of a simulated life with what went wrong, which the test then reports with the seed.
[[noreturn]] void give_up(std::string_view what);

}  // namespace stafett::simulation
