#include "simulation/model.h"

#include <algorithm>

#include "simulation/failure.h"
#include "support/event_builder.h"

namespace stafett::simulation {

std::string Event::stream_name() const {
  return is_first() ? "rules/base" : "case/c" + std::to_string(stream());
}

std::string Event::id() const { return support::event_id(is_first() ? ~std::uint64_t{0} : number); }

std::string Event::text() const {
  return "Elin " + std::to_string(number) + " " + std::string(number >> 8 & 127, 'x');
}

event::NewEvent Event::build(bool other) const {
  if (is_first())
    return support::Draft{id(), "RuleSetAdopted", "rules/base",
                          R"("ruleSetId":"base","inForceFrom":"1900-01-01","rules":[])"}
        .build();
  const auto case_id = "c" + std::to_string(stream());
  auto draft = (number & 1) ? support::child_heard(number, case_id) : support::case_opened(number, case_id);
  if (personal()) draft.personal = R"("note":")" + text() + "\"";
  if (other) draft.time = "2019-03-12T10:00:00+01:00";
  return draft.build();
}

void Model::catch_up(const Journal& journal) {
  read_ =
      journal.read(read_, [this](Entry entry, std::span<const std::uint64_t> words) { take(entry, words); });
}

void Model::take(Entry entry, std::span<const std::uint64_t> words) {
  switch (entry) {
    case Entry::attempted: {
      auto& group = in_doubt[words[0]];
      for (const auto number : words.subspan(1)) {
        group.push_back({number});
        if (!group.back().is_receipt()) next_serial = std::max(next_serial, (number >> 8) + 1);
      }
      next_group = words[0] + 1;
      break;
    }
    case Entry::refused:
      if (words[1] != 0) break;
      for (const auto event : in_doubt.at(words[0])) refused.push_back(event);
      in_doubt.erase(words[0]);
      break;
    case Entry::placed: {
      const auto group = in_doubt.at(words[0]);
      for (std::size_t i = 0; i < group.size(); ++i) {
        const auto position = words[1 + i];
        if (position > events.size() || (position < events.size() && events[position] != group[i]))
          give_up("an append was given position " + std::to_string(position) + " of " +
                  std::to_string(events.size()));
        if (position == events.size()) events.push_back(group[i]);
      }
      in_doubt.erase(words[0]);
      break;
    }
    case Entry::found:
      events.push_back({words[0]});
      break;
    case Entry::settled:
      for (const auto& [number, group] : in_doubt) refused.insert(refused.end(), group.begin(), group.end());
      in_doubt.clear();
      break;
    case Entry::root:
      std::ranges::copy(words.subspan(1), roots[words[0]].begin());
      break;
    case Entry::erased:
      erased.insert(words[0]);
      break;
    case Entry::dead_key:
      dead_keys.emplace_back();
      std::ranges::copy(words, dead_keys.back().begin());
      break;
  }
}

std::uint64_t Model::count_in(const std::string& stream) const { return positions_of(stream).size(); }

std::vector<std::uint64_t> Model::positions_of(const std::string& stream) const {
  std::vector<std::uint64_t> positions;
  for (std::size_t p = 0; p < events.size(); ++p)
    if (events[p].stream_name() == stream) positions.push_back(p);
  return positions;
}

std::optional<std::uint64_t> Model::position_of(Event event) const {
  const auto found = std::ranges::find(events, event);
  if (found == events.end()) return std::nullopt;
  return static_cast<std::uint64_t>(found - events.begin());
}

bool Model::has_personal(std::uint64_t stream) const {
  return std::ranges::any_of(events, [&](Event e) {
    return !e.is_first() && !e.is_receipt() && e.stream() == stream && e.personal();
  });
}

}  // namespace stafett::simulation
