#pragma once

#include <rocksdb/status.h>

#include <string>

#include "stafett/core/result.h"

namespace stafett::storage {

// A failure of the database as an error of the house; requires !status.ok(). `doing` completes "while …".
Error to_error(const rocksdb::Status& status, std::string_view doing);

inline Result<void> checked(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return ok();
  return fail(to_error(status, doing));
}

}  // namespace stafett::storage
