#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <memory>

namespace stafett::support {

// The machine's file system, except that writing fails on demand. A failing write may leave a part of itself
// behind, as a full disk does; a failing sync leaves everything behind, unpromised.
class FaultyFileSystem : public rocksdb::FileSystemWrapper {
 public:
  enum class Fault : int { none, disk_full, io_error, sync_fails };

  FaultyFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FaultyFileSystem"; }

  void set(Fault fault) { fault_ = fault; }
  Fault fault() const { return fault_; }
  // How many operations have been made to fail.
  int failures() const { return failures_; }
  // An environment on top of a file system. It must outlive the store.
  static std::unique_ptr<rocksdb::Env> environment(const std::shared_ptr<FaultyFileSystem>& fs) {
    return rocksdb::NewCompositeEnv(fs);
  }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override {
    // The diagnostic log may do as it likes.
    if (name.find("/LOG") != name.npos) return target()->NewWritableFile(name, options, result, debug);
    if (auto failed = failure(false); !failed.ok()) return failed;
    auto status = target()->NewWritableFile(name, options, result, debug);
    if (status.ok()) result->reset(new File(std::move(*result), *this));
    return status;
  }

 private:
  rocksdb::IOStatus failure(bool syncing) {
    switch (fault_.load()) {
      case Fault::none:
        return rocksdb::IOStatus::OK();
      case Fault::sync_fails:
        if (!syncing) return rocksdb::IOStatus::OK();
        ++failures_;
        return rocksdb::IOStatus::IOError("injected sync failure");
      case Fault::io_error:
        ++failures_;
        return rocksdb::IOStatus::IOError("injected failure");
      case Fault::disk_full:
        ++failures_;
        return rocksdb::IOStatus::NoSpace("injected full disk");
    }
    return rocksdb::IOStatus::OK();
  }

  class File : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(std::unique_ptr<rocksdb::FSWritableFile>&& file, FaultyFileSystem& fs)
        : FSWritableFileOwnerWrapper(std::move(file)), fs_(fs) {}

    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
      if (auto failed = fs_.failure(false); !failed.ok()) {
        (void)target()->Append(rocksdb::Slice(data.data(), data.size() / 2), options, debug);
        return failed;
      }
      return target()->Append(data, options, debug);
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             const rocksdb::DataVerificationInfo&, rocksdb::IODebugContext* debug) override {
      return Append(data, options, debug);
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
      if (auto failed = fs_.failure(true); !failed.ok()) return failed;
      return target()->Sync(options, debug);
    }
    rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
      if (auto failed = fs_.failure(true); !failed.ok()) return failed;
      return target()->Fsync(options, debug);
    }

   private:
    FaultyFileSystem& fs_;
  };

  std::atomic<Fault> fault_ = Fault::none;
  std::atomic<int> failures_ = 0;
};

}  // namespace stafett::support
