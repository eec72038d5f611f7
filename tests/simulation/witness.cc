#include "simulation/witness.h"

#include <algorithm>

#include "simulation/disk.h"
#include "simulation/failure.h"
#include "stafett/event/recorded_event.h"
#include "stafett/merkle/stream_map.h"
#include "support/reference_tree.h"

namespace stafett::simulation {
namespace {

std::array<std::uint64_t, 4> root_words(const merkle::Hash& root) { return words_of(root); }

std::string at(std::uint64_t position) { return " at position " + std::to_string(position); }

}  // namespace

void require(bool condition, const std::string& what) {
  if (!condition) give_up(what);
}

Result<std::vector<Bytes>> Witness::records() const {
  std::vector<Bytes> out;
  STAFETT_TRY(
      ledger_.scan(Position(0), ledger_.next_position(), [&](Position, BytesView record) -> Result<void> {
        out.emplace_back(record.begin(), record.end());
        return ok();
      }));
  return out;
}

Result<void> Witness::record(const ledger::StoredRecord& stored, std::uint64_t position) const {
  require(stored.position.value == position, "a record has another position" + at(position));
  STAFETT_TRY(const auto event, event::decode_record(stored.bytes));
  const auto expected = model_.events.at(position);
  const auto name = expected.stream_name();
  require(event.position.value == position && event.stream == name, "another stream" + at(position));
  const auto positions = model_.positions_of(name);
  require(positions.at(event.version.value) == position, "another version" + at(position));
  if (expected.is_receipt()) {
    require(event.event_type().name == "PersonalDataErased", "no receipt" + at(position));
    return ok();
  }
  require(event::format_event_id(event.id) == expected.id(), "another event" + at(position));
  STAFETT_TRY(const bool same, event::same_content(stored.bytes, expected.build()));
  require(same, "other content" + at(position));
  STAFETT_TRY(const auto view, ledger_.unseal(stored.bytes));
  const bool erased = expected.personal() && model_.erased.contains(expected.stream());
  require(view.erased == erased,
          std::string(erased ? "erased content is readable" : "content is not readable") + at(position));
  if (erased) require(!view.personal, "erased content is shown" + at(position));
  if (expected.personal() && !erased)
    require(view.personal == event::Personal{{"note", expected.text()}},
            "other personal content" + at(position));
  return ok();
}

// A tail that nobody has been told of: whole appends that were in doubt, in the order in which they were
// made.
void Witness::explain(std::span<const Bytes> beyond) {
  std::uint64_t group_before = 0;
  while (!beyond.empty()) {
    const auto outline = event::outline_record(beyond.front());
    require(outline.has_value(), "a record beyond what was acknowledged is damaged");
    const auto id = event::format_event_id(outline.value().id);
    const auto begins = [&](const auto& entry) {
      const auto first = entry.second.front();
      if (first.is_receipt())
        return outline.value().stream == first.stream_name() && !outline.value().sealed &&
               event::decode_record(beyond.front()).value().event_type().name == "PersonalDataErased";
      return first.id() == id;
    };
    const auto found = std::ranges::find_if(model_.in_doubt, begins);
    require(found != model_.in_doubt.end(),
            "an event that nobody appended, or that was refused" + at(model_.events.size()));
    const auto group = found->second;
    require(found->first > group_before, "appends in another order" + at(model_.events.size()));
    group_before = found->first;
    require(beyond.size() >= group.size(), "half an append" + at(model_.events.size()));
    for (std::size_t i = 0; i < group.size(); ++i) {
      const std::uint64_t number = group[i].number;
      if (!group[i].is_receipt())
        require(event::format_event_id(event::outline_record(beyond[i]).value().id) == group[i].id(),
                "half an append" + at(model_.events.size()));
      journal_.add(Entry::found, std::span(&number, 1));
      if (group[i].is_receipt()) {
        const std::uint64_t stream = group[i].stream();
        journal_.add(Entry::erased, std::span(&stream, 1));
      }
      model_.catch_up(journal_);
    }
    beyond = beyond.subspan(group.size());
  }
}

Result<void> Witness::take_stock() {
  STAFETT_TRY(const auto stored, records());
  const auto known = model_.events.size();
  require(stored.size() >= known, std::to_string(known) +
                                      " events had been acknowledged or read, the ledger holds " +
                                      std::to_string(stored.size()));
  std::span<const Bytes> beyond = std::span(stored).subspan(known);
  if (model_.events.empty() && !beyond.empty()) {
    const std::uint64_t first = Event::first().number;
    journal_.add(Entry::found, std::span(&first, 1));
    model_.catch_up(journal_);
    beyond = beyond.subspan(1);
  }
  explain(beyond);
  journal_.add(Entry::settled, {});
  model_.catch_up(journal_);
  return everything();
}

Result<void> Witness::everything() const {
  STAFETT_TRY(const auto stored, records());
  require(stored.size() == model_.events.size(), "the ledger holds " + std::to_string(stored.size()) +
                                                     " events instead of " +
                                                     std::to_string(model_.events.size()));
  require(ledger_.head().size.value == stored.size() && ledger_.head().root == reference::root(stored),
          "the head's root is not that of the records");
  for (std::size_t p = 0; p < stored.size(); ++p) {
    STAFETT_TRY(record({Position(p), stored[p]}, p));
  }
  for (const auto& [size, root] : model_.roots) {
    STAFETT_TRY(const auto now, ledger_.root_at(TreeSize(size)));
    require(root_words(now) == root, "the root of size " + std::to_string(size) + " has changed");
  }
  if (!stored.empty()) {
    STAFETT_TRY(stream("rules/base"));
  }
  for (std::uint64_t s = 0; s < Event::streams; ++s) {
    STAFETT_TRY(stream(Event::of(1, s, false, false).stream_name()));
  }
  STAFETT_TRY(const auto heads, ledger_.signed_heads(TreeSize(0), 1000));
  for (const auto& signed_head : heads) {
    STAFETT_TRY(head(signed_head));
  }
  auto words = root_words(ledger_.head().root);
  const std::array<std::uint64_t, 5> entry{stored.size(), words[0], words[1], words[2], words[3]};
  journal_.add(Entry::root, entry);
  model_.catch_up(journal_);
  return ok();
}

Result<void> Witness::stream(const std::string& name) const {
  const auto positions = model_.positions_of(name);
  STAFETT_TRY(const auto last, ledger_.last_version(name));
  require(last == (positions.empty() ? std::nullopt : std::optional(Version(positions.size() - 1))),
          "another last version of " + name);
  if (positions.empty()) return ok();
  STAFETT_TRY(const auto stored, ledger_.read_stream(name, Version(0), 100'000, SIZE_MAX));
  require(stored.size() == positions.size(), "another number of events in " + name);
  for (std::size_t i = 0; i < stored.size(); ++i) {
    STAFETT_TRY(record(stored[i], positions[i]));
  }
  return ok();
}

Result<void> Witness::something(std::uint64_t draw) const {
  const auto size = model_.events.size();
  if (size == 0) return ok();
  const auto p = draw / 3 % size;
  switch (draw % 3) {
    case 0: {
      STAFETT_TRY(const auto stored, ledger_.read(Position(p), 3, SIZE_MAX));
      require(stored.size() == std::min<std::size_t>(3, size - p), "another number of records" + at(p));
      for (std::size_t i = 0; i < stored.size(); ++i) {
        STAFETT_TRY(record(stored[i], p + i));
      }
      return ok();
    }
    case 1: {
      STAFETT_TRY(const auto stored, ledger_.read_at({Position(p), Position(size - 1)}));
      STAFETT_TRY(record(stored.at(0), p));
      return record(stored.at(1), size - 1);
    }
    default:
      return stream(model_.events[p].stream_name());
  }
}

Result<void> Witness::proofs(std::uint64_t draw) const {
  STAFETT_TRY(const auto stored, records());
  if (stored.empty()) return ok();
  const auto size = 1 + draw % stored.size(), p = draw / 1000 % size, older = 1 + draw / 1'000'000 % size;
  const auto leaves = std::span(stored).first(size);
  STAFETT_TRY(const auto inclusion, ledger_.inclusion_proof(Position(p), TreeSize(size)));
  require(inclusion == reference::inclusion_proof(p, leaves), "another inclusion proof" + at(p));
  STAFETT_TRY(const auto consistency, ledger_.consistency_proof(TreeSize(older), TreeSize(size)));
  require(consistency == reference::consistency_proof(older, leaves), "another consistency proof");
  return ok();
}

Result<void> Witness::head(const ledger::SignedTreeHead& head) const {
  const auto size = head.checkpoint.size.value;
  require(size >= 1 && size <= model_.events.size(), "a signed head of a size that never was");
  STAFETT_TRY(auto stored, records());
  require(head.checkpoint.root == reference::root(std::span(stored).first(size)),
          "a signed head of another tree, of size " + std::to_string(size));
  merkle::StreamMap map;
  for (std::size_t p = 0; p < size; ++p) {
    const auto name = model_.events[p].stream_name();
    const auto positions = model_.positions_of(name);
    const auto version = std::ranges::find(positions, p) - positions.begin();
    map.set(merkle::stream_key(name), {Version(static_cast<std::uint64_t>(version)), Position(p)});
  }
  require(head.checkpoint.streams == map.root(), "a signed head of other streams");
  return ok();
}

void Witness::no_dead_key(const std::filesystem::path& folder, const Model& model) {
  if (model.dead_keys.empty()) return;
  const auto picture = Disk::picture(folder);
  for (const auto& words : model.dead_keys) {
    std::array<std::byte, 32> key{};
    std::memcpy(key.data(), words.data(), key.size());
    for (const auto& [name, content] : picture)
      require(content.find(to_hex(key)) == content.npos && content.find(as_chars(key)) == content.npos,
              "a destroyed key is in " + name);
  }
}

}  // namespace stafett::simulation
