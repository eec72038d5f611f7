#include <algorithm>

#include "projection/casebook_state.h"

namespace stafett::projection {
namespace {

bool is_of(const casework::World& world, const casework::CaseFacts& c, std::string_view category,
           std::string_view id) {
  if (category == "case") return c.id == id;
  if (category == "household") return c.household == id;
  if (category != "person") return false;
  if (c.subject == id) return true;
  const auto today = local_date(world.at());
  auto guardian_of = [&](std::string_view child) {
    return std::ranges::count(world.guardians(child, today), id) > 0;
  };
  if (guardian_of(c.subject)) return true;
  return std::ranges::any_of(world.children_of(c, world.at()),
                             [&](std::string_view child) { return child == id || guardian_of(child); });
}

}  // namespace

Result<Answer<std::vector<std::string>>> Casebook::open_cases(std::string_view stream, const AsOf& as_of) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  Answer<std::vector<std::string>> answer{q.basis(), {}};
  const auto id = s.fold.dossiers().find(stream);
  if (!id) return answer;
  STAFETT_TRY(const auto dossier, s.read(*id, q));
  const auto slash = stream.find('/');
  answer.value = with_world(dossier, q.at, [&](const casework::World& world) {
    std::vector<std::string> open;
    for (const auto* c : world.cases())
      if (c->open_at(q.at) && is_of(world, *c, stream.substr(0, slash), stream.substr(slash + 1)))
        open.emplace_back(c->id);
    return open;
  });
  return answer;
}

}  // namespace stafett::projection
