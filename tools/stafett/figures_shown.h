#pragma once

#include <string>
#include <vector>

#include "stafett/answers_json.h"
#include "stafett/core/period.h"
#include "stafett/in_words.h"
#include "stafett/wire/messages.h"

namespace stafett::tools {

// Figures with all that an answer names, so that it can be asked again.
struct Statistics {
  Period period;
  wire::Basis basis;
  std::uint32_t threshold = 0;
  std::vector<wire::Figure> figures;
};

// Of an answer to `request`; where it gives no period, that is the calendar year of the answer.
Statistics statistics_of(const wire::IndicatorsRequest& request, wire::FiguresAnswer answer);

// What stands for a number that is hidden: the same whether it is small or hidden beside a small one, for to
// tell them apart would disclose.
inline constexpr const char* hidden_mark = "..";

// A value as what it is: a share in percent, a time in days, a count or a mean as a number.
std::string value_in_words(const wire::Figure& figure);
std::string number_in_words(const std::optional<double>& value);  // at most two decimals; "–" when absent

// For people: a table, then a line that says what it rests on.
void print_figures(const Globals& globals, const RuleNames& names, const Statistics& statistics);
// "2019", or its first and last day.
std::string in_words(const Period& period);

// One line of --json: the contract's, then the period and when it was judged.
Json to_json(const wire::Figure& figure, const Statistics& statistics);

}  // namespace stafett::tools
