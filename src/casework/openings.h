#pragma once

#include <boost/container/small_vector.hpp>
#include <optional>
#include <vector>

#include "casework/clause.h"

// When a clause applies: each opening becomes one obligation for each of its subjects.
namespace stafett::casework {

struct Opening {
  const Fact* trigger = nullptr;
  Instant start;
  const CaseFacts* in_case = nullptr;
  std::optional<Period> period;
  std::optional<Instant> ends;  // the state it depends on ended then
  const Fact* ended_by = nullptr;
  bool gap = false;  // shape f: settled by what closed the gap, not by `must`
  const Fact* gap_closed_by = nullptr;
  bool continued = false;  // repeated: begun by the settlement of the one before, which is the trigger
  bool by_clock = false;   // a date triggers it, not `trigger`, which only says whom it is about
  std::string_view child;  // whom it is about, where the clause goes by that (perChild)
  std::string_view about;  // the stream it is about, where that is not the trigger's own
};

// Openings of the clause in the world, by time. For repeated clauses only the first of each state: the judge
// goes on from settlement to settlement. `horizon` is lowered to the next moment at which the clock itself
// opens one.
std::vector<Opening> openings(const Clause& clause, const World& world, Instant& horizon);

// The child it is about, empty when about none: that of `perChild`, else the trigger's, else the case's (a
// forum's meeting is about the child of the case it names).
std::string_view child_of(const Opening& opening);

// The persons (or the stream's id) of an opening, sorted. Who is a child is judged on that date.
using Subjected = boost::container::small_vector<std::string_view, 4>;
Subjected subjects_of(const Subjects& subjects, const Opening& opening, const World& world, Date on);

}  // namespace stafett::casework
