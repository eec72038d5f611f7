#include "writing.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "base_rules.h"
#include "batch_clock.h"
#include "stafett/casework/adoption.h"
#include "stafett/ledger/ledger.h"

namespace stafett::generate {
namespace {

constexpr std::size_t batch_events_max = 2000, batches_ahead = 4;

// Appends batch after batch, some ahead of what the ledger has answered, and remembers the first refusal.
class Writer {
 public:
  Writer(ledger::Ledger& ledger, BatchClock& clock) : ledger_(ledger), clock_(clock) {}

  Result<void> append(std::vector<event::NewEvent> events, Instant recorded) {
    STAFETT_TRY(wait_until(batches_ahead - 1));
    {
      std::lock_guard lock(mutex_);
      ++ahead_;
    }
    clock_.announce(recorded);
    ledger_.append(std::move(events), "generator", [this](ledger::AppendAnswer answer) {
      clock_.over();
      std::lock_guard lock(mutex_);
      --ahead_;
      if (answer.refusal && !refused_) refused_ = std::move(answer.refusal->error);
      answered_.notify_one();
    });
    return ok();
  }

  Result<void> wait_until(std::size_t ahead) {
    std::unique_lock lock(mutex_);
    answered_.wait(lock, [&] { return ahead_ <= ahead; });
    if (refused_) return fail(*refused_);
    return ok();
  }

 private:
  ledger::Ledger& ledger_;
  BatchClock& clock_;
  std::mutex mutex_;
  std::condition_variable answered_;
  std::size_t ahead_ = 0;
  std::optional<Error> refused_;
};

Result<event::NewEvent> base_rules(std::uint64_t seed, Instant now) {
  STAFETT_TRY(auto set, casework::RuleSet::parse(tools::base_rules()));
  event::EventId id{};
  for (std::size_t i = 0; i < id.size(); ++i) id[i] = static_cast<std::byte>(municipality::mixed(seed + i));
  return casework::adoption_event(set, tools::base_rules(), id, now);
}

auto day_of(Instant t) { return std::chrono::floor<std::chrono::days>(t); }

Result<std::uint64_t> write_all(ledger::Ledger& ledger, BatchClock& clock, municipality::Settings settings,
                                std::uint64_t events, const std::function<void(std::uint64_t)>& progress) {
  municipality::Municipality town(std::move(settings));
  Writer writer(ledger, clock);
  std::vector<event::NewEvent> batch;
  Instant recorded{};
  std::uint64_t told = 0;
  for (; told < events; ++told) {
    auto next = town.next();
    if (!batch.empty() && (batch.size() == batch_events_max || day_of(next.recorded) != day_of(recorded))) {
      STAFETT_TRY(writer.append(std::exchange(batch, {}), recorded));
      progress(told);
    }
    recorded = next.recorded;
    batch.push_back(std::move(next.event));
  }
  if (!batch.empty()) {
    STAFETT_TRY(writer.append(std::move(batch), recorded));
  }
  STAFETT_TRY(writer.wait_until(0));
  progress(told);
  return town.households();
}

}  // namespace

Result<Written> write_ledger(const std::filesystem::path& folder, municipality::Settings settings,
                             std::uint64_t events, const std::function<void(std::uint64_t)>& progress) {
  if (std::error_code none; std::filesystem::exists(folder, none) && !std::filesystem::is_empty(folder, none))
    return fail(ErrorCode::invalid_argument,
                folder.string() + " is not empty; a new ledger needs a new folder");
  const auto began = std::chrono::steady_clock::now();
  BatchClock clock(settings.from - std::chrono::days(31));
  ledger::Options options;
  options.data = folder;
  options.clock = &clock;
  options.batch_events_max = 1;  // one append, one batch: so that each has the clock's time that it was given
  STAFETT_TRY(options.first_event, base_rules(settings.seed, clock.now()));
  STAFETT_TRY(auto ledger, ledger::Ledger::open(std::move(options)));
  Written written;
  // The base rules are one of the events.
  STAFETT_TRY(written.households, write_all(*ledger, clock, std::move(settings), events - 1, progress));
  written.events = ledger->next_position().value;
  STAFETT_TRY(ledger->signed_head());
  STAFETT_TRY(ledger->close());
  written.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return written;
}

}  // namespace stafett::generate
