#include "stafett/merkle/tree.h"

#include <catch2/catch.hpp>

#include "merkle/grown_tree.h"

using namespace stafett;
using namespace stafett::merkle;

TEST_CASE("the root of every tree up to 300 leaves is the RFC's", "[merkle]") {
  const GrownTree grown(300);
  Tree tree;
  std::vector<Hash> nodes;
  CHECK(tree.root() == reference::root({}));
  for (std::size_t n = 1; n <= 300; ++n) {
    tree.append(leaf_hash(grown.leaves[n - 1]), nodes);
    const auto expected = reference::root(std::span(grown.leaves).first(n));
    REQUIRE(tree.root() == expected);
    REQUIRE(grown.root_at(n) == expected);
  }
}

TEST_CASE("every complete node is found at the place computed from its name", "[merkle]") {
  const GrownTree grown(300);
  std::size_t found = 0;
  for (unsigned level = 0; level <= 8; ++level)
    for (std::uint64_t index = 0; (index + 1) << level <= 300; ++index, ++found) {
      const auto begin = index << level, length = std::uint64_t{1} << level;
      REQUIRE(grown.nodes.at(place_of({level, index})) ==
              reference::root(std::span(grown.leaves).subspan(begin, length)));
    }
  CHECK(found == grown.nodes.size());
  CHECK(found == complete_node_count(TreeSize(300)));
}

TEST_CASE("a tree goes on from its right edge as if it had never stopped", "[merkle]") {
  const GrownTree grown(300);
  for (std::uint64_t size = 0; size <= 300; ++size) {
    std::vector<Hash> edge;
    for (auto node : complete_nodes({0, size})) edge.push_back(grown.nodes[place_of(node)]);
    Tree tree(TreeSize(size), edge);
    auto nodes =
        std::vector(grown.nodes.begin(),
                    grown.nodes.begin() + static_cast<std::ptrdiff_t>(complete_node_count(TreeSize(size))));
    for (auto i = size; i < 300; ++i) tree.append(leaf_hash(grown.leaves[i]), nodes);
    REQUIRE(nodes == grown.nodes);
    REQUIRE(tree.root() == grown.tree.root());
  }
}
