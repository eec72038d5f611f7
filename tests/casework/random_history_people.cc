// Who lives together, who is whose guardian and when, and the forum of a year.
#include "casework/random_history_teller.h"

namespace stafett::history {

namespace {

Date years_before(Date day, int years) {
  auto c = civil(day);
  return make_date(int(c.year()) - years, unsigned(c.month()), unsigned(c.day()));
}

void register_person(Teller& t, const std::string& id, Date born, const std::string& precision) {
  json data = {{"personId", id}, {"birthDate", format_date(born)}, {"birthDatePrecision", precision}};
  if (t.chance(25)) data["disability"] = t.pick({"yes", "yes", "none", "unknown"});
  t.tell("PersonRegistered", "person/" + id, "bergby/ifoReception",
         t.on(add_days(t.base, t.number(-60, -30))), data);
}

// Some turn 18 in the middle of it all, some were born on a leap day, of some only month or year is known.
void register_child(Teller& t, const std::string& id) {
  if (t.chance(4)) return;  // nobody has registered this child
  auto born = add_days(t.base, -365 * t.number(1, 16) - t.number(0, 364));
  if (t.chance(35)) born = add_days(years_before(t.base, 18), t.number(-10, 140));
  if (t.chance(10)) born = make_date(int(t.pick(std::vector<int>{2000, 2004, 2012})), 2, 29);
  register_person(t, id, born, t.chance(80) ? "day" : t.pick({"month", "year"}));
}

void relate(Teller& t, const Household& h, const std::string& from, const std::string& to,
            const std::string& kind, Date since, std::optional<Date> until) {
  json data = {{"householdId", h.id},
               {"fromPersonId", from},
               {"toPersonId", to},
               {"relation", kind},
               {"validFrom", format_date(since)}};
  auto when = t.on(add_days(t.base, t.number(-40, -20)));
  if (until && t.chance(50)) {  // the end becomes known later
    t.tell("FamilyRelationRecorded", "household/" + h.id, "bergby/ifoReception", when, data);
    when = t.on(add_days(t.base, t.number(-10, 10)));
  }
  if (until) data["validTo"] = format_date(*until);
  t.tell("FamilyRelationRecorded", "household/" + h.id, "bergby/ifoReception", when, data);
}

}  // namespace

Household tell_household(Teller& t, int number) {
  auto tag = std::to_string(number);
  Household h{"h" + tag, {"a" + tag, "b" + tag}, {}};
  for (auto& adult : h.adults) register_person(t, adult, add_days(t.base, -365 * t.number(25, 50)), "day");
  std::string guest;  // a guardian from outside
  int children = int(t.pick(std::vector<int>{1, 1, 2, 2, 3}));
  for (int c = 1; c <= children; ++c) {
    Child child{"k" + tag + std::to_string(c), {}};
    register_child(t, child.id);
    auto born = add_days(t.base, -365 * 20);
    for (auto& adult : h.adults) {
      if (t.chance(20)) continue;
      child.guardians.push_back(adult);
      std::optional<Date> until;
      if (t.chance(20)) until = add_days(t.base, t.number(-5, 5));
      relate(t, h, adult, child.id, t.chance(90) ? "guardian" : "specialGuardian", born, until);
    }
    if (t.chance(15)) {
      if (guest.empty()) {
        guest = "g" + tag;
        register_person(t, guest, add_days(t.base, -365 * 60), "year");
      }
      child.guardians.push_back(guest);
      relate(t, h, guest, child.id, t.pick({"specialGuardian", "guardian", "fosterParent", "trustee"}),
             add_days(t.base, t.number(-5, 5)), {});
    }
    h.children.push_back(child);
  }
  return h;
}

}  // namespace stafett::history
