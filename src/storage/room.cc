#include "storage/room.h"

#include <algorithm>
#include <system_error>

namespace stafett::storage {

Result<void> check_room(const std::filesystem::path& path, std::uintmax_t bytes) {
  constexpr std::uintmax_t reserve_max = 64u << 20;
  std::error_code error;
  const auto space = std::filesystem::space(path, error);
  if (error) return ok();
  const auto reserve = std::min(reserve_max, space.capacity / 20);
  if (space.available >= bytes + reserve) return ok();
  return fail(ErrorCode::unavailable, "the disk is full: only " + std::to_string(space.available >> 10) +
                                          " KiB are left in " + path.string());
}

}  // namespace stafett::storage
