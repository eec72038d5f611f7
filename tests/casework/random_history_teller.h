#pragma once

#include <random>
#include <string>

#include "casework/random_history.h"
#include "stafett/core/calendar.h"

// The pen that writes a random history. For the random_history files only.
namespace stafett::history {

using nlohmann::json;

struct Child {
  std::string id;
  std::vector<std::string> guardians;
};

// A case that has been told of.
struct KnownCase {
  std::string id, subject, unit;
  bool adult = false;
  Instant opened;

  std::string stream() const { return "case/" + id; }
};

struct Household {
  std::string id;
  std::vector<std::string> adults;
  std::vector<Child> children;
  std::vector<KnownCase> cases = {};
};

class Teller {
 public:
  Teller(std::uint64_t seed, const Wishes& wishes);

  const Wishes wishes;
  Date base;  // the day the story turns around

  // Chance.
  bool chance(int percent) { return number(1, 100) <= percent; }
  std::int64_t number(std::int64_t from, std::int64_t to);  // both included
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[std::size_t(number(0, std::int64_t(from.size()) - 1))];
  }
  std::string pick(std::initializer_list<const char*> from) {
    return pick(std::vector<std::string>(from.begin(), from.end()));
  }
  std::string new_id(const char* prefix) { return prefix + std::to_string(++ids_); }

  template <class T>
  std::vector<T> some(const std::vector<T>& of, int percent) {
    std::vector<T> out;
    for (auto& item : of)
      if (chance(percent)) out.push_back(item);
    return out;
  }

  // Time. A moment on that day, with a liking for midnights and the hours in which clocks change.
  Instant on(Date day);
  Instant after(Instant t, int days_max) {
    return t + std::chrono::seconds(number(0, std::int64_t(days_max) * 86400));
  }
  // On, just before or just after a limit, or anywhere in the days around it.
  Instant near(Instant limit);

  // Writes an event that happens at `when`. Where `own` names a field of data, it tells that time, and the
  // event is now and then registered later than it happened.
  void tell(const char* type, const std::string& stream, const std::string& unit, Instant when, json data,
            const char* own = nullptr);
  // A correction of events[index] at that time.
  static json correction(const json& event, Instant when, const std::string& id, json fields, bool voids);
  std::string uuid();

  std::vector<json> events;

 private:
  std::mt19937_64 random_;
  int ids_ = 0;
};

Household tell_household(Teller& teller, int number);
void tell_child_case(Teller& teller, Household& household, const Child& child);
void tell_adult_case(Teller& teller, Household& household);
void tell_collaboration(Teller& teller, const Household& household);
void tell_consents(Teller& teller, const Household& household);
void tell_dangers(Teller& teller, const Household& household);
void tell_measures(Teller& teller, const Household& household);
void tell_sip(Teller& teller, const Household& household);
void tell_team(Teller& teller, const std::vector<Household>& households);
void tell_forum(Teller& teller);
void tell_agreement(Teller& teller);
void tell_documents(Teller& teller);
void tell_quality(Teller& teller);
void tell_corrections(Teller& teller);

}  // namespace stafett::history
