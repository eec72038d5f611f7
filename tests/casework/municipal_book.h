#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "casework/registry.h"
#include "stafett/casework/adoption.h"

// The base rule set with others adopted after it.
namespace stafett::support {

inline casework::RuleBook with(casework::RuleBook book, const std::string& json) {
  auto set = casework::RuleSet::parse(json, book.ids());
  if (!set) throw std::runtime_error(set.error().message);
  if (auto allowed = casework::may_adopt(set.value(), book); !allowed)
    throw std::runtime_error(allowed.error().message);
  auto sets = book.sets();
  sets.push_back({std::make_shared<casework::RuleSet>(std::move(set.value())), Position(sets.size()), {}});
  return casework::RuleBook(std::move(sets));
}

// With the sets of all four municipalities.
inline casework::RuleBook municipal_book() {
  auto book = base_book();
  for (auto name : {"eskilstuna", "lekeberg", "stockholm", "ekero"})
    book = with(std::move(book), read_file(std::string("schema/rules/") + name + ".json"));
  return book;
}

}  // namespace stafett::support
