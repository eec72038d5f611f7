#include "stafett/ledger/verify.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <thread>

#include "ledger/notary.h"
#include "ledger/state.h"
#include "ledger/verification.h"
#include "ledger/verify_heads.h"
#include "ledger/verify_index.h"
#include "ledger/verify_keys.h"
#include "ledger/verify_tree.h"

namespace stafett::ledger {
namespace {

constexpr std::size_t lot_bytes = 1u << 20;
constexpr std::size_t lots_max = 8;

// Records on their way from the thread that reads them to the one that hashes them.
struct Lot {
  struct Item {
    Position position;
    std::size_t size = 0;
    bool missing = false;
  };
  Bytes bytes;
  std::vector<Item> items;
};

class LotQueue {
 public:
  void put(Lot lot) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return lots_.size() < lots_max; });
    lots_.push_back(std::move(lot));
    changed_.notify_all();
  }
  void end() {
    std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }
  std::optional<Lot> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || !lots_.empty(); });
    if (lots_.empty()) return std::nullopt;
    auto lot = std::move(lots_.front());
    lots_.pop_front();
    changed_.notify_all();
    return lot;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Lot> lots_;
  bool ended_ = false;
};

// What is derived from the records, on one thread.
struct RecordChecks {
  HeadsCheck heads;
  TreeCheck tree;
  IndexCheck index;
  KeysCheck keys;
  Problems& problems;
  Instant recorded_at = instant_min;
  bool all_records = true;

  void take(Position position, BytesView bytes) {
    tree.record(position, bytes);
    if (position.value == 0) heads.first_record(bytes);
    note_root(position);
    auto record = event::outline_record(bytes);
    if (!record) {
      problems.add("record", record.error().message, position);
      index.missing_record();
      all_records = false;
      return;
    }
    auto& r = record.value();
    if (r.position != position) {
      problems.add("record",
                   "the record says that it is that of position " + std::to_string(r.position.value),
                   position);
      r.position = position;
    }
    if (r.recorded_at < recorded_at)
      problems.add("record", "recorded earlier than the event before it", position);
    recorded_at = r.recorded_at;
    index.record(r);
    keys.record(r);
  }
  void miss(Position position) {
    tree.missing_record(position);
    note_root(position);
    index.missing_record();
    all_records = false;
  }
  void note_root(Position position) {
    if (heads.wants(TreeSize(position.value + 1))) heads.root(tree.root());
  }
  void work(LotQueue& queue) {
    while (auto lot = queue.take()) {
      const std::byte* next = lot->bytes.data();
      for (const auto& item : lot->items) {
        if (item.missing) {
          miss(item.position);
          continue;
        }
        take(item.position, BytesView(next, item.size));
        next += item.size;
      }
    }
  }
};

// Reads all records into the queue. False when the work is to end.
bool read_records(const storage::Inspection& store, LotQueue& queue, Problems& problems,
                  const VerifyOptions& options) {
  const auto size = store.head().size.value;
  Lot lot;
  bool go_on = true;
  auto put = [&](Position done) {
    queue.put(std::exchange(lot, {}));
    lot.bytes.reserve(lot_bytes);
    if (options.progress) go_on = options.progress(done.value, size);
    return go_on;
  };
  store.records(
      Position(0), Position(size),
      [&](Position position, BytesView record) {
        lot.bytes.insert(lot.bytes.end(), record.begin(), record.end());
        lot.items.push_back({position, record.size(), false});
        return lot.bytes.size() < lot_bytes || put(position);
      },
      [&](Position first, Position last, std::string what) {
        if (last > first)
          what += ", and no record up to position " + std::to_string(last.value) + " can be read";
        problems.add("record", std::move(what), first);
        for (auto p = first; p <= last; p = p.next()) lot.items.push_back({p, 0, true});
      });
  if (go_on) put(Position(size));
  queue.end();
  return go_on;
}

}  // namespace

Result<Verification> verify_store(const storage::Store& opened, const Vault* vault,
                                  const VerifyOptions& options, std::vector<Problem> found_before) {
  const auto begin = std::chrono::steady_clock::now();
  Problems problems(options.problems_max);
  for (auto& p : found_before) problems.add(std::move(p.where), std::move(p.what), p.position);
  STAFETT_TRY(const auto store, opened.inspect());
  HeadsCheck heads(opened, store->head().size, problems);
  const auto newest = heads.newest();
  RecordChecks checks{std::move(heads), TreeCheck(*store, problems), IndexCheck(*store, newest, problems),
                      KeysCheck(*store, vault, problems), problems};
  LotQueue queue;
  std::thread derive([&] { checks.work(queue); });
  std::thread beside([&] {
    checks.index.read_index();
    checks.keys.read_keys();
  });
  const bool whole = read_records(*store, queue, problems, options);
  derive.join();
  beside.join();
  if (!whole) return fail(ErrorCode::unavailable, "verification was ended before it was done");
  const auto head = store->head();
  checks.tree.finish(head);
  const auto streams = checks.index.finish();
  if (streams) checks.heads.streams(*streams);
  checks.keys.finish(checks.all_records);
  Verification out;
  out.head = {head.size, head.root};
  problems.hand_over(out);
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  out.events_per_s = seconds > 0 ? static_cast<double>(head.size.value) / seconds : 0;
  return out;
}

Result<Verification> Ledger::verify(const VerifyOptions& options) const {
  auto verified = verify_store(*state_->store, state_->vault.get(), options);
  if (verified && !verified.value().good()) {
    const auto& first = verified.value().problems.front();
    state_->store->health().note({ErrorCode::corruption, first.where + ": " + first.what, {}, {}});
  }
  return verified;
}

Result<Verification> verify_folder(const std::filesystem::path& folder, const VerifyOptions& options) {
  auto damaged = [](const Error& error) { return error.code == ErrorCode::corruption; };
  auto store = storage::Store::open({.folder = folder, .read_only = true});
  if (!store) {
    if (!damaged(store.error())) return fail(std::move(store.error()));
    Verification out;
    out.problems.push_back({"folder", std::move(store.error().message), {}});
    for (auto& file : storage::damaged_tables(folder))
      out.problems.push_back({"folder", std::move(file), {}});
    out.problems_found = out.problems.size();
    return out;
  }
  std::vector<Problem> found;
  auto vault = Vault::open(*store.value(), store.value()->head().size.value == 0);
  if (!vault) {
    if (!damaged(vault.error())) return fail(std::move(vault.error()));
    found.push_back({"key", std::move(vault.error().message), {}});
  }
  const auto head = store.value()->head();
  const auto notary = Notary::open(*store.value(), [&] { return TreeHead{head.size, head.root}; }, {});
  if (!notary) {
    if (!damaged(notary.error())) return fail(notary.error());
    found.push_back({"key", notary.error().message, {}});
  }
  return verify_store(*store.value(), vault ? vault.value().get() : nullptr, options, std::move(found));
}

}  // namespace stafett::ledger
