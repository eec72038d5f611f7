#include "stafett/ocel_export.h"

namespace stafett::tools::ocel {
namespace {

std::string_view category_of(std::string_view stream) { return stream.substr(0, stream.find('/')); }

Json links(const std::set<Relationship>& related) {
  auto out = Json::array();
  for (auto& r : related) {
    Json link;
    link["objectId"] = r.object;
    link["qualifier"] = r.qualifier;
    out.push_back(std::move(link));
  }
  return out;
}

}  // namespace

Export::Export(client::Connection& connection, OutputFile& out, bool identifying, Say say)
    : connection_(connection), out_(out), identifying_(identifying), say_(std::move(say)) {}

Result<void> Export::survey() {
  static const auto correction = event::find_event_type("EventCorrected")->ordinal;
  auto each = [&](wire::StoredEvent stored) -> Result<void> {
    STAFETT_TRY(auto outline, event::outline_record(stored.record));
    end_ = Position(outline.position.value + 1);
    if (outline.type == correction) {
      STAFETT_TRY(auto event, event::decode_record(stored.record));
      corrected_by_.push_back(std::move(event));
    }
    return ok();
  };
  STAFETT_TRY(connection_.events(wire::ReadRequest{Position(0), {}}, each));
  std::vector<const event::RecordedEvent*> all;
  for (auto& event : corrected_by_) all.push_back(&event);
  corrections_ = casework::Corrections(all);
  return ok();
}

void Export::counted(const event::RecordedEvent& event, const Counted& each) const {
  if (corrections_.voids(event.id)) return;
  std::vector<std::vector<event::Value>> values;
  std::vector<std::shared_ptr<const void>> keep;
  each({event, corrections_.apply(event, values, keep)});
}

Result<void> Export::item(const Json& value) {
  STAFETT_TRY(out_.write(first_ ? "\n" : ",\n"));
  first_ = false;
  // Invalid UTF-8 cannot come out of the ledger; should it, the log is still JSON.
  return out_.write(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Result<void> Export::begin(const char* name) {
  first_ = true;
  return out_.write(std::string("\"") + name + "\":[");
}

Result<void> Export::write(const Scope& scope) {
  auto each = [&](wire::StoredEvent stored) { return write_event(scope, stored); };
  STAFETT_TRY(connection_.events(wire::ReadRequest{Position(0), end_.value}, each));
  if (events_ == 0) return fail(ErrorCode::not_found, "the ledger has no event of what was asked for");
  std::vector<Json> event_types, object_types;
  for (auto type : types_) event_types.push_back(event_type(event::event_types()[type], identifying_));
  std::set<std::string_view> categories;
  for (auto& name : objects_) categories.insert(category_of(name));
  for (auto category : categories) object_types.push_back(object_type(category, identifying_));
  STAFETT_TRY(out_.write("\n],\n"));
  STAFETT_TRY(write_list("eventTypes", event_types));
  STAFETT_TRY(out_.write(",\n"));
  STAFETT_TRY(write_objects());
  STAFETT_TRY(out_.write(",\n"));
  STAFETT_TRY(write_list("objectTypes", object_types));
  return out_.write("}\n");
}

Result<void> Export::write_event(const Scope& scope, const wire::StoredEvent& stored) {
  STAFETT_TRY(auto decoded, event::decode_record(stored.record));
  Result<void> written = ok();
  auto write = [&](const Corrected& e) {
    auto related = scope.told(e);
    if (related.empty()) return;
    if (events_++ == 0) {
      written = out_.write("{");
      if (written) written = begin("events");
    }
    if (written) written = item(ocel::event(e, related, identifying_));
    types_.insert(e.event.type);
    for (auto& r : related) objects_.insert(std::move(r.object));
  };
  counted(decoded, write);
  say_("events", events_);
  return written;
}

Result<void> Export::write_list(const char* name, const std::vector<Json>& values) {
  STAFETT_TRY(begin(name));
  for (auto& value : values) {
    STAFETT_TRY(item(value));
  }
  return out_.write("\n]");
}

Result<void> Export::replay(const std::string& stream, const Counted& each) {
  auto take = [&](wire::StoredEvent stored) -> Result<void> {
    STAFETT_TRY(auto decoded, event::decode_record(stored.record));
    if (decoded.position < end_) counted(decoded, each);
    return ok();
  };
  auto read = connection_.events(wire::HistoryRequest{stream, Version(), {}}, take);
  // Many are named without having a stream of their own: a parent in no case, a school.
  if (!read && read.error().code != ErrorCode::not_found) return read;
  return ok();
}

// Who is whose guardian or sibling stands in the streams of households, and is said of the persons. A log
// tells no period for it: the events do.
Result<void> Export::read_relations() {
  static const auto& type = *event::find_event_type("FamilyRelationRecorded");
  static const auto from = type.field("fromPersonId")->index, to = type.field("toPersonId")->index,
                    relation = type.field("relation")->index;
  for (auto& name : objects_) {
    if (category_of(name) != "household") continue;
    auto take = [&](const Corrected& e) {
      if (e.event.type != type.ordinal) return;
      auto one = "person/" + std::string(e.fields[from].text());
      auto other = "person/" + std::string(e.fields[to].text());
      relations_[name].insert({one, "member"});
      relations_[name].insert({other, "member"});
      relations_[one].insert({other, std::string(e.fields[relation].text())});
    };
    STAFETT_TRY(replay(name, take));
  }
  return ok();
}

Result<void> Export::write_objects() {
  STAFETT_TRY(read_relations());
  STAFETT_TRY(begin("objects"));
  std::uint64_t written = 0;
  for (auto& name : objects_) {
    STAFETT_TRY(write_object(name));
    say_("objects", ++written);
  }
  return out_.write("\n]");
}

Result<void> Export::write_object(const std::string& name) {
  Json object;
  object["id"] = name;
  object["type"] = category_of(name);
  auto attributes = Json::array();
  auto related = relations_[name];
  auto take = [&](const Corrected& e) {
    auto said = description(e, identifying_);
    for (auto& attribute : said.attributes) attributes.push_back(std::move(attribute));
    for (auto& r : said.related) related.insert(std::move(r));
  };
  if (is_described(category_of(name))) {
    STAFETT_TRY(replay(name, take));
  }
  // Only to what the log is about: whatever else there is belongs to others.
  std::erase_if(related, [&](auto& r) { return !objects_.contains(r.object); });
  object["attributes"] = std::move(attributes);
  object["relationships"] = links(related);
  return item(object);
}

}  // namespace stafett::tools::ocel
