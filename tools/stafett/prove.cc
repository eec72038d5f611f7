#include <memory>

#include "stafett/answers_json.h"
#include "stafett/command.h"

namespace stafett::tools {
namespace {

// {"hashes":[…]}, also for a person: who asks for a proof wants the hashes.
int print_proof(const wire::ProofAnswer& proof) {
  Json out;
  out["hashes"] = Json::array();
  for (auto& hash : proof.hashes) out["hashes"].push_back(to_hex(hash));
  print(out);
  return done;
}

}  // namespace

void add_prove(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("prove", "a proof about the tree, hashes in RFC 9162 order");
  command->require_subcommand(1);
  command->fallthrough();

  struct Inclusion {
    std::uint64_t position = 0;
    std::optional<std::uint64_t> size;
  };
  auto* inclusion = command->add_subcommand("inclusion", "that an event is in the tree");
  auto asked = std::make_shared<Inclusion>();
  add_number(*inclusion, "POSITION", asked->position, "of the event")->required();
  add_number(*inclusion, "--size", asked->size, "of the tree (default: the present size)");
  inclusion->fallthrough();
  inclusion->callback(asking(globals, run, [&globals, asked](client::Connection& connection) -> Result<int> {
    wire::InclusionRequest request{Position(asked->position), {}};
    if (asked->size) request.size = TreeSize(*asked->size);
    STAFETT_TRY(auto proof, connection.inclusion(request));
    return print_proof(proof);
  }));

  struct Consistency {
    std::uint64_t older = 0, newer = 0;
  };
  auto* consistency =
      command->add_subcommand("consistency", "that the tree of size N continues that of size M");
  auto sizes = std::make_shared<Consistency>();
  add_number(*consistency, "M", sizes->older, "size of the older tree, 1 or more")->required();
  add_number(*consistency, "N", sizes->newer, "size of the newer tree")->required();
  consistency->fallthrough();
  consistency->callback([&globals, &run, sizes] {
    run = [&globals, sizes] {
      // RFC 9162 2.1.4.1 proves 0 < m <= n; that every tree continues the empty one needs no proof.
      if (sizes->older == 0)
        return report({ErrorCode::invalid_argument,
                       "the older size is out of range: a proof is of a tree of at least 1 event",
                       "M",
                       {}});
      return with_connection(globals, [&](client::Connection& connection) -> Result<int> {
        STAFETT_TRY(auto proof, connection.consistency({TreeSize(sizes->older), TreeSize(sizes->newer)}));
        return print_proof(proof);
      });
    };
  });
}

}  // namespace stafett::tools
