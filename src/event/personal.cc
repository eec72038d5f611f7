#include <capnp/message.h>

#include "event/record.h"
#include "event/words.h"
#include "stafett/event/new_event.h"
#include "stafett/schema/event.capnp.h"

namespace stafett::event {

Bytes encode_personal(const Personal& personal) {
  WordWriter writer;
  std::size_t root = writer.add(1), body = writer.add(1);
  writer.point_to_struct(root, body, {0, 1});
  std::vector<Value> members(personal.size() * 2), rows(personal.size());
  for (std::size_t i = 0; i < personal.size(); ++i) {
    members[i * 2] = Value::of(std::string_view(personal[i].first));
    members[i * 2 + 1] = Value::of(std::string_view(personal[i].second));
    rows[i] = Value::row(std::span(members).subspan(i * 2, 2));
  }
  writer.rows(body, personal_item_layout(), rows);
  return writer.bytes();
}

Result<Personal> decode_personal(BytesView bytes) {
  std::vector<std::uint64_t> copy;
  STAFETT_TRY(auto words, record_words(bytes, copy));
  try {
    kj::ArrayPtr<const capnp::word> segments[] = {
        {reinterpret_cast<const capnp::word*>(words.data()), words.size()}};
    capnp::SegmentArrayMessageReader message(segments,
                                             {.traversalLimitInWords = words.size() * 2, .nestingLimit = 8});
    Personal personal;
    for (auto item : message.getRoot<schema::Personal>().getEntries()) {
      auto name = item.getName(), value = item.getValue();
      personal.emplace_back(std::string(name.begin(), name.size()), std::string(value.begin(), value.size()));
    }
    return personal;
  } catch (const kj::Exception&) {
    return fail(ErrorCode::corruption, "unsealed personal content whose structure is broken");
  }
}

}  // namespace stafett::event
