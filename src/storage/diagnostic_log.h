#pragma once

#include <rocksdb/env.h>

#include <filesystem>
#include <memory>

namespace stafett::storage {

// The file in which the database notes what it finds odd, for whoever has to find out why; warnings and
// worse. The database's own log is not used because it ends the process when a line of it cannot be written:
// in a build with assertions, as Debian's, with the second line on a full disk. Here such a line is lost.
// When the file is large it is begun anew at opening, and the one before it is kept as LOG.old.
std::shared_ptr<rocksdb::Logger> diagnostic_log(const std::filesystem::path& folder);

// For a ledger that is only read: it may lie on a medium where nothing can be created.
std::shared_ptr<rocksdb::Logger> no_diagnostic_log();

}  // namespace stafett::storage
