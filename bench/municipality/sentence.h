#pragma once

#include <string>

#include "chance.h"
#include "household.h"
#include "stafett/schema/event.capnp.h"
#include "step.h"

namespace stafett::municipality {

// One event being put into words: who and what it names, by the ids that all events of the story use.
struct Sentence {
  schema::Event::Builder event;
  const Story& story;
  const Step& step;
  const Household& h;
  const std::string& prefix;
  Chance chance;  // for what nobody decided

  std::string id(char kind, std::uint64_t number) const {
    return prefix + kind + "-" + std::to_string(story.number) + "-" + std::to_string(number);
  }
  std::string person(unsigned who) const { return id('p', who); }
  std::string who() const { return person(step.who); }
  std::string ref(char kind) const { return id(kind, step.ref); }
  std::string case_id() const { return id(step.file >= adult_files ? 'a' : 'c', step.file % adult_files); }
  std::string household_id() const { return prefix + "h-" + std::to_string(story.number); }
  unsigned district() const { return story.of_household ? h.district : step.who; }
  std::string unit(Unit unit) const;
  std::string unit() const { return unit(step.unit); }
  std::int64_t at() const { return micros(step.occurred); }
  std::int32_t day(int later = 0) const {
    return static_cast<std::int32_t>(
               std::chrono::floor<std::chrono::days>(step.occurred).time_since_epoch().count()) +
           later;
  }
  schema::Flag flag(bool yes) const { return yes ? schema::Flag::YES : schema::Flag::NO; }
  schema::Flag mostly(unsigned percent) { return flag(chance.percent(percent)); }
  // The list of texts of one id, or of the children.
  template <class Init>
  void one(Init init, const std::string& text) const {
    init(1u).set(0, text.c_str());
  }
  template <class Init>
  void children(Init init) const {
    auto list = init(h.children);
    for (unsigned i = 0; i < h.children; ++i) list.set(i, person(h.adults + i).c_str());
  }
};

// Each sets the event's stream and data. False: the step is another's to tell.
bool word_family(Sentence& s);
bool word_investigation(Sentence& s);
bool word_participation(Sentence& s);
bool word_collaboration(Sentence& s);
bool word_town(Sentence& s);

}  // namespace stafett::municipality
