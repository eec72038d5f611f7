#include "storage/options.h"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <algorithm>

#include "stafett/storage/test_hooks.h"
#include "storage/diagnostic_log.h"

namespace stafett::storage {
namespace {

rocksdb::CompressionType compression() {
  // LZ4 halves the records at a cost that a scan does not notice; a build without it still reads and writes.
  const auto supported = rocksdb::GetSupportedCompressions();
  return std::ranges::find(supported, rocksdb::kLZ4Compression) != supported.end() ? rocksdb::kLZ4Compression
                                                                                   : rocksdb::kNoCompression;
}

rocksdb::BlockBasedTableOptions table_options(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  // Between 4 KiB, which doubles the speed of single reads, and 32 KiB, which doubles that of scans.
  table.block_size = 16u << 10;
  // Index and filter blocks count against the cache: otherwise memory would grow with the ledger.
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  // The strongest of the checksums, and as fast as the default.
  table.checksum = rocksdb::kXXH3;
  table.format_version = 5;
  return table;
}

rocksdb::ColumnFamilyOptions column_options(const std::shared_ptr<rocksdb::Cache>& cache, Column column) {
  rocksdb::ColumnFamilyOptions options;
  auto table = table_options(cache);
  options.compression = compression();
  options.write_buffer_size = 8u << 20;
  // Checks what is read back and the order of keys whenever a table is written: damage is found before it
  // spreads.
  options.paranoid_file_checks = false;
  options.force_consistency_checks = true;
  switch (column) {
    case Column::meta:
      break;
    case Column::records:
      // Keys only ever grow, so tables never overlap and compaction moves them without rewriting.
      options.write_buffer_size = 64u << 20;
      break;
    case Column::nodes:
      options.write_buffer_size = 16u << 20;
      options.compression = rocksdb::kNoCompression;  // hashes do not compress
      break;
    case Column::keys:
      // Most questions are about streams that have no key yet.
      table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
      break;
    case Column::index:
      // Most ids asked for are new: the filter answers without reading the disk.
      table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
      options.write_buffer_size = 32u << 20;
      break;
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

rocksdb::DBOptions database_options(const StoreOptions& store, const std::filesystem::path& path) {
  rocksdb::DBOptions options;
  if (store.hooks && store.hooks->env) options.env = store.hooks->env;
  options.info_log = store.read_only ? no_diagnostic_log() : diagnostic_log(path);
  options.paranoid_checks = true;  // a damaged database does not open
  // After a power failure the last, unsynced write may lie in the log in part or as rubbish, which
  // kAbsoluteConsistency would call damage. Replay stops there. That a damaged byte further up does not make
  // acknowledged events vanish is checked afterwards, against what was promised (folder.h): the database
  // alone cannot tell the two apart.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  // Off on purpose: recycled log files crash this release of RocksDB when there are several column families.
  options.recycle_log_file_num = 0;
  // The store itself keeps the log short (database.h); what this would flush, it must know of.
  options.max_total_wal_size = std::uint64_t{1} << 40;
  // The store decides when to try again after a failure (database.h), so that it can answer meanwhile.
  options.max_bgerror_resume_count = 0;
  // Connections need file descriptors too.
  options.max_open_files = 512;
  // At opening, for each column family: sixteen, the default, take longer to start than most ledgers' few
  // tables to open.
  options.max_file_opening_threads = 2;
  options.max_background_jobs = 2;
  // Background writes reach the disk in small portions, so that a commit's sync does not wait behind a large
  // one.
  options.bytes_per_sync = 1u << 20;
  // The manifest is read whole at each start.
  options.max_manifest_file_size = 16u << 20;
  options.dump_malloc_stats = false;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> column_descriptors(const StoreOptions& store) {
  const auto cache = rocksdb::NewLRUCache(store.cache_bytes);
  return {{rocksdb::kDefaultColumnFamilyName, column_options(cache, Column::meta)},
          {"records", column_options(cache, Column::records)},
          {"nodes", column_options(cache, Column::nodes)},
          {"keys", column_options(cache, Column::keys)},
          {"index", column_options(cache, Column::index)}};
}

rocksdb::ReadOptions lookup_options() { return {}; }

rocksdb::ReadOptions scan_options() {
  rocksdb::ReadOptions options;
  options.fill_cache = false;  // a scan would throw out what others read again and again
  options.readahead_size = 2u << 20;
  return options;
}

}  // namespace stafett::storage
