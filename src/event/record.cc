#include "event/record.h"

#include <capnp/message.h>

#include <cstring>

#include "event/words.h"
#include "stafett/event/new_event.h"
#include "stafett/schema/record.capnp.h"

namespace stafett::event {
namespace {

constexpr std::size_t word = 8;
// The Record as this release writes it: format, position, streamVersion, recordedAt; appendedBy, sealed,
// event.
constexpr Shape record_shape{4, 3};
constexpr std::uint16_t appended_by_pointer = 0, sealed_pointer = 1, event_pointer = 2;

auto damaged(std::string message) { return fail(ErrorCode::corruption, std::move(message)); }

std::uint64_t load_word(BytesView bytes, std::size_t index) {
  std::uint64_t value;
  std::memcpy(&value, bytes.data() + index * word, word);
  return value;
}

// A structure pointer in the first segment: where its target begins, and its two section sizes as they stand.
struct StructPointer {
  std::size_t target = 0;
  std::uint32_t sizes = 0;
};

Result<StructPointer> struct_pointer(BytesView record, std::size_t index) {
  std::uint64_t p = load_word(record, index);
  if ((p & 3) != 0 || p == 0) return damaged("a record whose structure is broken");
  auto offset = static_cast<std::int32_t>(static_cast<std::uint32_t>(p)) >> 2;
  StructPointer out{index + 1 + static_cast<std::size_t>(std::int64_t{offset}),
                    static_cast<std::uint32_t>(p >> 32)};
  std::size_t need = (out.sizes & 0xffff) + (out.sizes >> 16), have = record.size() / word;
  if (out.target > have || have - out.target < need) return damaged("a record whose structure is broken");
  return out;
}

}  // namespace

Bytes encode_record(const NewEvent& event, const Place& place, BytesView sealed) {
  static thread_local WordWriter writer;
  writer.clear();
  std::size_t root = writer.add(1), body = writer.add(record_shape.data_words + record_shape.pointers);
  writer.point_to_struct(root, body, record_shape);
  writer.store(body, 0, record_format, 2);
  writer.store(body, 1 * word, place.position.value, word);
  writer.store(body, 2 * word, place.version.value, word);
  writer.store(body, 3 * word, static_cast<std::uint64_t>(micros(place.recorded_at)), word);
  std::size_t pointers = body + record_shape.data_words;
  if (!place.appended_by.empty()) writer.text(pointers + appended_by_pointer, place.appended_by);
  if (!sealed.empty()) writer.data(pointers + sealed_pointer, sealed);
  // The content is one segment whose first word points to its Event. Pointers are relative, so that the rest
  // is the same wherever it stands: it becomes the record's tail, byte for byte.
  std::uint32_t sizes = static_cast<std::uint32_t>(load_word(event.content, 0) >> 32);
  writer.point_to_struct(pointers + event_pointer, writer.size(),
                         {static_cast<std::uint16_t>(sizes), static_cast<std::uint16_t>(sizes >> 16)});
  Bytes record = writer.bytes();
  record.insert(record.end(), event.content.begin() + word, event.content.end());
  return record;
}

Result<bool> same_content(BytesView record, const NewEvent& event) {
  if (record.size() % word != 0 || record.size() < word) return damaged("a record that is no whole words");
  STAFETT_TRY(auto root, struct_pointer(record, 0));
  std::size_t data_words = root.sizes & 0xffff, pointers = root.sizes >> 16;
  if (pointers <= event_pointer) return damaged("a record without an event");
  STAFETT_TRY(auto at, struct_pointer(record, root.target + data_words + event_pointer));
  BytesView tail = record.subspan(at.target * word), body = BytesView(event.content).subspan(word);
  return at.sizes == static_cast<std::uint32_t>(load_word(event.content, 0) >> 32) &&
         tail.size() == body.size() && std::memcmp(tail.data(), body.data(), body.size()) == 0;
}

Result<std::span<const std::uint64_t>> record_words(BytesView record, std::vector<std::uint64_t>& copy) {
  if (record.size() % word != 0 || record.empty()) return damaged("a record that is no whole words");
  std::size_t n = record.size() / word;
  if (reinterpret_cast<std::uintptr_t>(record.data()) % alignof(std::uint64_t) == 0)
    return std::span(reinterpret_cast<const std::uint64_t*>(record.data()), n);
  copy.resize(n);
  std::memcpy(copy.data(), record.data(), record.size());
  return std::span<const std::uint64_t>(copy);
}

Result<Bytes> sealed_personal(BytesView record) {
  std::vector<std::uint64_t> copy;
  STAFETT_TRY(auto words, record_words(record, copy));
  try {
    kj::ArrayPtr<const capnp::word> segments[] = {
        {reinterpret_cast<const capnp::word*>(words.data()), words.size()}};
    capnp::SegmentArrayMessageReader message(segments,
                                             {.traversalLimitInWords = words.size() * 2, .nestingLimit = 8});
    auto stored = message.getRoot<schema::Record>();
    if (stored.getFormat() != record_format)
      return damaged("not a record of a format that this release knows");
    auto sealed = stored.getSealed();
    BytesView view(reinterpret_cast<const std::byte*>(sealed.begin()), sealed.size());
    return Bytes(view.begin(), view.end());
  } catch (const kj::Exception&) {
    return damaged("a record whose structure is broken");
  }
}

}  // namespace stafett::event
