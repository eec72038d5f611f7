#pragma once

#include <cstdio>
#include <cstdlib>

// A programmer's error: on in release too, because a ledger that goes on after a broken invariant is worth
// nothing.
#define STAFETT_ASSERT(condition)                                                            \
  do {                                                                                       \
    if (!(condition)) [[unlikely]] {                                                         \
      std::fprintf(stderr, "%s:%d: assertion failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                          \
    }                                                                                        \
  } while (false)
