#include "system/ocel_check.h"

#include <map>
#include <regex>
#include <set>

#include "stafett/core/calendar.h"

namespace stafett::system_test {
namespace {

using Types = std::map<std::string, std::map<std::string, std::string>>;  // attributes of types, by name

class Check {
 public:
  std::vector<std::string> wrong;

  void log(const Json& log) {
    if (!log.is_object()) return say("the log is no object");
    for (auto* list : {"eventTypes", "objectTypes", "events", "objects"})
      if (!log.contains(list) || !log[list].is_array()) return say(std::string("no list ") + list);
    auto event_types = types(log["eventTypes"]), object_types = types(log["objectTypes"]);
    for (auto& object : log["objects"]) id(object, "object", object_ids_);
    std::set<std::string> event_ids;
    for (auto& event : log["events"]) {
      id(event, "event", event_ids);
      time(event, where(event));
      thing(event, event_types, true);
    }
    for (auto& object : log["objects"]) thing(object, object_types, false);
  }

 private:
  std::set<std::string> object_ids_;

  void say(std::string what) { wrong.push_back(std::move(what)); }

  static std::string where(const Json& thing) { return thing.is_object() ? thing.value("id", "?") : "?"; }

  bool text(const Json& of, const char* member, const std::string& place) {
    if (of.is_object() && of.contains(member) && of[member].is_string()) return true;
    say(place + ": no text " + member);
    return false;
  }

  const Json& list(const Json& of, const char* member, const std::string& place) {
    static const Json none = Json::array();
    if (!of.is_object() || !of.contains(member)) return none;  // the schema leaves these two out at will
    if (!of[member].is_array()) say(place + ": no list " + member);
    return of[member].is_array() ? of[member] : none;
  }

  void time(const Json& of, const std::string& place) {
    static const std::regex rfc3339(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))");
    if (!text(of, "time", place)) return;
    auto written = of["time"].get<std::string>();
    if (!std::regex_match(written, rfc3339) || !parse_instant(written)) say(place + ": no time: " + written);
  }

  Types types(const Json& declared) {
    static const std::set<std::string> known{"string", "time", "integer", "float", "boolean"};
    Types out;
    for (auto& type : declared) {
      if (!text(type, "name", "a type")) continue;
      auto name = type["name"].get<std::string>();
      if (!out.emplace(name, Types::mapped_type()).second) say("the type " + name + " twice");
      if (!type.contains("attributes")) say(name + ": no attributes");
      for (auto& attribute : list(type, "attributes", name)) {
        if (!text(attribute, "name", name) || !text(attribute, "type", name)) continue;
        auto kind = attribute["type"].get<std::string>();
        if (!known.contains(kind)) say(name + ": a kind of attribute that does not exist: " + kind);
        if (!out[name].emplace(attribute["name"], kind).second)
          say(name + ": declared twice: " + attribute["name"].get<std::string>());
      }
    }
    return out;
  }

  void id(const Json& thing, const char* kind, std::set<std::string>& ids) {
    if (text(thing, "id", kind) && !ids.insert(thing["id"]).second) say("twice: " + where(thing));
  }

  void value(const Json& attribute, const std::string& type, const std::string& place) {
    static const std::map<std::string, std::regex> looks{
        {"integer", std::regex("-?[0-9]+")},
        {"float", std::regex(R"(-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?)")},
        {"boolean", std::regex("true|false")}};
    auto written = attribute["value"].get<std::string>();
    auto look = looks.find(type);
    bool fits = type == "time"        ? parse_instant(written).has_value()
                : look != looks.end() ? std::regex_match(written, look->second)
                                      : true;
    if (!fits) say(place + ": not a value of the type " + type + ": " + written);
  }

  void thing(const Json& thing, const Types& declared, bool is_event) {
    auto place = where(thing);
    if (!text(thing, "type", place)) return;
    auto type = declared.find(thing["type"].get<std::string>());
    if (type == declared.end()) return say(place + ": a type that is not declared");
    std::set<std::string> names;
    for (auto& attribute : list(thing, "attributes", place)) {
      if (!text(attribute, "name", place) || !text(attribute, "value", place)) continue;
      auto name = attribute["name"].get<std::string>();
      auto kind = type->second.find(name);
      if (kind == type->second.end())
        say(place + ": not declared: " + name);
      else
        value(attribute, kind->second, place);
      if (is_event && !names.insert(name).second) say(place + ": twice: " + name);
      if (!is_event) time(attribute, place);
    }
    std::set<std::pair<std::string, std::string>> related;
    for (auto& r : list(thing, "relationships", place)) {
      if (!text(r, "objectId", place) || !text(r, "qualifier", place)) continue;
      auto object = r["objectId"].get<std::string>();
      if (!object_ids_.contains(object)) say(place + ": no such object: " + object);
      if (!related.emplace(object, r["qualifier"]).second) say(place + ": related twice to " + object);
    }
  }
};

}  // namespace

std::vector<std::string> wrong_in_ocel(const Json& log) {
  Check check;
  check.log(log);
  return check.wrong;
}

}  // namespace stafett::system_test
