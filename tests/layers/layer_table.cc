#include "layers/layer_table.h"

#include <algorithm>

namespace stafett::layers {

const std::map<std::string, std::set<std::string>>& layer_table() {
  static const std::map<std::string, std::set<std::string>> table = {
      {"core", {}},
      {"crypto", {"core"}},
      {"merkle", {"core", "crypto"}},
      {"schema", {}},
      {"event", {"core", "schema"}},
      {"storage", {"core", "crypto", "merkle"}},
      {"ledger", {"core", "crypto", "merkle", "schema", "event", "storage"}},
      {"casework", {"core", "event"}},
      // What a bundle with a household has to hold follows from what events name, which casework knows.
      {"evidence", {"core", "crypto", "merkle", "schema", "event", "casework"}},
      {"projection", {"core", "crypto", "merkle", "event", "ledger", "casework"}},
      {"wire", {"core", "crypto", "merkle", "schema", "event"}},
      {"server",
       {"core", "crypto", "merkle", "schema", "event", "storage", "ledger", "casework", "projection",
        "evidence", "wire"}},
      {"client", {"core", "crypto", "merkle", "event", "wire"}},
      {"tools",
       {"core", "crypto", "merkle", "schema", "event", "storage", "ledger", "casework", "projection",
        "evidence", "wire", "server", "client"}},
  };
  return table;
}

const std::set<std::string>* may_include(const std::string& layer) {
  const auto found = layer_table().find(layer);
  return found == layer_table().end() ? nullptr : &found->second;
}

const Library* library_of(std::string_view path) {
  static const std::vector<Library> libraries = {
      {"Boost.Outcome", {"boost/outcome"}, {"core"}, true},  // behind core/result.h, which everybody includes
      {"Boost.Container", {"boost/container/"}, {"casework"}},  // small_vector: most paths reach one value
      {"date", {"date/"}, {"core"}},
      {"OpenSSL", {"openssl/"}, {"crypto"}},
      {"RocksDB", {"rocksdb/"}, {"storage"}},
      {"Cap'n Proto", {"capnp/", "kj/"}, {"schema", "event", "evidence", "wire"}},
      {"Boost.Asio", {"boost/asio", "boost/system"}, {"server", "client"}},
      {"spdlog", {"spdlog/", "fmt/"}, {"server", "tools"}},
      {"nlohmann/json", {"nlohmann/"}, {"event", "casework", "tools"}},
      {"CLI11", {"CLI/"}, {"tools"}},
      {"Catch2", {"catch2/"}, {}},
  };
  for (const Library& library : libraries) {
    for (const std::string_view prefix : library.prefixes) {
      if (path.starts_with(prefix)) return &library;
    }
  }
  return nullptr;
}

bool is_system_header(std::string_view path) {
  if (path.starts_with("sys/") || path.starts_with("netinet/") || path.starts_with("arpa/")) return true;
  if (path.find('/') != std::string_view::npos) return false;
  static const std::set<std::string_view> posix = {
      "dirent.h", "dlfcn.h",   "fcntl.h",  "locale.h", "malloc.h",  "netdb.h",
      "poll.h",   "pthread.h", "signal.h", "spawn.h",  "stdio.h",   "stdlib.h",
      "string.h", "termios.h", "time.h",   "unistd.h", "langinfo.h"};
  return posix.contains(path) || std::ranges::all_of(path, [](char c) {
           return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

}  // namespace stafett::layers
