#pragma once

#include "casework/clause.h"
#include "casework/phrases.h"

// The rule language in plain words, with what its references stand for in one binding.
namespace stafett::casework {

// "Outcome: Open or Not open". What is compared with the event looked at ($event) is said by its name, or by
// its value where that event is given.
Text in_words(const Condition& condition, const Binding& binding, const Fact* event = nullptr);
// "outcome", "kind (request)"
Text in_words(const Path& path);
// What the path gives for that event: "Open, Not open"; "not recorded" for nothing.
Text value_in_words(const Path& path, const Fact& event, const Binding& binding);
// All conditions, "; " between them. Empty for an empty pattern.
Text in_words(const Pattern& pattern, const Binding& binding, const Fact* event = nullptr);
// "Investigation decided or Case closed"; "any event", "any event other than Case closed" for (nearly) all.
Text in_words(const TypeSet& types);
// "Investigation decided [Outcome: Open]": which events, wherever they stand.
Text kind_in_words(const EventPattern& pattern, const Binding& binding);
// The same with its validity and its place: "Investigation decided [Outcome: Open], in the same case"
Text in_words(const EventPattern& pattern, const Binding& binding);
// The same with how often, since when and what may undo it.
Text in_words(const Requirement& requirement, const Binding& binding);
// How the due time comes about: "14 days after 2019-02-01: ends at 2019-02-16 00:00".
Text in_words(const Window& window, const Binding& binding, const std::vector<Date>& holidays);
// Why this person, or stream, is the subject.
Text in_words(const Subjects& subjects, const Binding& binding);

// The first condition that does not hold of the event, in words, with what is recorded instead; empty when
// all hold. `about_another` is set when it is that the event is about somebody else than the subject.
std::optional<Text> first_failing(const Pattern& pattern, const Fact& event, const Binding& binding,
                                  bool& about_another);

}  // namespace stafett::casework
