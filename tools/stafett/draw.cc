#include "stafett/draw.h"

#include <algorithm>

#include "stafett/core/assert.h"
#include "stafett/crypto/sha256.h"

namespace stafett::tools {

std::map<std::string, std::size_t> allotment(const std::map<std::string, std::size_t>& sizes,
                                             std::size_t wanted) {
  STAFETT_ASSERT(wanted >= sizes.size());
  auto left = sizes;
  std::size_t population = 0;
  for (auto& [name, size] : left) population += size;
  if (wanted >= population) return sizes;
  std::map<std::string, std::size_t> out;
  // Whoever gets one for less leaves a smaller share to the others, which may fall below one by that.
  for (bool again = true; again;) {
    again = false;
    for (auto it = left.begin(); it != left.end(); ++it) {
      if (wanted * it->second >= population) continue;
      out[it->first] = 1;
      wanted -= 1;
      population -= it->second;
      left.erase(it);
      again = true;
      break;
    }
  }
  struct Share {
    std::string name;
    std::size_t size, remainder;
  };
  std::vector<Share> shares;
  std::size_t given = 0;
  for (auto& [name, size] : left) {
    out[name] = wanted * size / population;
    given += out[name];
    shares.push_back({name, size, wanted * size % population});
  }
  std::stable_sort(shares.begin(), shares.end(), [](auto& a, auto& b) {
    return std::tie(a.remainder, a.size) > std::tie(b.remainder, b.size);
  });
  for (std::size_t i = 0; given < wanted; ++i, ++given) ++out[shares[i].name];
  return out;
}

void order_by_lot(std::vector<std::string>& ids, std::uint64_t seed) {
  std::vector<std::pair<crypto::Digest, std::string>> lots;
  lots.reserve(ids.size());
  for (auto& id : ids) {
    auto text = std::to_string(seed) + ":" + id;
    lots.emplace_back(crypto::sha256(std::as_bytes(std::span(text))), std::move(id));
  }
  std::sort(lots.begin(), lots.end());
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = std::move(lots[i].second);
}

}  // namespace stafett::tools
