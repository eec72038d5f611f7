#pragma once

#include <string>

namespace stafett::storage {

// The file of the store that the calling thread has read last, as the database asked for it; empty when there
// is none. For saying where it was when the database ends the process instead of returning an error: a build
// with assertions, as Debian's, does that on some damaged files, because it looks at one block of a table
// (its properties) before it has compared the checksum.
std::string file_read_last();

}  // namespace stafett::storage
