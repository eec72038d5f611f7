#include "stafett/event/catalogue.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <optional>
#include <set>
#include <string>

// The compiled schema against the founders' table (catalogue.txt), which the schema was not made from by
// machine.
namespace stafett::event {
namespace {

struct Row {
  std::string name, streams, fields;
};

std::string trimmed(std::string s) {
  s.erase(0, s.find_first_not_of(' '));
  s.erase(s.find_last_not_of(' ') + 1);
  return s;
}

std::vector<Row> table() {
  std::ifstream in(std::string(STAFETT_SOURCE_DIR) + "/tests/event/catalogue.txt");
  REQUIRE(in);
  std::vector<Row> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("#")) continue;
    auto first = line.find(" | "), second = line.find(" | ", first + 3);
    rows.push_back(
        {line.substr(0, first), line.substr(first + 3, second - first - 3), line.substr(second + 3)});
  }
  return rows;
}

// Split at a separator that stands outside of every bracket.
std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> out(1);
  int depth = 0;
  for (char c : text) {
    depth += (c == '{' || c == '<') - (c == '}' || c == '>');
    if (c == separator && depth == 0)
      out.emplace_back();
    else
      out.back() += c;
  }
  for (std::string& part : out) part = trimmed(part);
  return out;
}

struct Wanted {
  std::string name, type;
  bool required = false;
};

// "req: a id, b enum{x, y}; opt: c date"
std::vector<Wanted> wanted_fields(const std::string& text) {
  std::vector<Wanted> out;
  for (const std::string& part : split(text, ';')) {
    bool required = part.starts_with("req:");
    REQUIRE((required || part.starts_with("opt:")));
    for (const std::string& field : split(part.substr(4), ',')) {
      auto blank = field.find(' ');
      Wanted wanted{field.substr(0, blank), blank == std::string::npos ? "" : trimmed(field.substr(blank)),
                    required};
      if (wanted.name.ends_with('?')) {
        wanted.name.pop_back();
        wanted.required = false;
      }
      out.push_back(wanted);
    }
  }
  return out;
}

std::vector<std::string> enumerators_in(const std::string& type) {
  auto open = type.find("enum{");
  if (open == std::string::npos) return {};
  return split(type.substr(open + 5, type.find('}') - open - 5), ',');
}

// The form that the table's type means, as far as it says (domain.md 8.1 no. 2 for types not written out).
std::optional<FieldForm> form_in(const Wanted& field) {
  auto ends = [&](const char* suffix) { return field.name.ends_with(suffix); };
  if (field.type == "bool") return FieldForm::boolean;
  if (field.type == "u8" || field.type == "list<u8>") return FieldForm::u8;
  if (field.type == "u16") return FieldForm::u16;
  if (field.type == "u32") return FieldForm::u32;
  if (field.type == "date") return FieldForm::date;
  if (field.type == "ts") return FieldForm::instant;
  if (field.type.find("enum{") != std::string::npos) return FieldForm::enumerator;
  if (field.type == "unitId" || field.type == "list<unitId>") return FieldForm::unit_id;
  if (field.type == "id" || field.type == "list<personId>") return FieldForm::id;
  if (field.type.starts_with("list<{")) return FieldForm::row;
  if (field.type == "map") return FieldForm::json_map;
  if (!field.type.empty()) return {};
  if (ends("At") || field.name == "at") return FieldForm::instant;
  if (ends("From") || ends("To") || ends("On") || ends("Date")) return FieldForm::date;
  if (field.name == "correctsEventId") return FieldForm::uuid;
  if (ends("Unit") || field.name == "unitId" || ends("UnitId")) return FieldForm::unit_id;
  if (ends("Id") || ends("Ref")) return field.name == "legalRef" ? FieldForm::code : FieldForm::id;
  return {};
}

std::vector<std::string> categories_in(const std::string& streams) {
  if (streams == "any") return {stream_categories().begin(), stream_categories().end()};
  std::string commas = streams;
  for (auto at = commas.find(" or "); at != std::string::npos; at = commas.find(" or "))
    commas.replace(at, 4, 1, ',');
  return split(commas, ',');
}

TEST_CASE("the schema has the event types of the domain and the ledger's own, in their order",
          "[event][catalogue]") {
  auto rows = table();
  REQUIRE(rows.size() >= 62);
  REQUIRE(event_types().size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(event_types()[i].name == rows[i].name);
    CHECK(event_types()[i].ordinal == i);
    CHECK(find_event_type(rows[i].name) == &event_types()[i]);
    auto categories = categories_in(rows[i].streams);
    CHECK(std::set<std::string>(event_types()[i].categories.begin(), event_types()[i].categories.end()) ==
          std::set<std::string>(categories.begin(), categories.end()));
  }
  CHECK(find_event_type("ChildForgotten") == nullptr);
  CHECK(find_event_type("") == nullptr);
}

TEST_CASE("every event has the fields of the domain, by name, form, list and need", "[event][catalogue]") {
  for (const Row& row : table()) {
    const EventType& type = *find_event_type(row.name);
    auto wanted = wanted_fields(row.fields);
    // The definition of a rule set is the schema's own addition.
    REQUIRE(type.fields.size() == wanted.size() + (row.name == "RuleSetAdopted"));
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const Field& field = type.fields[i];
      INFO(row.name << "." << wanted[i].name << " " << wanted[i].type);
      CHECK(field.name == wanted[i].name);
      CHECK(field.index == i);
      CHECK(field.required == wanted[i].required);
      CHECK(field.list == wanted[i].type.starts_with("list"));
      if (auto form = form_in(wanted[i])) CHECK(field.form == *form);
      auto names = enumerators_in(wanted[i].type);
      if (names.empty()) continue;
      std::vector<std::string> have;
      for (const Enumerator& e : field.enumerators) have.push_back(e.name);
      CHECK(have == names);
    }
  }
}

TEST_CASE("fields that share a list of enumerators have the whole of it", "[event][catalogue]") {
  auto names = [](const char* type, const char* field) {
    std::vector<std::string> out;
    for (const Enumerator& e : find_event_type(type)->field(field)->enumerators) out.push_back(e.name);
    return out;
  };
  CHECK(names("DecisionMade", "measureKind") == names("MeasureStatusChanged", "measureKind"));
  CHECK(names("DisagreementResolved", "level") == names("DisagreementEscalated", "toLevel"));
  CHECK(names("ConsentRequested", "scope") ==
        std::vector<std::string>{"contactBetweenUnits", "informationSharing", "childConversationInAdultCase",
                                 "teamDiscussion", "sip", "care"});
  CHECK(names("ConsentGiven", "scope") == names("ConsentRequested", "scope"));
  std::vector<std::string> role_names;
  for (const Enumerator& e : roles()) role_names.push_back(e.name);
  CHECK(role_names == std::vector<std::string>{"child", "guardian", "reporter", "receptionOfficer",
                                               "childCaseworker", "adultCaseworker", "schoolStaff",
                                               "studentHealthStaff", "preschoolStaff", "healthCareStaff",
                                               "fieldWorker", "police", "unitManager", "headOfAdministration",
                                               "boardChair", "childRightsCoordinator",
                                               "childRightsRepresentative", "qualityController", "system"});
  for (auto [type, field] :
       {std::pair("RoleAppointed", "role"), std::pair("ForumEstablished", "memberRoles")})
    CHECK(names(type, field) == role_names);
}

void check_labels(const std::string& of, const Label& label) {
  INFO(of);
  CHECK_FALSE(label.english.empty());
  CHECK_FALSE(label.swedish.empty());
}

void check_labels(const std::string& of, const Field& field) {
  check_labels(of, field.label);
  for (const Enumerator& e : field.enumerators) check_labels(of + "." + e.name, e.label);
  for (const Field& member : field.members) check_labels(of + "." + member.name, member);
}

TEST_CASE("everything has a label in Swedish and in English", "[event][catalogue]") {
  for (const EventType& type : event_types()) {
    check_labels(type.name, type.label);
    for (const Field& field : type.fields) check_labels(type.name + "." + field.name, field);
  }
  for (const Enumerator& role : roles()) check_labels(role.name, role.label);
  CHECK(find_event_type("ConcernReported")->label.in(Language::swedish) == "Orosanmälan inkommen");
}

}  // namespace
}  // namespace stafett::event
