#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "stafett/casework/answers.h"
#include "stafett/casework/world.h"

// Sentences in both languages at once: the words of explanations.
namespace stafett::casework {

using Text = event::Label;

// The pattern of either language with its {1}, {2}… replaced by the arguments in that language.
Text phrase(std::string_view english, std::string_view swedish, std::initializer_list<Text> arguments = {});
// The same in both: an id, a number.
Text plain(std::string_view text);
Text number(double n);                        // without a fraction where it has none
Text moment(Instant t);                       // "2019-03-12 09:40"
Text day(Date date);                          // "2019-03-12"
Text time_between(Instant from, Instant to);  // "3 days", "2 h 5 min"; local days beyond two days
Text decapitalised(Text text);                // for a label inside a sentence

// "a, b or c"; "a, b and c"; "a; b". Empty for none.
Text either(std::span<const Text> items);
Text both(std::span<const Text> items);
Text listed(std::span<const Text> items);

Text in_words(Severity severity);
Text in_words(State state);

// "Concern report received (position 12, 2019-01-21 08:30, eskilstuna/ifoReception)"
Text in_words(const Fact& fact);
// The label of an event type.
const Text& label_of(std::uint16_t type);

}  // namespace stafett::casework
