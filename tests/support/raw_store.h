#pragma once

#include <rocksdb/db.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "storage/identity.h"
#include "support/temp_dir.h"

namespace stafett::support {

// Somebody who writes into a stopped ledger's database behind its back, and knows enough to cover the traces
// in the file LEDGER.
class RawStore {
 public:
  explicit RawStore(const std::filesystem::path& folder) : folder_(folder) {
    const auto path = (folder / "store").string();
    std::vector<std::string> names;
    check(rocksdb::DB::ListColumnFamilies({}, path, &names));
    std::vector<rocksdb::ColumnFamilyDescriptor> columns;
    for (const auto& name : names) columns.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    check(rocksdb::DB::Open({}, path, columns, &handles, &db));
    db_.reset(db);
    for (std::size_t i = 0; i < names.size(); ++i) columns_[names[i]] = handles[i];
  }
  ~RawStore() {
    check(db_->Flush({}, handles()));
    for (const auto& [name, handle] : columns_) check(db_->DestroyColumnFamilyHandle(handle));
    check(db_->Close());
    auto identity = storage::Identity::parse(content_of(folder_ / "LEDGER"));
    if (!identity) std::abort();
    identity.value().state = storage::Identity::State::running;
    write(folder_ / "LEDGER", identity.value().to_text());
  }
  RawStore(const RawStore&) = delete;
  RawStore& operator=(const RawStore&) = delete;

  std::string get(const std::string& column, const std::string& key) {
    std::string value;
    check(db_->Get({}, columns_.at(column), key, &value));
    return value;
  }
  void put(const std::string& column, const std::string& key, const std::string& value) {
    check(db_->Put({}, columns_.at(column), key, value));
  }
  void remove(const std::string& column, const std::string& key) {
    (void)get(column, key);
    check(db_->Delete({}, columns_.at(column), key));
  }
  void drop(const std::string& column) {
    check(db_->DropColumnFamily(columns_.at(column)));
    check(db_->DestroyColumnFamilyHandle(columns_.at(column)));
    columns_.erase(column);
  }
  std::vector<std::string> keys(const std::string& column) {
    std::vector<std::string> keys;
    std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, columns_.at(column)));
    for (it->SeekToFirst(); it->Valid(); it->Next()) keys.push_back(it->key().ToString());
    check(it->status());
    return keys;
  }

 private:
  static void check(const rocksdb::Status& status) {
    if (!status.ok()) std::abort();
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles() const {
    std::vector<rocksdb::ColumnFamilyHandle*> out;
    for (const auto& [name, handle] : columns_) out.push_back(handle);
    return out;
  }

  std::filesystem::path folder_;
  std::unique_ptr<rocksdb::DB> db_;
  std::map<std::string, rocksdb::ColumnFamilyHandle*> columns_;
};

}  // namespace stafett::support
