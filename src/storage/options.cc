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
  // What the memory or the compression damages while a block is made would have a right checksum.
  table.verify_compression = true;
  // And a filter that wrongly says no would hide an event from its resending.
  table.detect_filter_construct_corruption = true;
  table.format_version = 5;
  return table;
}

rocksdb::ColumnFamilyOptions column_options(const std::shared_ptr<rocksdb::Cache>& cache, Column column) {
  rocksdb::ColumnFamilyOptions options;
  auto table = table_options(cache);
  options.compression = compression();
  options.write_buffer_size = 8u << 20;
  // A table is read back when it has been written, and compared with what was to be in it: before the log
  // that held it goes away, and before damage spreads. The index can be made again.
  options.paranoid_file_checks = column != Column::index;
  // That tables of a level do not overlap, whenever there are others.
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
  // Nor does one with less than there was.
  options.best_efforts_recovery = false;
  // A table that is there but has another size, or is another table under the same name, is damage.
  options.skip_checking_sst_file_sizes_on_db_open = false;
  options.verify_sst_unique_id_in_manifest = true;
  // The manifest says which closed logs there must be, and how long they were: one that is lost is noticed,
  // also when what it held is not counted (folder.h), as keys and signed heads.
  options.track_and_verify_wals_in_manifest = true;
  // Checksums of whole files are not kept: comparing them takes reading everything at each start, and each
  // block that is read has its own. `verify` reads everything. After a power failure the last, unsynced write
  // may lie in the log in part or as rubbish, which kAbsoluteConsistency would call damage. Replay stops
  // there. That a damaged byte further up does not make acknowledged events vanish is checked afterwards,
  // against what was promised (folder.h): the database alone cannot tell the two apart.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  // A commit syncs the log's content and length; its other attributes may be lost.
  options.use_fsync = false;
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

rocksdb::ReadOptions lookup_options() {
  rocksdb::ReadOptions options;
  options.verify_checksums = true;  // of every block that is read from a file
  return options;
}

rocksdb::ReadOptions scan_options() {
  auto options = lookup_options();
  options.fill_cache = false;  // a scan would throw out what others read again and again
  options.readahead_size = 2u << 20;
  return options;
}

}  // namespace stafett::storage
