#pragma once

#include <rocksdb/db.h>

#include <vector>

#include "stafett/storage/store.h"

namespace stafett::storage {

// The column families, in the order in which the database is opened and its handles are kept.
enum class Column : std::size_t { meta, records, nodes, keys, index };
inline constexpr std::size_t column_count = 5;

// Every setting of the database, each with its reason, in one place.
rocksdb::DBOptions database_options(const StoreOptions& options, const std::filesystem::path& path);
std::vector<rocksdb::ColumnFamilyDescriptor> column_descriptors(const StoreOptions& options);

// For looking things up, and for passing through once.
rocksdb::ReadOptions lookup_options();
rocksdb::ReadOptions scan_options();

}  // namespace stafett::storage
