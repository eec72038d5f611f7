#pragma once

#include "casework/openings.h"

// What the kinds of triggers share.
namespace stafett::casework {

Binding binding_of(const World& world, const Fact* trigger);
// The facts that match the clause's event and may trigger it in this dossier, by time.
std::vector<const Fact*> matching(const Clause& clause, const World& world);
Opening opened_by(const Fact* fact);

// Trigger::Kind calendar, birthday and once. `horizon` as for `openings`.
void by_calendar(const Clause& clause, const World& world, std::vector<Opening>& out, Instant& horizon);
void by_birthday(const Clause& clause, const World& world, std::vector<Opening>& out, Instant& horizon);
void on_date(const Clause& clause, const World& world, std::vector<Opening>& out, Instant& horizon);

}  // namespace stafett::casework
