#include "stafett/ocel.h"

#include <algorithm>
#include <set>

#include "stafett/core/calendar.h"

namespace stafett::tools::ocel {
namespace {

using event::EventType;
using event::Field;
using event::FieldForm;
using event::Value;
using event::ValueKind;

struct Attribute {
  std::string name;
  const char* type;
  bool year_only = false;
};

const char* type_of(const Field& field) {
  if (field.list) return "string";
  switch (field.form) {
    case FieldForm::boolean:
      return "boolean";
    case FieldForm::u8:
    case FieldForm::u16:
    case FieldForm::u32:
      return "integer";
    case FieldForm::real:
    case FieldForm::share:
      return "float";
    case FieldForm::instant:
    case FieldForm::date:
      return "time";
    default:
      return "string";
  }
}

// What the field is as an attribute; none when it is a relationship, when it has parts of its own, or when it
// may not be told.
std::optional<Attribute> attribute_of(const Field& field, bool identifying) {
  bool has_parts =
      field.form == FieldForm::row || field.form == FieldForm::json_map || field.form == FieldForm::document;
  if (!field.refers.empty() || has_parts) return std::nullopt;
  if (!field.identifying || identifying) return Attribute{field.name, type_of(field)};
  constexpr std::string_view date = "Date";
  if (field.form != FieldForm::date || !field.name.ends_with(date)) return std::nullopt;
  return Attribute{field.name.substr(0, field.name.size() - date.size()) + "Year", "integer", true};
}

std::string text_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::boolean:
      return value.boolean() ? "true" : "false";
    case ValueKind::number:
      return std::to_string(value.number());
    case ValueKind::real:
      return Json(value.real()).dump();
    case ValueKind::instant:
      return format_local(value.instant());
    case ValueKind::date:
      return format_local(start_of_day(value.date()));
    case ValueKind::list: {
      std::string out;
      for (auto& item : value.items()) out += (out.empty() ? "" : ",") + text_of(item);
      return out;
    }
    default:
      return std::string(value.text());
  }
}

std::string text_of(const Attribute& attribute, const Value& value) {
  if (attribute.year_only) return std::to_string(static_cast<int>(civil(value.date()).year()));
  return text_of(value);
}

Json named(const std::string& name, std::string value) {
  Json out;
  out["name"] = name;
  out["value"] = std::move(value);
  return out;
}

struct Envelope {
  const char* name;
  const char* type;
  std::string (*value)(const event::RecordedEvent&);
  bool identifying = false;
};

// What every event has. Where an event type has a field of the same name, the field is meant.
constexpr Envelope envelope[] = {
    {"position", "integer", [](auto& e) { return std::to_string(e.position.value); }},
    {"recordedAt", "time", [](auto& e) { return format_utc(e.recorded_at); }},
    {"occurredAt", "time", [](auto& e) { return format_local(e.occurred_at); }},
    {"municipality", "string", [](auto& e) { return std::string(e.municipality); }},
    {"actorRole", "string", [](auto& e) { return std::string(e.actor_role); }},
    {"actor", "string", [](auto& e) { return std::string(e.actor); }, true},
};

bool of_envelope(const Envelope& attribute, const EventType& type, bool identifying) {
  return !type.field(attribute.name) && (identifying || !attribute.identifying);
}

// Also of the members of rows, under the name of the outer field.
void add_references(const Field& field, const Value& value, std::string_view qualifier,
                    std::vector<Relationship>& out) {
  if (value.kind() == ValueKind::list)
    for (auto& item : value.items()) add_references(field, item, qualifier, out);
  if (value.kind() == ValueKind::row)
    for (auto& member : field.members) add_references(member, value.items()[member.index], qualifier, out);
  if (value.kind() == ValueKind::text && !field.refers.empty())
    out.push_back({field.refers + "/" + std::string(value.text()), std::string(qualifier)});
}

// Those of the fields; the event's own stream is no news.
std::vector<Relationship> references(const Corrected& e) {
  std::vector<Relationship> out;
  for (auto& field : e.event.event_type().fields)
    add_references(field, e.fields[field.index], field.name, out);
  std::erase_if(out, [&](auto& r) { return r.object == e.event.stream; });
  return out;
}

Json declared(const std::string& name, const std::vector<std::pair<std::string, const char*>>& attributes) {
  Json out;
  out["name"] = name;
  out["attributes"] = Json::array();
  for (auto& [attribute, type] : attributes) {
    Json one;
    one["name"] = attribute;
    one["type"] = type;
    out["attributes"].push_back(std::move(one));
  }
  return out;
}

bool describes(const EventType& type, std::string_view category) {
  return type.describes && std::ranges::count(type.categories, category) > 0;
}

}  // namespace

std::vector<Relationship> relationships(const Corrected& e) {
  std::vector<Relationship> out{{std::string(e.event.stream), "subject"},
                                {"unit/" + std::string(e.event.source), "source"}};
  std::set<Relationship> seen(out.begin(), out.end());
  for (auto& r : references(e))
    if (seen.insert(r).second) out.push_back(std::move(r));
  return out;
}

Json event(const Corrected& e, const std::vector<Relationship>& related, bool identifying) {
  auto& type = e.event.event_type();
  Json out;
  out["id"] = event::format_event_id(e.event.id);
  out["type"] = type.name;
  out["time"] = format_local(casework::effective_time(e.event, e.fields));
  auto& attributes = out["attributes"] = Json::array();
  for (auto& field : type.fields)
    if (auto attribute = attribute_of(field, identifying); attribute && e.fields[field.index].present())
      attributes.push_back(named(attribute->name, text_of(*attribute, e.fields[field.index])));
  for (auto& attribute : envelope)
    if (of_envelope(attribute, type, identifying))
      if (auto value = attribute.value(e.event); !value.empty())
        attributes.push_back(named(attribute.name, std::move(value)));
  auto& links = out["relationships"] = Json::array();
  for (auto& r : related) {
    Json link;
    link["objectId"] = r.object;
    link["qualifier"] = r.qualifier;
    links.push_back(std::move(link));
  }
  return out;
}

Description description(const Corrected& e, bool identifying) {
  Description out;
  auto& type = e.event.event_type();
  if (!type.describes) return out;
  auto since = format_local(casework::effective_time(e.event, e.fields));
  for (auto& field : type.fields)
    if (auto attribute = attribute_of(field, identifying); attribute && e.fields[field.index].present()) {
      auto value = named(attribute->name, text_of(*attribute, e.fields[field.index]));
      value["time"] = since;
      out.attributes.push_back(std::move(value));
    }
  out.related = references(e);
  return out;
}

bool is_described(std::string_view category) {
  return std::ranges::any_of(event::event_types(), [&](auto& type) { return describes(type, category); });
}

Json event_type(const EventType& type, bool identifying) {
  std::vector<std::pair<std::string, const char*>> attributes;
  for (auto& field : type.fields)
    if (auto attribute = attribute_of(field, identifying))
      attributes.emplace_back(attribute->name, attribute->type);
  for (auto& attribute : envelope)
    if (of_envelope(attribute, type, identifying)) attributes.emplace_back(attribute.name, attribute.type);
  return declared(type.name, attributes);
}

Json object_type(std::string_view category, bool identifying) {
  std::vector<std::pair<std::string, const char*>> attributes;
  std::set<std::string> seen;
  for (auto& type : event::event_types()) {
    if (!describes(type, category)) continue;
    for (auto& field : type.fields)
      if (auto attribute = attribute_of(field, identifying); attribute && seen.insert(attribute->name).second)
        attributes.emplace_back(attribute->name, attribute->type);
  }
  return declared(std::string(category), attributes);
}

}  // namespace stafett::tools::ocel
