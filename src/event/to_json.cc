#include "event/json_writer.h"
#include "stafett/event/new_event.h"

namespace stafett::event {
namespace {

void write_data(JsonWriter& out, const RecordedEvent& event, const PersonalView& personal) {
  out.begin_object();
  for (const Field& field : event.event_type().fields)
    if (const Value& v = event.fields[field.index]; v.present()) {
      out.name(field.name);
      out.value(field, v);
    }
  if (personal.personal && !personal.personal->empty()) {
    out.name("personal");
    out.begin_object();
    for (const auto& [name, value] : *personal.personal) {
      out.name(name);
      out.string(value);
    }
    out.end_object();
  }
  out.end_object();
}

void write_sent(JsonWriter& out, const RecordedEvent& event, const PersonalView& personal) {
  auto string = [&](std::string_view name, std::string_view value) {
    out.name(name);
    out.string(value);
  };
  auto string_if = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) string(name, value);
  };
  string("specversion", "1.0");
  string("id", format_event_id(event.id));
  string("type", "se.stafett." + event.event_type().name);
  string("source", event.source);
  string("subject", event.stream);
  out.name("time");
  out.instant(event.occurred_at);
  string("municipality", event.municipality);
  string_if("actor", event.actor);
  string_if("actorrole", event.actor_role);
  string_if("correlationid", event.correlation_id);
  string_if("causationid", event.causation_id);
  out.name("data");
  write_data(out, event, personal);
}

}  // namespace

std::string to_sent_json(const RecordedEvent& event, const PersonalView& personal) {
  JsonWriter out;
  out.begin_object();
  write_sent(out, event, personal);
  out.end_object();
  return out.take();
}

std::string to_json(const RecordedEvent& event, const PersonalView& personal) {
  return to_json(event, personal, {});
}

std::string to_json(const RecordedEvent& event, const PersonalView& personal,
                    const std::vector<std::pair<std::string, std::string>>& extra) {
  JsonWriter out;
  out.begin_object();
  write_sent(out, event, personal);
  out.name("position");
  out.number(event.position.value);
  out.name("streamversion");
  out.number(event.version.value);
  out.name("recordedat");
  out.string(format_utc(event.recorded_at));
  if (!event.appended_by.empty()) {
    out.name("appendedby");
    out.string(event.appended_by);
  }
  if (personal.erased) {
    out.name("erased");
    out.boolean(true);
  }
  for (const auto& [name, json] : extra) {
    out.name(name);
    out.raw(json);
  }
  out.end_object();
  return out.take();
}

}  // namespace stafett::event
