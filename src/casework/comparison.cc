#include "stafett/casework/comparison.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace stafett::casework {
namespace {

using Key = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view,
                       std::optional<Position>>;

// What begins with the same trigger again and again (repeated, by period) is told apart by its order in time.
std::map<Key, std::vector<const ObligationView*>> by_key(const Judgement& judgement) {
  std::map<Key, std::vector<const ObligationView*>> out;
  for (auto& j : judgement.judged) {
    if (!j.of_rule) continue;
    auto& o = j.obligation;
    out[{o.rule, o.stream, o.case_id, o.subject, o.triggered_by}].push_back(&o);
  }
  for (auto& [key, same] : out)
    std::stable_sort(same.begin(), same.end(),
                     [](auto* a, auto* b) { return a->created_at < b->created_at; });
  return out;
}

bool agree(const ObligationView& a, const ObligationView& b) {
  return a.state == b.state && a.due_at == b.due_at && a.warn_at == b.warn_at && a.severity == b.severity &&
         a.legal_ref == b.legal_ref;
}

}  // namespace

std::vector<ObligationChange> changes(const Judgement& before, const Judgement& after) {
  auto old = by_key(before), now = by_key(after);
  std::vector<ObligationChange> out;
  for (auto& [key, list] : old) now.try_emplace(key);
  for (auto& [key, list] : now) {
    auto& was = old[key];
    for (std::size_t i = 0; i < std::max(was.size(), list.size()); ++i) {
      ObligationChange change;
      if (i < was.size() && i < list.size() && agree(*was[i], *list[i])) continue;
      if (i < was.size()) change.before = owned(*was[i]);
      if (i < list.size()) change.after = owned(*list[i]);
      out.push_back(std::move(change));
    }
  }
  std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) {
    auto &x = a.before ? *a.before : *a.after, &y = b.before ? *b.before : *b.after;
    return std::tie(x.rule, x.created_at, x.subject) < std::tie(y.rule, y.created_at, y.subject);
  });
  return out;
}

}  // namespace stafett::casework
