#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "stafett/merkle/hash.h"

// What the lives of one simulated ledger have experienced, in the order in which it happened: words in memory
// that outlives their processes. What is written here has happened before anything that the process does
// later.
namespace stafett::simulation {

enum class Entry : std::uint64_t {
  attempted,  // group, numbers of events: appended together
  refused,    // group, 1 when the disk failed and it may still turn out to be there
  placed,     // group, position of each event
  found,      // number: read at the next position, though nobody had been told
  settled,    // what has not been found by now is not there
  root,       // size, four words of hash
  erased,     // stream
  dead_key,   // four words: a key-encryption key that has been destroyed
};

class Journal {
 public:
  void add(Entry entry, std::span<const std::uint64_t> words) {
    const auto begin = size_.load();
    if (begin + words.size() + 1 > words_.size()) return;
    words_[begin] = static_cast<std::uint64_t>(entry) | words.size() << 8;
    std::copy(words.begin(), words.end(), words_.begin() + static_cast<std::ptrdiff_t>(begin) + 1);
    size_.store(begin + words.size() + 1);
  }
  // Calls `each` for the entries from the word `from` on; gives the end.
  template <class Each>
  std::size_t read(std::size_t from, Each each) const {
    while (from < size_.load()) {
      const auto count = words_[from] >> 8;
      each(static_cast<Entry>(words_[from] & 255), std::span(words_).subspan(from + 1, count));
      from += count + 1;
    }
    return from;
  }

  // Of a life that found something wrong.
  void fail(std::string_view what) {
    const auto count = std::min(what.size(), failure_.size() - 1);
    std::copy_n(what.begin(), count, failure_.begin());
    failure_[count] = '\0';
  }
  std::string_view failure() const { return failure_.data(); }

  std::uint64_t trace = 0;
  std::uint64_t appended = 0, lives = 0, crashes = 0, errors = 0;

 private:
  std::atomic<std::size_t> size_ = 0;
  std::array<std::uint64_t, 1u << 16> words_{};
  std::array<char, 2048> failure_{};
};

inline std::array<std::uint64_t, 4> words_of(const std::array<std::byte, 32>& bytes) {
  std::array<std::uint64_t, 4> words{};
  std::memcpy(words.data(), bytes.data(), bytes.size());
  return words;
}

}  // namespace stafett::simulation
