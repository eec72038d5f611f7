// In the place of the C library's function that ends a program whose `assert` has failed. The database's are
// about what it finds in its files: a damaged one must not look like a crash (contract: 4, with what and
// where, and no signal). Everybody else's are errors of a program, and abort as ever.
#include <dlfcn.h>
#include <unistd.h>

#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "stafett/storage/engine.h"

namespace {

constexpr int damaged = 4;

bool is_of_the_database(void* address) {
  Dl_info library{};
  return ::dladdr(address, &library) != 0 && library.dli_fname != nullptr &&
         std::string_view(library.dli_fname).find("librocksdb") != std::string_view::npos;
}

}  // namespace

extern "C" [[noreturn]] void __assert_fail(const char* assertion, const char* file, unsigned line,
                                           const char* function) noexcept {
  if (!is_of_the_database(__builtin_return_address(0))) {
    std::fprintf(stderr, "%s:%u: %s: assertion failed: %s\n", file, line, function, assertion);
    std::abort();
  }
  const auto read = stafett::storage::file_read_last();
  std::fprintf(
      stderr,
      "corruption: the database gave up (%s:%u: %s)%s%s. A file of the store is damaged; nothing has been "
      "changed. `stafett verify --data` on the stopped ledger, or a copy, looks at the rest; a backup has "
      "the "
      "records.\n",
      file, line, assertion, read.empty() ? "" : ", having read ", read.c_str());
  std::fflush(stderr);
  ::_exit(damaged);
}
