#pragma once

#include <pthread.h>

#include <cstddef>
#include <cstdint>
#include <optional>

// One thread at a time, chosen by the seed, and a clock that only moves here.
//
// The programs under test are built as always. interposed_threads.cc takes the place of the C library's
// mutexes, conditions, futexes, clocks and sleeps, for this executable and for every shared library in it
// (the database too), and asks this scheduler, which lets exactly one thread run. It may change to another
// wherever a thread locks, waits, signals, yields, sleeps, or touches a file. So a run is a function of its
// seed: the same threads meet in the same order, and every timeout expires at the same place.
//
// When nobody can run, time jumps to the next timeout; when there is none either, all wait for each other,
// and the run fails.
namespace stafett::simulation {

class Scheduler {
 public:
  // From here on the calling thread and those it makes, directly or not, are scheduled. Once in a process.
  static void begin(std::uint64_t seed);
  // Whether the calling thread is scheduled.
  static bool here();

  // Lets another thread go first, perhaps.
  static void point();
  // Waits until somebody wakes those who wait for `what`, or until a time; false when the time came first.
  static bool wait(const void* what, std::optional<std::int64_t> until_ns = std::nullopt);
  static int wake(const void* what, int count);

  // Nanoseconds since 1970, for every clock there is. Each look at it takes a microsecond.
  static std::int64_t now_ns();
  static void set_now_ns(std::int64_t now);

  // Makes a thread that is scheduled.
  static int create(pthread_t* thread, const pthread_attr_t* attributes, void* (*routine)(void*),
                    void* argument);
  static void wait_for_end_of(pthread_t thread);
  // Of the thread that runs, counted from 0 in the order in which they were made.
  static std::size_t number();
};

}  // namespace stafett::simulation
