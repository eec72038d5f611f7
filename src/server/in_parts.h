#pragma once

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <vector>

#include "server/part.h"
#include "server/weight.h"

namespace stafett::server {

// Asks once, at the first part, and hands the items out, at most so many a part; everything else is repeated
// in each.
template <class Answer, class Item>
Parts in_parts(std::function<Result<Answer>()> ask, std::vector<Item> Answer::*items, std::size_t items_max) {
  struct Held {
    std::function<Result<Answer>()> ask;
    std::optional<Answer> rest;  // without the items
    std::vector<Item> items;
    std::size_t given = 0;
    std::size_t bytes = 0;  // of all items
  };
  auto held = std::make_shared<Held>();
  held->ask = std::move(ask);
  return [held, items, items_max]() -> Part {
    if (!held->rest) {
      auto answer = held->ask();
      if (!answer) return failed(std::move(answer).error());
      held->rest = std::move(answer).value();
      held->items = std::move((*held->rest).*items);
      ((*held->rest).*items).clear();
      held->bytes = weight(held->items);
    }
    auto count = std::min(items_max, held->items.size() - held->given);
    auto begin = held->items.begin() + static_cast<std::ptrdiff_t>(held->given);
    auto end = begin + static_cast<std::ptrdiff_t>(count);
    Answer part = *held->rest;
    (part.*items).assign(std::make_move_iterator(begin), std::make_move_iterator(end));
    held->given += count;
    if (held->given == held->items.size()) return whole(std::move(part));
    return {std::move(part), Part::Then::more, {}, held->bytes};
  };
}

}  // namespace stafett::server
