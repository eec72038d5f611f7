#include <set>

#include "projection/casebook_state.h"

namespace stafett::projection {

Result<std::vector<std::string>> Casebook::tied_streams(const std::string& case_id) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask({}));
  const auto id = s.fold.dossiers().find("case/" + case_id);
  if (!id) return fail(ErrorCode::not_found, "there is no case \"" + case_id + "\"", "case");
  const auto own = s.fold.dossiers().own(*id);
  STAFETT_TRY(const auto events, events_at(s.ledger, {own.begin(), own.end()}));
  std::set<std::string> streams;
  for (const auto& event : events) {
    streams.emplace(event.stream);
    streams.merge([&] {
      const auto named = casework::tied_streams(event);
      return std::set<std::string>(named.begin(), named.end());
    }());
  }
  return std::vector<std::string>(streams.begin(), streams.end());
}

}  // namespace stafett::projection
