// Who lives together, who is whose guardian and when, and the forum of a year.
#include "casework/random_history_teller.h"

namespace stafett::history {

namespace {

Date years_before(Date day, int years) {
  auto c = civil(day);
  return make_date(int(c.year()) - years, unsigned(c.month()), unsigned(c.day()));
}

void register_person(Teller& t, const std::string& id, Date born, const std::string& precision) {
  t.tell("PersonRegistered", "person/" + id, "bergby/ifoReception",
         t.on(add_days(t.base, t.number(-60, -30))),
         {{"personId", id}, {"birthDate", format_date(born)}, {"birthDatePrecision", precision}});
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

// A 2+2 meeting between two sides, around the turn of a year.
void tell_forum(Teller& t) {
  auto stream = "forum/" + t.new_id("f");
  auto since = add_days(t.base, t.number(-500, 30));
  json data = {{"forumId", stream.substr(6)},
               {"kind", t.chance(80) ? "twoPlusTwo" : "steeringGroup"},
               {"purpose", "follow-up"},
               {"parties", {"bergby/board", "bergby/management"}},
               {"validFrom", format_date(since)}};
  if (t.chance(30)) data["minMeetingsPerYear"] = t.number(1, 4);
  if (t.chance(20)) data["validTo"] = format_date(add_days(since, t.number(1, 500)));
  t.tell("ForumEstablished", stream, "bergby/board", t.on(add_days(since, -1)), data);
  int year = int(civil(t.base).year());
  for (int n = int(t.number(1, 6)); n > 0; --n) {
    json attended = {{{"role", "boardChair"}, {"unitId", "bergby/board"}}};
    if (t.chance(80)) attended.push_back({{"role", "headOfAdministration"}, {"unitId", "bergby/management"}});
    if (t.chance(20)) attended.push_back({{"role", "police"}, {"personId", "x"}});
    if (t.chance(5)) attended = json::array();
    auto held = t.chance(60) ? t.on(add_days(t.base, t.number(-100, 100)))
                             : t.near(start_of_day(make_date(year + int(t.number(0, 1)), 1, 1)));
    t.tell("MeetingHeld", stream, "bergby/board", held,
           {{"meetingId", t.new_id("m")}, {"attended", attended}, {"childRightsItem", t.chance(50)}},
           "heldAt");
  }
}

}  // namespace stafett::history
