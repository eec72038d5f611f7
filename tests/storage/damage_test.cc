#include <catch2/catch.hpp>

#include "stafett/storage/store.h"
#include "storage/plain_ledger.h"

using namespace stafett;
using namespace stafett::storage;
using support::TempDir;
namespace fs = std::filesystem;

namespace {

void make_ledger(const fs::path& path, std::uint64_t events) {
  auto store = Store::open({.folder = path});
  REQUIRE(store.has_value());
  for (std::uint64_t i = 0; i < events; i += 50) REQUIRE(append_plain(*store.value(), 50).has_value());
  REQUIRE(store.value()->close().has_value());
}

std::vector<fs::path> data_files(const fs::path& path) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    const auto name = entry.path().filename().string();
    if (entry.is_regular_file() && !name.starts_with("LOG") && name != "LOCK" && name != "lock")
      files.push_back(entry.path().lexically_relative(path));
  }
  return files;
}

}  // namespace

TEST_CASE("a folder with foreign files is refused and left untouched", "[storage]") {
  TempDir dir;
  support::write(dir / "notes.txt", "not a ledger");
  const auto before = support::picture_of(dir.path());
  auto store = Store::open({.folder = dir.path()});
  CHECK(store.error().code == ErrorCode::invalid_argument);
  CHECK(support::picture_of(dir.path()) == before);
  CHECK(Store::open({.folder = dir / "notes.txt"}).error().code == ErrorCode::invalid_argument);
  CHECK(support::picture_of(dir.path()) == before);
}

TEST_CASE("after a clean stop any lost or shortened file is found, and nothing is repaired", "[storage]") {
  TempDir dir;
  make_ledger(dir / "whole", 200);
  const auto files = data_files(dir / "whole");
  REQUIRE(files.size() >= 8);
  for (const auto& file : files) {
    for (const bool shorten : {false, true}) {
      INFO(file << (shorten ? " shortened" : " deleted"));
      const auto copy = dir / "copy";
      fs::remove_all(copy);
      fs::copy(dir / "whole", copy, fs::copy_options::recursive);
      const auto size = fs::file_size(copy / file);
      if (shorten && size == 0) continue;
      if (shorten)
        fs::resize_file(copy / file, size - 1);
      else
        fs::remove(copy / file);
      const auto before = support::picture_of(copy);
      auto store = Store::open({.folder = copy});
      REQUIRE(store.has_error());
      CHECK(store.error().code == ErrorCode::corruption);
      auto after = support::picture_of(copy);
      std::erase_if(after,
                    [](const auto& f) { return f.first == "lock" || f.first.find("/LO") != f.first.npos; });
      auto expected = before;
      std::erase_if(expected,
                    [](const auto& f) { return f.first == "lock" || f.first.find("/LO") != f.first.npos; });
      CHECK(after == expected);
    }
  }
}

TEST_CASE("a missing CURRENT never becomes a new ledger", "[storage]") {
  TempDir dir;
  make_ledger(dir / "ledger", 50);
  fs::remove(dir / "ledger" / "store" / "CURRENT");
  for (const bool read_only : {false, true}) {
    auto store = Store::open({.folder = dir / "ledger", .read_only = read_only});
    REQUIRE(store.has_error());
    CHECK(store.error().code == ErrorCode::corruption);
    CHECK(store.error().message.find("CURRENT") != std::string::npos);
  }
}

TEST_CASE("a flipped byte in any file is found when the ledger is opened or read, or does no harm",
          "[storage]") {
  TempDir dir;
  make_ledger(dir / "whole", 400);
  int found = 0, unread = 0;
  for (const auto& file : data_files(dir / "whole")) {
    const auto size = fs::file_size(dir / "whole" / file);
    for (std::uintmax_t at = 3; at < size; at += std::max<std::uintmax_t>(1, size / 11)) {
      INFO(file << " at " << at);
      const auto copy = dir / "copy";
      fs::remove_all(copy);
      fs::copy(dir / "whole", copy, fs::copy_options::recursive);
      auto content = support::content_of(copy / file);
      content[at] = static_cast<char>(content[at] ^ 0x20);
      support::write(copy / file, content);
      auto store = Store::open({.folder = copy, .read_only = at % 2 == 0});
      if (store) {
        if (at % 2 != 0) replay(*store.value());
        // Some bytes say nothing that is asked for: then everything is still right.
        const auto fault = fault_in(*store.value());
        if (fault.empty())
          ++unread;
        else {
          ++found;
          CHECK(fault.find("orruption") != std::string::npos);
          // Nothing more is laid on it, whatever is read now.
          REQUIRE(store.value()->health().damage());
          int told = 0;
          store.value()->health().listen([&](Health::Change change, const std::string& message) {
            CHECK(change == Health::Change::damaged);
            CHECK(message.find("can only be read") != std::string::npos);
            ++told;
          });
          CHECK(fault_in(*store.value()) == fault);
          if (at % 2 != 0)
            CHECK(store.value()->put_note(TreeSize(1), "note").error().code == ErrorCode::corruption);
          CHECK(told == 1);
        }
      } else {
        ++found;
        CHECK(store.error().code == ErrorCode::corruption);
      }
    }
  }
  CHECK(found > unread);
}

TEST_CASE("the parts of two ledgers do not make one", "[storage]") {
  TempDir dir;
  make_ledger(dir / "one", 50);
  make_ledger(dir / "two", 50);
  fs::remove_all(dir / "one" / "store");
  fs::copy(dir / "two" / "store", dir / "one" / "store", fs::copy_options::recursive);
  auto store = Store::open({.folder = dir / "one"});
  REQUIRE(store.has_error());
  CHECK(store.error().code == ErrorCode::corruption);
}
