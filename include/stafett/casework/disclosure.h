#pragma once

#include <cstdint>
#include <vector>

#include "stafett/casework/judge.h"

// What may be published of figures about few people (domain.md 5.4). Pure.
//
// A cell is hidden when it counts fewer than the threshold, or has 1 to threshold - 1 in its numerator or
// beside it, when a rate of 0 or 100 % would tell of each of fewer than ten, and when it differs by few from
// an indicator that it is a part of. Beside it, further cells are hidden until nobody can work out what is
// hidden: neither from this table, nor together with the same question by fewer dimensions, nor with
// indicators that show the same denominator.
//
// It guards one question and its totals, for one period, as of one time. Who may ask freely (other periods,
// other times, other filters) can take differences between answers; that is the quality controller. Managers
// are given frozen figures.
namespace stafett::casework {

inline constexpr std::uint32_t threshold_default = 5;

// The question with the indicators added that have to be counted to know what may be shown of those asked
// for.
FigureQuery widened(FigureQuery query);

// Whether the question may be published at all: of whole months, by at most two dimensions beside period and
// unit (5.4 no. 4); by disability, unaccompanied or placed only by whole years and whole municipalities (no.
// 6). Errors: invalid_argument that says which.
Result<void> publishable(const FigureQuery& query);

// `figures` answer the widened question, with all their groups. Both give those that were asked for.
// `marked` shows everything, and sets `suppressed` where `published` would hide.
std::vector<Figure> marked(std::vector<Figure> figures, const FigureQuery& query, std::uint32_t threshold);

// Without the numbers of hidden cells, with lines for groups of which it may not be known that there is
// nobody in them, and with medians of five values or more and 90th percentiles of twenty or more (no. 7).
// Errors: those of `publishable`; too_large when the table has too many cells to be checked.
Result<std::vector<Figure>> published(std::vector<Figure> figures, const FigureQuery& query,
                                      std::uint32_t threshold);

}  // namespace stafett::casework
