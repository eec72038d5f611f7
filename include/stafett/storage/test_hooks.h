#pragma once

#include <chrono>
#include <cstddef>

namespace rocksdb {
class Env;
}

namespace stafett::storage {

// How tests reach under the store: nothing else sets them.
struct TestHooks {
  rocksdb::Env* env = nullptr;               // a file system that fails on demand; not owned
  std::size_t index_generation_events = 0;   // overrides StoreOptions
  std::chrono::milliseconds retry_after{0};  // overrides the pause between attempts to write after a failure
};

}  // namespace stafett::storage
