#include <algorithm>

#include "event/content.h"
#include "event/forms.h"
#include "event/json_values.h"
#include "event/strict_json.h"

namespace stafett::event {
namespace {

using nlohmann::json;

constexpr std::string_view type_prefix = "se.stafett.";
// A line may be longer than the event it holds: escapes and blanks. This bounds the work done for it.
constexpr std::size_t line_bytes_max = 4 * event_bytes_max;

auto refuse(std::string_view field, std::string message) {
  return fail(ErrorCode::invalid_argument, std::move(message), std::string(field));
}

// The attributes of one CloudEvent, taken one by one; what nobody took is unknown.
class Attributes {
 public:
  explicit Attributes(const json& object) : object_(object) {}

  const json* take(const char* name) {
    taken_.push_back(name);
    auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
  }

  Result<std::optional<std::string_view>> optional_string(const char* name) {
    const json* v = take(name);
    if (!v) return std::optional<std::string_view>();
    if (!v->is_string()) return refuse(name, "not a string");
    return std::optional<std::string_view>(v->get_ref<const std::string&>());
  }

  Result<std::string_view> string(const char* name) {
    STAFETT_TRY(auto v, optional_string(name));
    if (!v) return refuse(name, "required and missing");
    return *v;
  }

  Result<void> nothing_else() const {
    for (const auto& [name, value] : object_.items())
      if (!std::ranges::count(taken_, name))
        return refuse(shown_name(name), "an attribute that events do not have");
    return ok();
  }

 private:
  const json& object_;
  std::vector<std::string_view> taken_;
};

template <class T>
Result<T> at(std::string_view field, Result<T> parsed) {
  if (parsed.has_value()) return parsed;
  return refuse(field, parsed.error().message);
}

Result<void> check_fixed(Attributes& attributes) {
  STAFETT_TRY(auto specversion, attributes.string("specversion"));
  if (specversion != "1.0")
    return refuse("specversion", "not 1.0, the CloudEvents version that is spoken here");
  STAFETT_TRY(auto media_type, attributes.optional_string("datacontenttype"));
  if (media_type && *media_type != "application/json")
    return refuse("datacontenttype", "not application/json");
  return ok();
}

Result<const EventType*> type_of(Attributes& attributes) {
  STAFETT_TRY(auto name, attributes.string("type"));
  if (!name.starts_with(type_prefix)) return refuse("type", "does not begin with se.stafett.");
  const EventType* type = find_event_type(name.substr(type_prefix.size()));
  if (!type) return refuse("type", "an event type that does not exist");
  return type;
}

Result<std::uint16_t> role_of(Attributes& attributes) {
  STAFETT_TRY(auto name, attributes.optional_string("actorrole"));
  if (!name) return std::uint16_t{0};
  auto found = std::ranges::find(roles(), *name, &Enumerator::name);
  if (found == roles().end()) return refuse("actorrole", "a role that does not exist");
  return static_cast<std::uint16_t>(found - roles().begin() + 1);
}

Result<Envelope> envelope_of(Attributes& attributes) {
  Envelope envelope;
  STAFETT_TRY(auto id, attributes.string("id"));
  STAFETT_TRY(envelope.id, at("id", parse_event_id(id)));
  STAFETT_TRY(envelope.type, type_of(attributes));
  STAFETT_TRY(envelope.source, attributes.string("source"));
  STAFETT_TRY(envelope.subject, attributes.string("subject"));
  STAFETT_TRY(auto time, attributes.string("time"));
  STAFETT_TRY(envelope.time, at("time", parse_instant(time)));
  STAFETT_TRY(envelope.municipality, attributes.string("municipality"));
  STAFETT_TRY(envelope.actor, attributes.optional_string("actor"));
  STAFETT_TRY(envelope.actor_role, role_of(attributes));
  STAFETT_TRY(envelope.correlation_id, attributes.optional_string("correlationid"));
  STAFETT_TRY(envelope.causation_id, attributes.optional_string("causationid"));
  return envelope;
}

Result<ExpectedVersion> expected_of(Attributes& attributes) {
  using Kind = ExpectedVersion::Kind;
  const json* v = attributes.take("expectedversion");
  if (!v) return ExpectedVersion{};
  if (v->is_string() && v->get_ref<const std::string&>() == "none")
    return ExpectedVersion{Kind::no_stream, {}};
  if (!v->is_number_unsigned()) return refuse("expectedversion", "neither a version (0, 1, …) nor \"none\"");
  return ExpectedVersion{Kind::exactly, Version(v->get<std::uint64_t>())};
}

Result<Personal> personal_of(const json& data) {
  Personal personal;
  auto found = data.find("personal");
  if (found == data.end()) return personal;
  if (!found->is_object()) return refuse("data.personal", "not an object of strings");
  for (const auto& [name, value] : found->items()) {  // sorted by name
    if (!value.is_string()) {
      std::string_view shown = shown_name(name);
      return refuse(shown.empty() ? "data.personal" : "data.personal." + std::string(shown), "not a string");
    }
    personal.emplace_back(name, value.get<std::string>());
  }
  return personal;
}

}  // namespace

Result<NewEvent> parse_json(std::string_view line) {
  if (line.size() > line_bytes_max) return fail(ErrorCode::too_large, "an event of more than 4 MiB");
  STAFETT_TRY(auto tree, parse_strict(line));
  if (!tree.is_object()) return refuse({}, "not a JSON object");
  Attributes attributes(tree);
  STAFETT_TRY(check_fixed(attributes));
  STAFETT_TRY(auto envelope, envelope_of(attributes));
  STAFETT_TRY(auto expected, expected_of(attributes));
  const json* data = attributes.take("data");
  STAFETT_TRY(attributes.nothing_else());
  if (!data) return refuse("data", "required and missing");
  if (!data->is_object()) return refuse("data", "not an object");
  Scratch scratch;
  Path path{.up = nullptr, .name = "data"};
  STAFETT_TRY(auto fields, values_of(*data, envelope.type->fields, path, scratch, "personal"));
  STAFETT_TRY(auto personal, personal_of(*data));
  return make_event(envelope, fields, std::move(personal), expected);
}

}  // namespace stafett::event
