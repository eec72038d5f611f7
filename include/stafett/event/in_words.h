#pragma once

#include <string>

#include "stafett/core/instant.h"
#include "stafett/event/catalogue.h"
#include "stafett/event/value.h"

// What events hold, as a person reads it.
namespace stafett::event {

// "2019-03-12 09:40", in Europe/Stockholm.
std::string short_time(Instant t);

// A value of a field: labels of enumerators, yes and no, local times; a long text by its size. Empty when
// absent.
std::string in_words(const Field& field, const Value& value, Language language);

}  // namespace stafett::event
