#include <catch2/catch.hpp>

#include "event/sample.h"

// What each form takes and refuses, through the same door as everybody's events.
namespace stafett::event {
namespace {

using test::Json;

Json child_heard() {
  return Json::parse(R"({"specversion":"1.0","id":"6f1c1a52-6d0e-4f5e-9d6b-0b6a5a0c0e01",
    "type":"se.stafett.ChildHeard","source":"eskilstuna/ifoChild","subject":"case/c-elin",
    "time":"2019-03-13T10:00:00+01:00","municipality":"0484","actor":"s-204","actorrole":"childCaseworker",
    "data":{"childId":"p-elin","conversationKind":"investigating","heldAt":"2019-03-13T10:00:00+01:00",
    "byUnit":"eskilstuna/ifoChild","guardianPresent":false}})");
}

// An event of the type with its required fields, to set fields in.
Json minimal(const char* type) {
  std::mt19937_64 random(1);
  return test::sample_event(*find_event_type(type), test::Fill::required_only, random);
}

// The place that is refused; "accepted" when nothing is.
std::string line_outcome(const std::string& line) {
  auto result = parse_json(line);
  if (result.has_value()) return "accepted";
  CHECK(result.error().code == ErrorCode::invalid_argument);
  CHECK_FALSE(result.error().message.empty());
  return result.error().field;
}

std::string outcome(const Json& json) { return line_outcome(json.dump()); }

std::string with(const char* type, const char* field, Json value) {
  Json event = minimal(type);
  event["data"][field] = std::move(value);
  return outcome(event);
}

std::string with_attribute(const char* name, Json value) {
  Json event = child_heard();
  event[name] = std::move(value);
  return outcome(event);
}

TEST_CASE("ids and codes have an alphabet and a length", "[event][forms]") {
  const std::string accepted = "accepted";
  CHECK(with("ChildHeard", "childId", std::string(128, 'a')) == accepted);
  CHECK(with("ChildHeard", "childId", "A0._-:z") == accepted);
  for (const Json& bad :
       {Json(std::string(129, 'a')), Json(""), Json("a/b"), Json("a b"), Json("å"), Json("a\n"),
        Json(std::string("a\0b", 3)), Json(7), Json(nullptr), Json(Json::object())})
    CHECK(with("ChildHeard", "childId", bad) == "data.childId");
  CHECK(with("ChildHeard", "byUnit", "a/b/c") == accepted);
  CHECK(with("ChildHeard", "byUnit", "a b") == "data.byUnit");
  for (const char* empty_segment : {"a//b", "/a", "a/", "/", "//"}) {
    INFO(empty_segment);
    CHECK(with("ChildHeard", "byUnit", empty_segment) == "data.byUnit");
    CHECK(with_attribute("source", empty_segment) == "source");
    Json event = minimal("RoleAppointed");
    event["subject"] = std::string("unit/") + empty_segment;
    CHECK(outcome(event) == "subject");
  }
  CHECK(with("InvestigationDecided", "legalRef", "SoL 11:1") == accepted);
  CHECK(with("InvestigationDecided", "legalRef", std::string(64, 'x')) == accepted);
  CHECK(with("InvestigationDecided", "legalRef", std::string(65, 'x')) == "data.legalRef");
  CHECK(with("InvestigationDecided", "legalRef", "11 kap. 1 §") == "data.legalRef");
  CHECK(with("ConcernReported", "homeMunicipality", "0180") == accepted);
  CHECK(with("ConcernReported", "homeMunicipality", "180") == "data.homeMunicipality");
  CHECK(with("MeetingCalled", "purpose", std::string(1000, 'x')) == accepted);
  CHECK(with("MeetingCalled", "purpose", std::string(1001, 'x')) == "data.purpose");
  CHECK(with("MeetingCalled", "purpose", "") == "data.purpose");
  CHECK(with("EventCorrected", "correctsEventId", "6F1C1A52-6d0e-4f5e-9d6b-0b6a5a0c0e01") == accepted);
  CHECK(with("EventCorrected", "correctsEventId", "6f1c1a52") == "data.correctsEventId");
}

TEST_CASE("numbers have the range of their type, ends included", "[event][forms]") {
  const std::string accepted = "accepted";
  struct Range {
    const char *type, *field;
    std::int64_t max;
  };
  for (auto [type, field, max] :
       {Range{"MeetingHeld", "guardiansPresent", 255}, Range{"StatusReportSubmitted", "year", 65535},
        Range{"ChildHeard", "durationMin", 4294967295}}) {
    INFO(field);
    std::string path = std::string("data.") + field;
    CHECK(with(type, field, 0) == accepted);
    CHECK(with(type, field, max) == accepted);
    CHECK(with(type, field, max + 1) == path);
    CHECK(with(type, field, -1) == path);
    CHECK(with(type, field, 1.5) == path);
    CHECK(with(type, field, "1") == path);
    CHECK(with(type, field, 18446744073709551615u) == path);
  }
  CHECK(with("BestInterestsAssessed", "articles", {0, 255}) == accepted);
  CHECK(with("BestInterestsAssessed", "articles", {3, 256}) == "data.articles[1]");
  CHECK(with("SelfCheckCompleted", "responseRate", 0) == accepted);
  CHECK(with("SelfCheckCompleted", "responseRate", 1.0) == accepted);
  CHECK(with("SelfCheckCompleted", "responseRate", 1.01) == "data.responseRate");
  CHECK(with("SelfCheckCompleted", "responseRate", -0.5) == "data.responseRate");
  CHECK(with("SurveyAnswered", "scores", Json::parse(R"([{"item":"q1","value":-12.5}])")) == accepted);
}

TEST_CASE("the place of a fault inside lists and rows is named", "[event][forms]") {
  CHECK(with("ConcernReported", "concernKinds", {"absence", "noise"}) == "data.concernKinds[1]");
  CHECK(with("ConcernReported", "concernKinds", {"absence", "unspecified"}) == "data.concernKinds[1]");
  CHECK(with("MeetingCalled", "invited", Json::parse(R"([{"role":"guardian"},{"role":"nobody"}])")) ==
        "data.invited[1].role");
  CHECK(with("MeetingCalled", "invited", Json::parse(R"([{"unitId":"a/b"}])")) == "data.invited[0].role");
  CHECK(with("MeetingCalled", "invited", Json::parse(R"([{"role":"child","mood":1}])")) ==
        "data.invited[0].mood");
  CHECK(with("MeetingCalled", "invited", Json::parse(R"(["child"])")) == "data.invited[0]");
  CHECK(with("MeetingCalled", "invited", Json::array()) == "accepted");
  CHECK(with("MeetingCalled", "invited",
             Json(std::vector<Json>(10001, Json::parse(R"({"role":"child"})")))) == "data.invited");
}

TEST_CASE("attributes are as closed as data", "[event][forms]") {
  CHECK(outcome(child_heard()) == "accepted");
  CHECK(with_attribute("actor", "") == "actor");
  CHECK(with_attribute("actor", 5) == "actor");
  CHECK(with_attribute("actorrole", "boss") == "actorrole");
  CHECK(with_attribute("correlationid", "h 1") == "correlationid");
  CHECK(with_attribute("causationid", "6f1c1a52-6d0e-4f5e-9d6b-0b6a5a0c0e02") == "accepted");
  CHECK(with_attribute("source", "eskil stuna") == "source");
  CHECK(with_attribute("subject", "household/h1") == "subject");  // of the wrong category for this type
  CHECK(with_attribute("time", "0001-01-01T00:00:00Z") == "time");
  CHECK(with_attribute("datacontenttype", "application/json") == "accepted");
  CHECK(with_attribute("datacontenttype", "text/plain") == "datacontenttype");
  for (const char* output_only :
       {"position", "streamversion", "recordedat", "appendedby", "dataschema", "Id"})
    CHECK(with_attribute(output_only, "x") == output_only);
  CHECK(with_attribute("expectedversion", 0) == "accepted");
  CHECK(with_attribute("expectedversion", "none") == "accepted");
  for (const Json& bad : {Json(-1), Json(1.0), Json("0"), Json(nullptr)})
    CHECK(with_attribute("expectedversion", bad) == "expectedversion");
  Json event = child_heard();
  event["expectedversion"] = "none";
  CHECK(parse_json(event.dump()).value().expected.kind == ExpectedVersion::Kind::no_stream);
  event["expectedversion"] = 7;
  CHECK(parse_json(event.dump()).value().expected.version == Version(7));
}

TEST_CASE("personal content has bounds, and is never repeated in an error", "[event][forms]") {
  auto personal = [](Json value) {
    Json event = child_heard();
    event["data"]["personal"] = std::move(value);
    auto result = parse_json(event.dump());
    if (result.has_value()) return std::string("accepted");
    CHECK((result.error().field + result.error().message).find("Elin") == std::string::npos);
    return result.error().field;
  };
  CHECK(personal({{"note", "Elin vill flytta"}}) == "accepted");
  CHECK(personal({{"note", std::string(65536, 'x')}}) == "accepted");
  CHECK(personal({{"note", "Elin" + std::string(65536, 'x')}}) == "data.personal.note");
  CHECK(personal({{"Elin Exempel", "x"}}) == "data.personal");
  CHECK(personal({{"Elin Exempel", 5}}) == "data.personal");
  CHECK(personal({{"age", {"Elin"}}}) == "data.personal.age");
  CHECK(personal({{std::string(65, 'n'), "x"}}) == "data.personal");
  Json many = Json::object();
  for (int i = 0; i < 64; ++i) many["n" + std::to_string(i)] = "x";
  CHECK(personal(many) == "accepted");
  many["one-more"] = "x";
  CHECK(personal(many) == "data.personal");
  auto broken = parse_json(R"({"data":{"personal":{"note":"Elin)");
  CHECK(broken.error().message.find("Elin") == std::string::npos);
}

TEST_CASE("JSON that is not plain and single is refused", "[event][forms]") {
  std::string line = child_heard().dump();
  auto replaced = [&](std::string_view what, std::string_view by) {
    std::string out = line;
    out.replace(out.find(what), what.size(), by);
    return out;
  };
  CHECK(line_outcome(replaced(R"("childId")", R"("childId":"p-x","childId")")) == "data.childId");
  CHECK(line_outcome(replaced(R"("actor")", R"("actor":"x","actor")")) == "actor");
  CHECK(line_outcome(line + "x") == "");
  CHECK(line_outcome(line.substr(0, line.size() / 2)) == "");
  CHECK(line_outcome("") == "");
  CHECK(line_outcome("[]") == "");
  CHECK(line_outcome("null") == "");
  CHECK(line_outcome(replaced("p-elin", "p-\xff")) == "");
  CHECK(line_outcome(replaced(R"("p-elin")", std::string(100000, '['))) == "data.childId");
  CHECK(line_outcome(std::string(1000000, '[')) == "");
  CHECK(line_outcome("  " + line + "\r\n") == "accepted");
}

TEST_CASE("an event of more than 4 MiB is too large", "[event][forms]") {
  Json event = child_heard();
  for (int i = 0; i < 64; ++i) event["data"]["personal"]["n" + std::to_string(i)] = std::string(65536, 'x');
  auto result = parse_json(event.dump());
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == ErrorCode::too_large);
}

TEST_CASE("a rule set's definition is JSON of up to 2 MiB", "[event][forms]") {
  CHECK(with("RuleSetAdopted", "definition", R"({"rules":[]})") == "accepted");
  CHECK(with("RuleSetAdopted", "definition", "{") == "data.definition");
  CHECK(with("RuleSetAdopted", "definition", Json::object()) == "data.definition");
  CHECK(with("RuleSetAdopted", "definition", '"' + std::string((2 << 20) - 2, 'x') + '"') == "accepted");
  CHECK(with("RuleSetAdopted", "definition", '"' + std::string((2 << 20) - 1, 'x') + '"') ==
        "data.definition");
  CHECK(with("RuleSetAdopted", "rules",
             Json::parse(R"([{"ruleId":"R01","parameters":{"days":14,"of":{"a":[1]}}}])")) == "accepted");
}

}  // namespace
}  // namespace stafett::event

TEST_CASE("a line with a zero byte is no JSON, wherever it stands", "[event][forms]") {
  std::string line = R"({"specversion":"1.0"})";
  for (std::size_t at = 0; at <= line.size(); ++at) {
    auto cut = line;
    cut.insert(at, 1, '\0');
    auto parsed = stafett::event::parse_json(cut);
    REQUIRE(parsed.has_error());
    CHECK(parsed.error().message.find("zero byte") != std::string::npos);
  }
}
