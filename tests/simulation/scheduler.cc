#include "simulation/scheduler.h"

#include <limits.h>
#include <linux/futex.h>

#include <array>
#include <atomic>

#include "simulation/failure.h"
#include "simulation/random.h"
#include "simulation/real.h"

namespace stafett::simulation {
namespace {

struct Thread {
  std::atomic<int> go = 0;  // 1: it is this thread's turn
  bool ready = true;
  bool ended = false;
  bool timed_out = false;
  const void* waits_for = nullptr;
  std::optional<std::int64_t> until;
  pthread_t handle{};
  std::size_t number = 0;
  void* (*routine)(void*) = nullptr;
  void* argument = nullptr;
  int rounds_left = 0;
};

// Everything below is touched only by the thread whose turn it is.
constexpr std::size_t threads_max = 512;
std::array<Thread, threads_max> threads;
std::size_t thread_count = 0;
Random choice(0);
std::int64_t now = 0;
pthread_key_t end_key;
thread_local Thread* me = nullptr;

void let_run(Thread& thread) {
  thread.go.store(1);
  call_system(SYS_futex, as_long(&thread.go), FUTEX_WAKE_PRIVATE, 1);
}

void wait_for_turn() {
  while (me->go.load() == 0) call_system(SYS_futex, as_long(&me->go), FUTEX_WAIT_PRIVATE, 0);
  me->go.store(0);
}

void release_expired() {
  for (std::size_t i = 0; i < thread_count; ++i) {
    auto& t = threads[i];
    if (t.ready || t.ended || !t.until || *t.until > now) continue;
    t.ready = true;
    t.timed_out = true;
    t.until.reset();
  }
}

Thread& choose() {
  for (;;) {
    std::size_t ready = 0;
    std::optional<std::int64_t> next;
    for (std::size_t i = 0; i < thread_count; ++i) {
      const auto& t = threads[i];
      if (t.ended) continue;
      if (t.ready) ++ready;
      if (!t.ready && t.until && (!next || *t.until < *next)) next = t.until;
    }
    if (ready > 0) {
      auto nth = choice.below(ready);
      for (std::size_t i = 0;; ++i)
        if (!threads[i].ended && threads[i].ready && nth-- == 0) return threads[i];
    }
    if (!next) give_up("all threads wait for each other");
    if (*next > now) now = *next;
    release_expired();
  }
}

void change() {
  auto& next = choose();
  if (&next == me) return;
  let_run(next);
  wait_for_turn();
}

// Called in each of the rounds in which a thread's own data are destroyed; those of others may still lock.
void at_thread_end(void* thread) {
  auto* t = static_cast<Thread*>(thread);
  if (--t->rounds_left > 0) {
    (void)::pthread_setspecific(end_key, thread);
    return;
  }
  t->ended = true;
  t->ready = false;
  Scheduler::wake(t, INT_MAX);
  me = nullptr;
  let_run(choose());
}

void* run_thread(void* thread) {
  me = static_cast<Thread*>(thread);
  wait_for_turn();
  me->rounds_left = PTHREAD_DESTRUCTOR_ITERATIONS;
  (void)::pthread_setspecific(end_key, me);
  return me->routine(me->argument);
}

Thread& new_thread() {
  if (thread_count == threads_max) give_up("too many threads");
  auto& t = threads[thread_count];
  t.number = thread_count++;
  return t;
}

}  // namespace

void Scheduler::begin(std::uint64_t seed) {
  choice = Random(seed);
  (void)::pthread_key_create(&end_key, at_thread_end);
  me = &new_thread();
  me->handle = ::pthread_self();
}

bool Scheduler::here() { return me != nullptr; }

void Scheduler::point() {
  release_expired();
  if (choice.once_in(8)) change();
}

bool Scheduler::wait(const void* what, std::optional<std::int64_t> until_ns) {
  me->ready = false;
  me->timed_out = false;
  me->waits_for = what;
  me->until = until_ns;
  change();
  me->waits_for = nullptr;
  return !me->timed_out;
}

int Scheduler::wake(const void* what, int count) {
  int woken = 0;
  const auto first = choice.below(thread_count);
  for (std::size_t i = 0; i < thread_count && woken < count; ++i) {
    auto& t = threads[(first + i) % thread_count];
    if (t.ready || t.ended || t.waits_for != what) continue;
    t.ready = true;
    t.waits_for = nullptr;
    t.until.reset();
    ++woken;
  }
  return woken;
}

std::int64_t Scheduler::now_ns() { return now += 1000; }
void Scheduler::set_now_ns(std::int64_t n) { now = n; }

int Scheduler::create(pthread_t* thread, const pthread_attr_t* attributes, void* (*routine)(void*),
                      void* argument) {
  static auto* const real_create = real<decltype(::pthread_create)>("pthread_create");
  auto& t = new_thread();
  t.routine = routine;
  t.argument = argument;
  const int result = real_create(thread, attributes, run_thread, &t);
  if (result != 0)
    t.ended = true;
  else
    t.handle = *thread;
  point();
  return result;
}

void Scheduler::wait_for_end_of(pthread_t thread) {
  for (std::size_t i = 0; i < thread_count; ++i) {
    auto& t = threads[i];
    if (t.handle != thread || t.rounds_left < 0) continue;
    while (!t.ended) wait(&t);
    t.handle = {};
    return;
  }
}

std::size_t Scheduler::number() { return me->number; }

}  // namespace stafett::simulation
