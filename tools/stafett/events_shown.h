#pragma once

#include <string>

#include "stafett/command.h"
#include "stafett/event/new_event.h"
#include "stafett/table.h"

// Events for the screen and for machines.
namespace stafett::tools {

// One line of JSON. `raw` adds the stored bytes and their leaf hash. Errors: corruption.
Result<std::string> json_line(const wire::StoredEvent& event, bool raw);

// "2019-03-12 09:40", in Europe/Stockholm.
std::string short_time(Instant t);

// A value of a field in words: labels of enumerators, yes and no, local times.
std::string in_words(const Globals& globals, const event::Field& field, const event::Value& value);

// Whether the event holds personal content that is neither here nor erased: its key was not restored.
Result<bool> unreadable(const wire::StoredEvent& stored);

// What an event says, one "Label: value" a field, personal content last. `receipt` tells when and why that
// was erased; null when it is not known.
std::vector<std::string> details(const Globals& globals, const event::RecordedEvent& event,
                                 const event::PersonalView& personal,
                                 const event::RecordedEvent* receipt = nullptr);

// One event as a paragraph: a head line, then its details, indented and wrapped.
std::string paragraph(const Globals& globals, const event::RecordedEvent& event,
                      const event::PersonalView& personal, const event::RecordedEvent* receipt = nullptr);

// Whether the event is a receipt of erasure.
bool is_receipt(const event::RecordedEvent& event);

// One event as one line: position, time, stream, label, unit.
std::string short_line(const Globals& globals, const event::RecordedEvent& event);

}  // namespace stafett::tools
