#include <algorithm>

#include "casework/texts.h"

// The family in the world: persons and their ages, guardianship, households.
namespace stafett::casework {

using event::find_event_type;

Date Person::reaches(int age) const {
  auto birth = civil(birth_date);
  int year = static_cast<int>(birth.year());
  auto month = static_cast<unsigned>(birth.month());
  // The last day that the birth may have been on: make_date clips to the month's end.
  auto last = precision == Precision::year    ? make_date(year, 12, 31)
              : precision == Precision::month ? make_date(year, month, 31)
                                              : birth_date;
  auto day = civil(last);
  // Born on 29 February: a year older on 1 March of a common year.
  bool skipped = day.month() == std::chrono::February && static_cast<unsigned>(day.day()) == 29 &&
                 !std::chrono::year(year + age).is_leap();
  return skipped
             ? make_date(year + age, 3, 1)
             : make_date(year + age, static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

int Person::age_on(Date on) const {
  int age = static_cast<int>(civil(on).year()) - static_cast<int>(civil(birth_date).year());
  return reaches(age) <= on ? age : age - 1;
}

void World::index_people() {
  static const auto* registered = find_event_type("PersonRegistered");
  static const auto* related = find_event_type("FamilyRelationRecorded");
  for (auto* f : of_type(registered->ordinal)) {
    Person p;
    p.id = text_of(*f, "personId");
    p.birth_date = field_of(*f, "birthDate").date();
    auto precision = text_of(*f, "birthDatePrecision");
    p.precision = precision == "year"    ? Person::Precision::year
                  : precision == "month" ? Person::Precision::month
                                         : Person::Precision::day;
    p.gender = text_of(*f, "gender");
    p.disability = text_of(*f, "disability");
    if (auto u = field_of(*f, "unaccompanied"); u.present()) p.unaccompanied = u.boolean();
    people_.insert_or_assign(p.id, p);
  }
  for (auto* f : of_type(related->ordinal)) {
    Relation r;
    r.household = text_of(*f, "householdId");
    r.from = text_of(*f, "fromPersonId");
    r.to = text_of(*f, "toPersonId");
    r.kind = text_of(*f, "relation");
    r.valid_from = field_of(*f, "validFrom").date();
    if (auto to = field_of(*f, "validTo"); to.present()) r.valid_to = to.date();
    // The same relation told again replaces what was told before: so an end date can be added later.
    auto same = std::find_if(relations_.begin(), relations_.end(), [&](const Relation& o) {
      return o.household == r.household && o.from == r.from && o.to == r.to && o.kind == r.kind &&
             o.valid_from == r.valid_from;
    });
    if (same != relations_.end())
      *same = r;
    else
      relations_.push_back(r);
  }
}

// What was told first counts, relations before cases.
void World::index_households() {
  for (auto& r : relations_)
    for (auto id : {r.from, r.to}) households_.emplace(id, r.household);
  for (auto* c : cases_by_time_) {
    if (c->household.empty()) continue;
    std::vector<std::string_view> named{c->subject};
    add_texts(named, field_of(*c->opened, "childrenInHousehold"));
    for (auto id : named) households_.emplace(id, c->household);
  }
}

const Person* World::person(std::string_view id) const {
  auto found = people_.find(id);
  return found == people_.end() ? nullptr : &found->second;
}

bool World::is_minor(std::string_view id, Date on) const {
  auto* p = person(id);
  return !p || on < p->adult_from();
}

bool World::may_be_child(std::string_view id) const {
  if (person(id)) return true;
  bool cares = std::any_of(relations_.begin(), relations_.end(), [&](auto& r) {
    return r.from == id && r.kind != "sibling" && r.kind != "householdMember";
  });
  bool adult = std::any_of(cases_by_time_.begin(), cases_by_time_.end(),
                           [&](auto* c) { return c->kind == "adult" && c->subject == id; });
  return !cares && !adult;
}

std::vector<std::string_view> World::guardians(std::string_view id, Date on) const {
  std::vector<std::string_view> out;
  for (auto& r : relations_)
    if (r.to == id && (r.kind == "guardian" || r.kind == "specialGuardian") && r.in_force(on))
      out.push_back(r.from);
  sort_unique(out);
  return out;
}

std::vector<std::string_view> World::wards(std::string_view id, Date on) const {
  std::vector<std::string_view> out;
  for (auto& r : relations_)
    if (r.from == id && (r.kind == "guardian" || r.kind == "specialGuardian") && r.in_force(on) &&
        is_minor(r.to, on))
      out.push_back(r.to);
  sort_unique(out);
  return out;
}

std::vector<std::string_view> World::household_members(std::string_view household, Date on) const {
  std::vector<std::string_view> out;
  if (household.empty()) return out;
  for (auto& r : relations_)
    if (r.household == household && r.in_force(on)) {
      out.push_back(r.from);
      out.push_back(r.to);
    }
  for (auto* c : cases_by_time_)
    if (c->household == household && local_date(c->opened->when) <= on) {
      out.push_back(c->subject);
      add_texts(out, field_of(*c->opened, "childrenInHousehold"));
    }
  sort_unique(out);
  return out;
}

std::vector<std::string_view> World::household_minors(std::string_view household, Date on) const {
  auto out = household_members(household, on);
  std::erase_if(out, [&](auto id) { return !may_be_child(id) || !is_minor(id, on); });
  return out;
}

std::string_view World::household_of(std::string_view id) const {
  auto found = households_.find(id);
  return found == households_.end() ? std::string_view{} : found->second;
}

}  // namespace stafett::casework
