#pragma once

#include <string>

namespace stafett::storage {

// For engine.h: notes that the calling thread reads that file.
void note_read(const std::string& path);

}  // namespace stafett::storage
