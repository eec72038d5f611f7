// What the ledger is measured beside: RocksDB alone, synced batches of records and a scan, without checks,
// tree, index or network.
#include <rocksdb/db.h>
#include <rocksdb/table.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <random>
#include <string>

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

double write(const std::string& folder, std::size_t events, std::size_t batch_size, std::size_t size) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.error_if_exists = true;
  rocksdb::DB* opened = nullptr;
  check(rocksdb::DB::Open(options, folder, &opened));
  std::unique_ptr<rocksdb::DB> db(opened);
  std::mt19937_64 random(1);
  std::string record(size, '\0');
  for (auto& c : record) c = static_cast<char>(random());
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

double scan(const std::string& folder) {
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
  rocksdb::ReadOptions read;
  read.fill_cache = false;
  read.readahead_size = 4u << 20;
  std::uint64_t count = 0, bytes = 0;
  auto begin = Steady::now();
  std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(read, records));
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    ++count;
    bytes += it->value().size();
  }
  check(it->status());
  auto rate = static_cast<double>(count) / seconds_since(begin);
  it.reset();
  for (auto* handle : handles) check(db->DestroyColumnFamilyHandle(handle));
  if (bytes == 0) give_up("nothing to scan");
  return rate;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "RocksDB alone: synced batches of records into a new folder, or a scan of a ledger's records."};
  std::string folder;
  std::size_t events = 100000, batch = 500, size = 512;
  bool scanning = false;
  app.add_option("folder", folder, "a new folder to write to, or the store folder of a stopped ledger")
      ->required();
  app.add_option("--events", events, "records to write")->capture_default_str();
  app.add_option("--batch", batch, "records in one synced batch")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  app.add_option("--size", size, "bytes of a record")->capture_default_str();
  app.add_flag("--scan", scanning, "scan instead");
  CLI11_PARSE(app, argc, argv);
  std::printf("%.0f\n", scanning ? scan(folder) : write(folder, events, batch, size));
}
