#pragma once

#include "stafett/storage/store.h"
#include "storage/database.h"
#include "storage/folder.h"

// How the database of a ledger's folder is opened.
namespace stafett::storage {

inline constexpr std::string_view head_key = "head";
inline constexpr std::string_view ledger_key = "ledger";

// What the database holds; an empty one has no head yet. Errors: corruption; as reading.
Result<Head> read_head(const Database& database);
Result<Head> parse_head(const std::optional<Bytes>& value);

// For reading, and only if it is the folder's and holds everything that has been acknowledged. Errors:
// corruption otherwise.
Result<std::shared_ptr<Database>> open_examined(const Folder& folder, StoreOptions options);

// For writing; notes in the folder that it is no longer stopped. With `beside_reader` another handle is still
// reading it. Errors: unavailable when the disk is too full for that: nothing that was there is lost.
Result<std::shared_ptr<Database>> open_writable(Folder& folder, const StoreOptions& options,
                                                bool beside_reader);

// Whether open_writable seems worth trying: what the log holds will be written to tables. Errors:
// unavailable.
Result<void> check_room_to_open(const Folder& folder);

}  // namespace stafett::storage
