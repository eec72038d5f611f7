#pragma once

#include <dlfcn.h>
#include <sys/syscall.h>

#include <cstdlib>

// What this executable has put itself in the place of.
namespace stafett::simulation {

// The C library's own function of that name.
template <class Function>
Function* real(const char* name) {
  void* found = ::dlsym(RTLD_NEXT, name);
  if (!found) std::abort();
  return reinterpret_cast<Function*>(found);
}

// A system call that nobody can come between. The result is negative with an error's number.
inline long call_system(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0, long f = 0) {
  long result = 0;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}
template <class T>
long as_long(T* pointer) {
  return reinterpret_cast<long>(pointer);
}

}  // namespace stafett::simulation
