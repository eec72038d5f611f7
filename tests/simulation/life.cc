#include "simulation/life.h"

#include <unistd.h>

#include <memory>

#include "simulation/failure.h"
#include "simulation/random_bytes.h"
#include "simulation/scheduler.h"
#include "simulation/work.h"

namespace stafett::simulation {
namespace {

Journal* journal_of_this_life = nullptr;

DiskPlan disk_plan(const LifePlan& life) {
  Random random(life.seed * 1'000'003 + life.life * 7919 + 1);
  DiskPlan plan;
  plan.seed = random.next();
  if (life.last) return plan;
  const auto early = random.once_in(3);  // while it is opened, say
  if (!random.once_in(4)) plan.crash_at = random.below(early ? 60 : 500);
  plan.power_fails = !random.once_in(4);
  switch (random.below(4)) {
    case 0:
      plan.full_from = random.below(early ? 40 : 250);
      plan.full_to = *plan.full_from + 1 + random.below(random.once_in(2) ? 4 : 60);
      break;
    case 1:
      plan.error_at = random.below(early ? 150 : 1000);
      plan.errors = 1 + random.below(random.once_in(2) ? 1 : 20);
      break;
    default:
      break;
  }
  return plan;
}

}  // namespace

void give_up(std::string_view what) {
  if (journal_of_this_life) journal_of_this_life->fail(what);
  ::_exit(1);
}

void live(const LifePlan& plan, Journal& journal) {
  journal_of_this_life = &journal;
  auto disk = disk_plan(plan);
  const auto note = [&] {
    journal.trace = journal.trace * 31 + Disk::trace();
    journal.errors += Disk::errors_were_made() ? 1 : 0;
  };
  disk.before_crash = [&] {
    note();
    ++journal.crashes;
  };
  Random random(disk.seed + 1);
  seed_random_bytes(random.next());
  Scheduler::begin(random.next());
  // Clocks are set back now and then.
  constexpr std::int64_t noon = 1'700'000'000'000'000'000;
  Scheduler::set_now_ns(noon + static_cast<std::int64_t>(random.below(3'600'000'000'000)));
  Disk::begin(plan.disk, disk);
  Work work(journal, disk, random.next(), plan.disk, plan.last);
  work.run();
  if (!plan.last && random.once_in(2)) Disk::crash();  // after everything had been closed
  note();
  ::_exit(0);
}

}  // namespace stafett::simulation
