#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// A random draw that anyone can repeat, on any machine, with a seed and sha256sum.
namespace stafett::tools {

// How many of each stratum are drawn: `wanted` of them all, in proportion to their sizes and at least one of
// each. A stratum whose share is below one gets one; what is left is shared among the others, by the largest
// remainders (Hamilton's method; among equal remainders the larger stratum first, then by name). Everything
// when `wanted` is no less than there is. Requires wanted >= the number of strata, and no empty stratum.
std::map<std::string, std::size_t> allotment(const std::map<std::string, std::size_t>& sizes,
                                             std::size_t wanted);

// The order of the draw: ids ascending by the SHA-256 of "SEED:ID", seed in decimal. The first n are the
// sample.
void order_by_lot(std::vector<std::string>& ids, std::uint64_t seed);

}  // namespace stafett::tools
