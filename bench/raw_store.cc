// What the ledger is measured beside: RocksDB alone, synced batches of records and a scan, without checks,
// tree, index or network.
#include <rocksdb/db.h>
#include <rocksdb/table.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point begin) {
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "stafett-raw-store: %s\n", what.c_str());
  std::exit(1);
}

void check(const rocksdb::Status& status) {
  if (!status.ok()) give_up(status.ToString());
}

// Keys as the ledger's: the position, big-endian.
std::string key_of(std::uint64_t position) {
  std::string key(8, '\0');
  for (int i = 0; i < 8; ++i) key[static_cast<std::size_t>(i)] = static_cast<char>(position >> (56 - 8 * i));
  return key;
}

// What does not compress.
std::string noise(std::size_t size) {
  std::mt19937_64 random(1);
  std::string record(size, '\0');
  for (auto& c : record) c = static_cast<char>(random());
  return record;
}

double write(const std::string& folder, std::size_t events, std::size_t batch_size, std::size_t size) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.error_if_exists = true;
  rocksdb::DB* opened = nullptr;
  check(rocksdb::DB::Open(options, folder, &opened));
  std::unique_ptr<rocksdb::DB> db(opened);
  const auto record = noise(size);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  auto begin = Steady::now();
  for (std::size_t done = 0; done < events;) {
    rocksdb::WriteBatch batch;
    for (std::size_t i = 0; i < batch_size && done < events; ++i) check(batch.Put(key_of(done++), record));
    check(db->Write(synced, &batch));
  }
  return static_cast<double>(events) / seconds_since(begin);
}

// Each thread writes one record at a time, and waits until it is on disk.
double write_alone(const std::string& folder, std::size_t events, std::size_t writers, std::size_t size) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.error_if_exists = true;
  rocksdb::DB* opened = nullptr;
  check(rocksdb::DB::Open(options, folder, &opened));
  std::unique_ptr<rocksdb::DB> db(opened);
  std::atomic<std::uint64_t> next = 0;
  auto begin = Steady::now();
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < writers; ++i)
    threads.emplace_back([&] {
      std::string record = noise(size);
      rocksdb::WriteOptions synced;
      synced.sync = true;
      for (std::uint64_t p = next++; p < events; p = next++) check(db->Put(synced, key_of(p), record));
    });
  for (auto& thread : threads) thread.join();
  return static_cast<double>(events) / seconds_since(begin);
}

// Counts the records of the positions [from, to).
std::uint64_t scan_part(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* records, std::uint64_t from,
                        std::uint64_t to) {
  rocksdb::ReadOptions read;
  read.fill_cache = false;
  read.readahead_size = 4u << 20;
  const auto end = key_of(to);
  rocksdb::Slice bound(end);
  read.iterate_upper_bound = &bound;
  std::uint64_t count = 0;
  std::unique_ptr<rocksdb::Iterator> it(db.NewIterator(read, records));
  for (it->Seek(key_of(from)); it->Valid(); it->Next()) count += it->value().size() > 0;
  check(it->status());
  return count;
}

double scan(const std::string& folder, std::uint64_t threads) {
  rocksdb::DBOptions options;
  std::vector<std::string> names;
  check(rocksdb::DB::ListColumnFamilies(options, folder, &names));
  std::vector<rocksdb::ColumnFamilyDescriptor> columns;
  for (auto& name : names) columns.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  check(rocksdb::DB::OpenForReadOnly(options, folder, columns, &handles, &opened));
  std::unique_ptr<rocksdb::DB> db(opened);
  rocksdb::ColumnFamilyHandle* records = nullptr;
  for (auto* handle : handles)
    if (handle->GetName() == "records") records = handle;
  if (!records) give_up("no records in " + folder);
  std::unique_ptr<rocksdb::Iterator> last(db->NewIterator({}, records));
  last->SeekToLast();
  if (!last->Valid()) give_up("nothing to scan");
  std::uint64_t end = 0;
  for (unsigned char c : last->key().ToString()) end = end << 8 | c;
  last.reset();
  ++end;
  std::atomic<std::uint64_t> count = 0;
  std::vector<std::thread> scanning;
  auto begin = Steady::now();
  for (std::uint64_t i = 0; i < threads; ++i)
    scanning.emplace_back(
        [&, i] { count += scan_part(*db, records, end * i / threads, end * (i + 1) / threads); });
  for (auto& thread : scanning) thread.join();
  auto rate = static_cast<double>(count) / seconds_since(begin);
  for (auto* handle : handles) check(db->DestroyColumnFamilyHandle(handle));
  return rate;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "RocksDB alone: synced batches of records into a new folder, or a scan of a ledger's records."};
  std::string folder;
  std::size_t events = 100000, batch = 500, size = 512, writers = 0, threads = 1;
  bool scanning = false;
  app.add_option("folder", folder, "a new folder to write to, or the store folder of a stopped ledger")
      ->required();
  app.add_option("--events", events, "records to write")->capture_default_str();
  app.add_option("--batch", batch, "records in one synced batch")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  app.add_option("--writers", writers,
                 "threads that write one record at a time, instead of one writing batches")
      ->check(CLI::Range(1, 1000));
  app.add_option("--size", size, "bytes of a record")->capture_default_str();
  app.add_flag("--scan", scanning, "scan instead");
  app.add_option("--threads", threads, "that scan")->check(CLI::Range(1, 64))->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const auto rate = scanning      ? scan(folder, threads)
                    : writers > 0 ? write_alone(folder, events, writers, size)
                                  : write(folder, events, batch, size);
  std::printf("%.0f\n", rate);
}
