#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "layers/layer_check.h"
#include "layers/layer_table.h"

namespace fs = std::filesystem;
using stafett::layers::check_layers;
using stafett::layers::layer_table;
using stafett::layers::Violation;

namespace {

// A copy of the project's own tree, so that the probes stand among real files.
class TreeCopy {
 public:
  TreeCopy() : root_(fs::temp_directory_path() / ("stafett-layers-" + std::to_string(getpid()))) {
    fs::remove_all(root_);
    fs::create_directories(root_);
    for (const char* folder : {"include", "src", "tools", "tests", "bench", "schema"}) {
      const fs::path from = fs::path(STAFETT_SOURCE_DIR) / folder;
      if (fs::exists(from)) fs::copy(from, root_ / folder, fs::copy_options::recursive);
    }
  }
  ~TreeCopy() { fs::remove_all(root_); }
  TreeCopy(const TreeCopy&) = delete;
  TreeCopy& operator=(const TreeCopy&) = delete;

  const fs::path& root() const { return root_; }

  void append(const fs::path& file, const std::string& text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file, std::ios::app) << text << '\n';
  }

 private:
  fs::path root_;
};

struct Probe {
  fs::path file;
  std::string text;
  Violation expected;
};

bool reported(const std::vector<Violation>& violations, const Violation& expected) {
  return std::ranges::any_of(violations, [&](const Violation& violation) {
    return violation.where == expected.where && violation.what.find(expected.what) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("the tree keeps to the layers of the house", "[layers]") {
  for (const Violation& violation : check_layers(STAFETT_SOURCE_DIR)) FAIL_CHECK(violation);
}

TEST_CASE("each planted violation is reported where it stands", "[layers]") {
  const std::vector<Probe> probes = {
      {"include/stafett/core/probe.h",
       "#include \"stafett/ledger/ledger.h\"",
       {"include/stafett/core/probe.h:1", "core may not include ledger"}},
      {"src/casework/probe.cc",
       "\n#include <stafett/storage/store.h>",
       {"src/casework/probe.cc:2", "casework may not include storage"}},
      {"src/client/probe.cc",
       "#include \"stafett/ledger/ledger.h\"",
       {"src/client/probe.cc:1", "client may not include ledger"}},
      {"src/merkle/probe.cc",
       "#include \"core/calendar_tables.h\"",
       {"src/merkle/probe.cc:1", "merkle may not include a private header of core"}},
      {"include/stafett/merkle/probe.h",
       "#include \"merkle/nodes.h\"",
       {"include/stafett/merkle/probe.h:1", "a public header includes a private one"}},
      {"tools/probe.cc",
       "#include \"ledger/tail.h\"",
       {"tools/probe.cc:1", "tools may not include a private header of ledger"}},
      {"src/ledger/probe.cc",
       "  #  include <rocksdb/db.h>",
       {"src/ledger/probe.cc:1", "ledger may not include RocksDB"}},
      {"src/merkle/probe.h",
       "#include <openssl/sha.h>",
       {"src/merkle/probe.h:1", "merkle may not include OpenSSL"}},
      {"src/projection/probe.h",
       "#include <boost/asio.hpp>",
       {"src/projection/probe.h:1", "projection may not include Boost.Asio"}},
      {"src/ledger/probe.h",
       "#include <spdlog/spdlog.h>",
       {"src/ledger/probe.h:1", "ledger may not include spdlog"}},
      {"src/client/probe.h",
       "#include <nlohmann/json.hpp>",
       {"src/client/probe.h:1", "client may not include nlohmann/json"}},
      {"src/casework/probe.h",
       "#include \"stafett/schema/event.capnp.h\"",
       {"src/casework/probe.h:1", "casework sees Cap'n Proto through stafett/schema/event.capnp.h"}},
      {"src/event/probe.h",
       "#include \"event.capnp.h\"",
       {"src/event/probe.h:1", "generated headers are included as"}},
      {"include/stafett/storage/probe.h",
       "#include <rocksdb/db.h>\n#include \"stafett/ledger/ledger.h\"",
       {"include/stafett/storage/probe.h:2", "storage may not include ledger"}},
      {"include/stafett/storage/probe_outer.h", "#include \"stafett/storage/probe.h\"", {"", ""}},
      {"src/ledger/probe_store.h",
       "#include \"stafett/storage/probe_outer.h\"",
       {"src/ledger/probe_store.h:1", "ledger sees RocksDB through stafett/storage/probe_outer.h"}},
      {"src/core/probe.h",
       "#include <boost/regex.hpp>",
       {"src/core/probe.h:1", "a library that no layer owns"}},
      {"src/core/probe_source.cc", "", {"src/core/probe_source.cc", "is not listed in src/CMakeLists.txt"}},
      {"tests/core/probe_test.cc", "", {"tests/core/probe_test.cc", "is not listed in tests/CMakeLists.txt"}},
      {"src/probe.h", "", {"src/probe.h", "is in no layer"}},
      {"src/reporting/probe.h", "", {"src/reporting/probe.h", "is in no layer"}},
      {"include/stafett/probe.h", "", {"include/stafett/probe.h", "is in no layer"}},
      {"src/core/string_utils.h", "", {"src/core/string_utils.h", "is called 'utils'"}},
      {"tests/common/probe.h", "", {"tests/common/probe.h", "is called 'common'"}},
      {"src/CMakeLists.txt",
       "stafett_layer(casework SOURCES probe.cc DEPS core event ledger)",
       {"src/CMakeLists.txt", "casework may not depend on ledger"}},
      {"src/CMakeLists.txt",
       "stafett_layer(reporting SOURCES probe.cc)",
       {"src/CMakeLists.txt", "reporting is not a layer"}},
  };
  const TreeCopy tree;
  for (const Probe& probe : probes) {
    tree.append(probe.file, probe.text);
  }
  const std::vector<Violation> violations = check_layers(tree.root());
  for (const Probe& probe : probes) {
    if (probe.expected.where.empty()) continue;  // only there for the next one
    INFO("planted in " << probe.file << ": " << probe.text);
    CHECK(reported(violations, probe.expected));
  }
}

TEST_CASE("a layer that is allowed but not among the DEPS is reported", "[layers]") {
  const TreeCopy tree;
  tree.append("src/CMakeLists.txt",
              "stafett_layer(storage SOURCES probe.cc DEPS core)  # merkle is forgotten");
  tree.append("src/storage/probe.cc", "#include \"stafett/merkle/hash.h\"");
  CHECK(reported(check_layers(tree.root()),
                 {"src/storage/probe.cc:1", "which its DEPS in src/CMakeLists.txt do not reach"}));

  tree.append("src/CMakeLists.txt", "stafett_layer(storage SOURCES probe.cc DEPS core merkle)");
  CHECK_FALSE(reported(check_layers(tree.root()), {"src/storage/probe.cc:1", ""}));
}

TEST_CASE("no layer may include one that may include it", "[layers]") {
  for (const auto& [layer, allowed] : layer_table()) {
    CHECK_FALSE(allowed.contains(layer));
    for (const auto& lower : allowed) {
      INFO(layer << " and " << lower);
      REQUIRE(layer_table().contains(lower));
      CHECK_FALSE(layer_table().at(lower).contains(layer));
    }
  }
}
