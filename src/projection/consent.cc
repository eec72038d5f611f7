#include <algorithm>

#include "projection/casebook_state.h"

namespace stafett::projection {

Result<Answer<casework::ConsentStanding>> Casebook::consent(const casework::ConsentQuestion& question,
                                                            const AsOf& as_of) {
  static const auto* scope = event::find_event_type("ConsentRequested")->field("scope");
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  if (std::none_of(scope->enumerators.begin(), scope->enumerators.end(),
                   [&](auto& e) { return e.name == question.scope; }))
    return fail(ErrorCode::invalid_argument, "there is no scope \"" + question.scope + "\"", "scope");
  if (question.recipient.empty()) return fail(ErrorCode::invalid_argument, "no unit is named", "recipient");
  auto id = s.fold.dossiers().find("person/" + question.person);
  if (!id)
    return fail(ErrorCode::not_found, "nothing is known of a person \"" + question.person + "\"", "subject");
  STAFETT_TRY(auto dossier, s.read(*id, q));
  auto standing = with_world(dossier, q.at, [&](const casework::World& world) {
    return casework::consent_standing(world, question);
  });
  return Answer<casework::ConsentStanding>{q.basis(), std::move(standing)};
}

}  // namespace stafett::projection
