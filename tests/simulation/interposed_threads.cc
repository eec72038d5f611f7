// In the place of the C library's functions of these names, for the whole process: see scheduler.h. A thread
// that is not scheduled gets what it asked for.
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <ctime>

#include "simulation/real.h"
#include "simulation/scheduler.h"

using stafett::simulation::as_long;
using stafett::simulation::call_system;
using stafett::simulation::real;
using stafett::simulation::Scheduler;

#define STAFETT_REAL(name) static auto* const real_##name = real<decltype(::name)>(#name)

namespace {

constexpr std::int64_t second = 1'000'000'000;

std::int64_t ns_of(const timespec& t) { return static_cast<std::int64_t>(t.tv_sec) * second + t.tv_nsec; }
timespec timespec_of(std::int64_t ns) { return {ns / second, ns % second}; }

void lock_scheduled(pthread_mutex_t* mutex) {
  STAFETT_REAL(pthread_mutex_trylock);
  while (real_pthread_mutex_trylock(mutex) == EBUSY) Scheduler::wait(mutex);
}

void unlock_scheduled(pthread_mutex_t* mutex) {
  STAFETT_REAL(pthread_mutex_unlock);
  real_pthread_mutex_unlock(mutex);
  Scheduler::wake(mutex, INT_MAX);
}

int wait_scheduled(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
  unlock_scheduled(mutex);
  const bool woken = Scheduler::wait(condition, until ? std::optional(ns_of(*until)) : std::nullopt);
  lock_scheduled(mutex);
  return woken ? 0 : ETIMEDOUT;
}

int sleep_scheduled(std::int64_t ns) {
  static const char nothing = 0;
  Scheduler::wait(&nothing, Scheduler::now_ns() + ns);
  return 0;
}

long futex_scheduled(long address, long operation, long value, long timeout) {
  auto* word = reinterpret_cast<int*>(address);
  const auto command = operation & FUTEX_CMD_MASK;
  if (command == FUTEX_WAKE || command == FUTEX_WAKE_BITSET) {
    const int woken = Scheduler::wake(word, static_cast<int>(value));
    Scheduler::point();
    return woken;
  }
  if (*word != static_cast<int>(value)) return -EAGAIN;
  std::optional<std::int64_t> until;
  if (const auto* given = reinterpret_cast<const timespec*>(timeout))
    until = ns_of(*given) + (command == FUTEX_WAIT ? Scheduler::now_ns() : 0);
  return Scheduler::wait(word, until) ? 0 : -ETIMEDOUT;
}

}  // namespace

extern "C" {

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*routine)(void*),
                   void* argument) noexcept {
  STAFETT_REAL(pthread_create);
  if (!Scheduler::here()) return real_pthread_create(thread, attributes, routine, argument);
  return Scheduler::create(thread, attributes, routine, argument);
}

int pthread_join(pthread_t thread, void** result) {
  STAFETT_REAL(pthread_join);
  if (Scheduler::here()) Scheduler::wait_for_end_of(thread);
  return real_pthread_join(thread, result);
}

int pthread_once(pthread_once_t* control, void (*routine)()) {
  // 0: not yet, 1: under way, 2: done.
  auto* state = reinterpret_cast<std::atomic<int>*>(control);
  for (;;) {
    if (state->load() == 2) return 0;
    int expected = 0;
    if (state->compare_exchange_strong(expected, 1)) break;
    if (Scheduler::here())
      Scheduler::wait(control);
    else
      ::sched_yield();
  }
  try {
    routine();
  } catch (...) {
    state->store(0);
    if (Scheduler::here()) Scheduler::wake(control, INT_MAX);
    throw;
  }
  state->store(2);
  if (Scheduler::here()) Scheduler::wake(control, INT_MAX);
  return 0;
}

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  STAFETT_REAL(pthread_mutex_lock);
  if (!Scheduler::here()) return real_pthread_mutex_lock(mutex);
  Scheduler::point();
  lock_scheduled(mutex);
  return 0;
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
  STAFETT_REAL(pthread_mutex_unlock);
  if (!Scheduler::here()) return real_pthread_mutex_unlock(mutex);
  unlock_scheduled(mutex);
  return 0;
}

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  STAFETT_REAL(pthread_cond_wait);
  if (!Scheduler::here()) return real_pthread_cond_wait(condition, mutex);
  return wait_scheduled(condition, mutex, nullptr);
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
  STAFETT_REAL(pthread_cond_timedwait);
  if (!Scheduler::here()) return real_pthread_cond_timedwait(condition, mutex, until);
  return wait_scheduled(condition, mutex, until);
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                           const timespec* until) {
  STAFETT_REAL(pthread_cond_clockwait);
  if (!Scheduler::here()) return real_pthread_cond_clockwait(condition, mutex, clock, until);
  return wait_scheduled(condition, mutex, until);
}

int pthread_cond_signal(pthread_cond_t* condition) noexcept {
  STAFETT_REAL(pthread_cond_signal);
  if (!Scheduler::here()) return real_pthread_cond_signal(condition);
  Scheduler::wake(condition, 1);
  Scheduler::point();
  return 0;
}

int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
  STAFETT_REAL(pthread_cond_broadcast);
  if (!Scheduler::here()) return real_pthread_cond_broadcast(condition);
  Scheduler::wake(condition, INT_MAX);
  Scheduler::point();
  return 0;
}

int pthread_rwlock_rdlock(pthread_rwlock_t* lock) noexcept {
  STAFETT_REAL(pthread_rwlock_rdlock);
  STAFETT_REAL(pthread_rwlock_tryrdlock);
  if (!Scheduler::here()) return real_pthread_rwlock_rdlock(lock);
  Scheduler::point();
  while (real_pthread_rwlock_tryrdlock(lock) == EBUSY) Scheduler::wait(lock);
  return 0;
}

int pthread_rwlock_wrlock(pthread_rwlock_t* lock) noexcept {
  STAFETT_REAL(pthread_rwlock_wrlock);
  STAFETT_REAL(pthread_rwlock_trywrlock);
  if (!Scheduler::here()) return real_pthread_rwlock_wrlock(lock);
  Scheduler::point();
  while (real_pthread_rwlock_trywrlock(lock) == EBUSY) Scheduler::wait(lock);
  return 0;
}

int pthread_rwlock_unlock(pthread_rwlock_t* lock) noexcept {
  STAFETT_REAL(pthread_rwlock_unlock);
  const int result = real_pthread_rwlock_unlock(lock);
  if (Scheduler::here()) Scheduler::wake(lock, INT_MAX);
  return result;
}

long syscall(long number, ...) noexcept {
  va_list list;
  va_start(list, number);
  long a[6];
  for (auto& x : a) x = va_arg(list, long);
  va_end(list);
  const long result = number == SYS_futex && Scheduler::here()
                          ? futex_scheduled(a[0], a[1], a[2], a[3])
                          : call_system(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  if (result >= 0) return result;
  errno = static_cast<int>(-result);
  return -1;
}

int sched_yield() noexcept {
  if (!Scheduler::here()) return static_cast<int>(call_system(SYS_sched_yield));
  (void)Scheduler::now_ns();
  Scheduler::point();
  return 0;
}

int clock_gettime(clockid_t clock, timespec* out) noexcept {
  if (!Scheduler::here()) {
    const auto result = call_system(SYS_clock_gettime, clock, as_long(out));
    if (result == 0) return 0;
    errno = static_cast<int>(-result);
    return -1;
  }
  *out = timespec_of(Scheduler::now_ns());
  return 0;
}

int gettimeofday(timeval* out, void* zone) noexcept {
  if (!Scheduler::here())
    return static_cast<int>(call_system(SYS_gettimeofday, as_long(out), as_long(static_cast<char*>(zone))));
  const auto now = Scheduler::now_ns();
  *out = {now / second, now % second / 1000};
  return 0;
}

time_t time(time_t* out) noexcept {
  timespec now{};
  (void)clock_gettime(CLOCK_REALTIME, &now);
  if (out) *out = now.tv_sec;
  return now.tv_sec;
}

int nanosleep(const timespec* duration, timespec* left) {
  if (!Scheduler::here())
    return static_cast<int>(call_system(SYS_nanosleep, as_long(duration), as_long(left)));
  return sleep_scheduled(ns_of(*duration));
}

int clock_nanosleep(clockid_t clock, int flags, const timespec* duration, timespec* left) {
  if (!Scheduler::here())
    return static_cast<int>(
        -call_system(SYS_clock_nanosleep, clock, flags, as_long(duration), as_long(left)));
  return sleep_scheduled(ns_of(*duration) - ((flags & TIMER_ABSTIME) ? Scheduler::now_ns() : 0));
}

int usleep(useconds_t us) {
  const timespec duration{us / 1'000'000, static_cast<long>(us % 1'000'000) * 1000};
  return nanosleep(&duration, nullptr);
}

}  // extern "C"
