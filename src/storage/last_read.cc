#include "storage/last_read.h"

#include "stafett/storage/engine.h"

namespace stafett::storage {
namespace {

thread_local std::string last_read;

}  // namespace

void note_read(const std::string& path) { last_read = path; }

std::string file_read_last() { return last_read; }

}  // namespace stafett::storage
