#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "stafett/event/catalogue.h"
#include "support/temp_dir.h"
#include "system/ocel_check.h"
#include "system/running_server.h"

// What leaves for other tools: events, object-centric logs, figures.

using namespace stafett;
using namespace stafett::system_test;

namespace {

struct Family {
  support::TempDir folder;
  RunningServer server{folder / "ledger"};
  Family() { server.json({"append", scenario("eskilstuna-2019.jsonl")}); }

  Json ocel(std::vector<std::string> arguments = {}) const {
    arguments.insert(arguments.begin(), {"export", "ocel"});
    auto exported = server.stafett(arguments);
    INFO(exported.errors);
    REQUIRE(exported.code == 0);
    return Json::parse(exported.out);
  }
};

void check_ocel(const Json& log) {
  for (auto& fault : wrong_in_ocel(log)) FAIL_CHECK(fault);
}

std::set<std::string> ids(const Json& list) {
  std::set<std::string> out;
  for (auto& thing : list) out.insert(thing.at("id").get<std::string>());
  return out;
}

Json with_id(const Json& list, const std::string& id) {
  for (auto& thing : list)
    if (thing.at("id") == id) return thing;
  FAIL("nothing with the id " << id);
  return {};
}

Json attribute(const Json& thing, const std::string& name) {
  for (auto& a : thing.at("attributes"))
    if (a.at("name") == name) return a.at("value");
  return nullptr;
}

bool related(const Json& thing, const std::string& object, const std::string& qualifier) {
  return std::ranges::count(thing.at("relationships"),
                            Json({{"objectId", object}, {"qualifier", qualifier}})) == 1;
}

std::string corrected(std::uint64_t number, const std::string& stream, const std::string& id,
                      const std::string& says) {
  return R"({"specversion":"1.0","id":")" + event_id(number) +
         R"(","type":"se.stafett.EventCorrected","source":"eskilstuna/ifoChild","subject":")" + stream +
         R"(","time":"2019-10-01T10:00:00+02:00","municipality":"0484","data":{"correctsEventId":")" + id +
         R"(","reason":"inputError",)" + says + "}}\n";
}

}  // namespace

TEST_CASE("exported events give another ledger the same events", "[system][export]") {
  Family family;
  auto file = (family.folder / "events.jsonl").string();
  auto told = family.server.json({"export", "events", "--from", "1", "--out", file}).at(0);
  CHECK(told == Json({{"file", file}, {"events", 106}, {"from", 1}, {"next", 107}}));
  struct stat status {};
  REQUIRE(stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 077) == 0);  // it holds personal content
  CHECK_FALSE(std::filesystem::exists(file + ".part"));

  RunningServer other(family.folder / "other");
  for (auto& line : other.json({"append", file})) CHECK(line.at("outcome") == "appended");
  auto again = other.stafett({"export", "events", "--from", "1"});
  CHECK(again.code == 0);
  CHECK(again.out == content_of(file));
  // All of what was sent, place by place.
  auto mine = family.server.json({"read", "--from", "1"}), theirs = other.json({"read", "--from", "1"});
  REQUIRE(mine.size() == theirs.size());
  for (std::size_t i = 0; i < mine.size(); ++i) {
    mine[i].erase("recordedat");
    theirs[i].erase("recordedat");
    CHECK(mine[i] == theirs[i]);
  }
  // Sent to where they come from, they are known.
  for (auto& line : family.server.json({"append", file})) CHECK(line.at("outcome") == "duplicate");
}

TEST_CASE("an export of events is taken up where another ended", "[system][export]") {
  Family family;
  auto all = family.server.stafett({"export", "events"}).out;
  auto first = family.server.stafett({"export", "events", "--limit", "40"});
  CHECK(first.errors.find("--from 40") != std::string::npos);
  CHECK(first.out + family.server.stafett({"export", "events", "--from", "40"}).out == all);
  CHECK(family.server.stafett({"export", "events", "--from", "107", "--json"}).out.empty());
  CHECK(family.server.stafett({"export", "events", "--limit", "0", "--json"}).out.empty());
  // With their places they are what `read` shows.
  CHECK(family.server.stafett({"export", "events", "--placed"}).out ==
        family.server.stafett({"read", "--json"}).out);
}

TEST_CASE("receipts are exported, and no other ledger takes them", "[system][export]") {
  support::TempDir folder;
  RunningServer server(folder / "ledger"), other(folder / "other");
  auto closed = [] {
    auto line = case_opened(3, "c-1");
    return std::string(R"({"specversion":"1.0","id":")") + event_id(3) +
           R"(","type":"se.stafett.CaseClosed","source":"eskilstuna/ifoChild","subject":"case/c-1","time":"2019-06-01T10:00:00+02:00","municipality":"0484","data":{"reason":"concluded"}})" +
           "\n";
  }();
  server.json({"append"}, case_opened(1, "c-1") + child_heard(2, "c-1", "Hon vill hem.") + closed);
  server.json({"erase", "case/c-1", "--reason", "retention"});
  auto lines = server.stafett({"export", "events", "--from", "1"});
  REQUIRE(lines.lines().size() == 4);
  CHECK(lines.out.find("Hon vill hem.") == std::string::npos);
  auto sent = other.stafett({"append", "--json"}, lines.out);
  CHECK(sent.code == 1);
  auto answers = parsed(sent.lines());
  REQUIRE(answers.size() == 4);
  for (std::size_t i = 0; i < 3; ++i) CHECK(answers[i].at("outcome") == "appended");
  CHECK(answers[3].at("outcome") == "refused");
}

TEST_CASE("a file is there whole or not at all", "[system][export]") {
  Family family;
  auto file = (family.folder / "log.json").string();
  support::write(file, "before");
  CHECK(family.server.stafett({"export", "ocel", "--case", "none", "--out", file}).code == 1);
  CHECK(content_of(file) == "before");
  CHECK_FALSE(std::filesystem::exists(file + ".part"));
  CHECK(family.server.stafett({"export", "ocel", "--out", family.folder.path().string()}).code == 1);
  CHECK(family.server.stafett({"export", "ocel", "--out", "/nowhere/log.json"}).code == 1);
  auto unreachable = run({program("stafett"), "--server", "127.0.0.1:1", "export", "ocel", "--out", file});
  CHECK(unreachable.code == 3);
  CHECK(content_of(file) == "before");
  CHECK(family.server.json({"export", "ocel", "--out", file}).at(0).at("events") == 107);
  CHECK(Json::parse(content_of(file)) == family.ocel());
}

TEST_CASE("the family's year is a valid OCEL 2.0 log", "[system][export]") {
  Family family;
  auto log = family.ocel();
  check_ocel(log);
  REQUIRE(log.at("events").size() == 107);
  std::map<std::string, Json> read;
  for (auto& e : family.server.json({"read"})) read[e.at("id")] = e;
  for (auto& e : log.at("events")) {
    auto& original = read.at(e.at("id"));
    CHECK("se.stafett." + e.at("type").get<std::string>() == original.at("type"));
    CHECK(related(e, original.at("subject"), "subject"));
    CHECK(related(e, "unit/" + original.at("source").get<std::string>(), "source"));
    CHECK(attribute(e, "position") == std::to_string(original.at("position").get<int>()));
    CHECK(attribute(e, "occurredAt") == original.at("time"));
  }
  // The streams are the objects, and what they are to each other.
  std::set<std::string> streams;
  for (auto& [id, e] : read) streams.insert(e.at("subject").get<std::string>());
  auto objects = ids(log.at("objects"));
  CHECK(std::ranges::includes(objects, streams));
  for (auto* type : {"person", "household", "case", "unit"})
    CHECK(std::ranges::count(log.at("objectTypes"), type, [](auto& t) { return t.at("name"); }) == 1);
  auto iris = with_id(log.at("objects"), "case/c4-iris");
  CHECK(related(iris, "person/p-iris", "subjectPersonId"));
  CHECK(related(iris, "household/h1", "householdId"));
  CHECK(attribute(iris, "caseKind") == "child");
  CHECK(attribute(iris, "reason") == "measureEnded");
  CHECK(related(with_id(log.at("objects"), "household/h1"), "person/p-iris", "member"));
  CHECK(related(with_id(log.at("objects"), "person/p-ingrid"), "person/p-iris", "guardian"));
  // A talk is of the time that it was held.
  for (auto& e : log.at("events"))
    if (e.at("type") == "ChildHeard") CHECK(e.at("time") == attribute(e, "heldAt"));
}

TEST_CASE("a log tells the year of birth and no more, and never what is personal", "[system][export]") {
  support::TempDir folder;
  RunningServer server(folder / "ledger");
  server.json(
      {"append"},
      R"({"specversion":"1.0","id":")" + event_id(1) +
          R"(","type":"se.stafett.PersonRegistered","source":"eskilstuna/ifoChild","subject":"person/p-1","time":"2019-01-01T10:00:00+01:00","municipality":"0484","actor":"s-17","data":{"personId":"p-1","birthDate":"2011-07-23","birthDatePrecision":"day","personal":{"name":"Astrid Lind"}}})" +
          "\n" + case_opened(2, "c-1") + child_heard(3, "c-1", "Hon vill hem."));
  auto plain = server.stafett({"export", "ocel"});
  auto open = server.stafett({"export", "ocel", "--personal"});
  for (auto& log : {plain, open}) {
    REQUIRE(log.code == 0);
    check_ocel(Json::parse(log.out));
    CHECK(log.out.find("Astrid") == std::string::npos);
    CHECK(log.out.find("Hon vill hem.") == std::string::npos);
  }
  CHECK(plain.out.find("07-23") == std::string::npos);
  CHECK(plain.out.find("s-17") == std::string::npos);
  CHECK(attribute(with_id(Json::parse(plain.out).at("objects"), "person/p-1"), "birthYear") == "2011");
  auto person = with_id(Json::parse(open.out).at("objects"), "person/p-1");
  CHECK(attribute(person, "birthDate").get<std::string>().starts_with("2011-07-23"));
  CHECK(open.out.find("s-17") != std::string::npos);
}

TEST_CASE("a log of one case, household or unit tells nothing of others", "[system][export]") {
  Family family;
  // Another family's case, and a meeting that discussed both.
  family.server.json(
      {"append"},
      case_opened(900, "c-other") + R"({"specversion":"1.0","id":")" + event_id(901) +
          R"(","type":"se.stafett.MeetingHeld","source":"eskilstuna/ifoChild","subject":"forum/team","time":"2019-04-01T10:00:00+02:00","municipality":"0484","data":{"meetingId":"m-9","heldAt":"2019-04-01T10:00:00+02:00","attended":[{"role":"unitManager","unitId":"eskilstuna/ifoChild"},{"role":"guardian","personId":"p-niklas"}],"childRightsItem":true,"caseRefs":["c4-iris","c-other"]}})" +
          "\n");
  auto all = family.ocel();
  auto of_case = family.ocel({"--case", "case/c4-iris"});
  auto of_household = family.ocel({"--household", "h1"});
  auto of_unit = family.ocel({"--unit", "eskilstuna/incomeSupport"});
  for (auto* log : {&all, &of_case, &of_household, &of_unit}) check_ocel(*log);
  CHECK(ids(all.at("objects")).contains("case/c-other"));
  auto meeting = with_id(of_case.at("events"), event_id(901));
  CHECK(related(meeting, "case/c4-iris", "caseRefs"));
  CHECK(related(meeting, "unit/eskilstuna/ifoChild", "attended"));
  CHECK(related(meeting, "forum/team", "subject"));
  CHECK(related(with_id(all.at("events"), event_id(901)), "person/p-niklas", "attended"));
  for (auto* log : {&of_case, &of_household, &of_unit}) {
    CHECK_FALSE(ids(log->at("objects")).contains("case/c-other"));
    CHECK(std::ranges::includes(ids(all.at("events")), ids(log->at("events"))));
  }
  // All of the case's stream, and of each of the household's.
  for (auto& e : family.server.json({"history", "case/c4-iris"}))
    CHECK(ids(of_case.at("events")).contains(e.at("id").get<std::string>()));
  for (auto& c : family.server.json({"cases", "--household", "h1"}))
    CHECK(ids(of_household.at("objects")).contains("case/" + c.at("id").get<std::string>()));
  CHECK(family.server.stafett({"export", "ocel", "--case", "none"}).code == 1);
  CHECK(family.server.stafett({"export", "ocel", "--unit", ""}).code == 2);
  CHECK(family.server.stafett({"export", "ocel", "--unit", "a", "--case", "c"}).code == 2);
  CHECK(family.server.stafett({"export"}).code == 2);
}

TEST_CASE("a log tells events as corrected, and not those made void", "[system][export]") {
  support::TempDir folder;
  RunningServer server(folder / "ledger");
  server.json(
      {"append"},
      case_opened(1, "c-1") + child_heard(2, "c-1") + child_heard(3, "c-1") +
          corrected(4, "case/c-1", event_id(2),
                    R"("correctedFields":{"heldAt":"2019-02-02T12:00:00+01:00","childId":"p-else"})") +
          corrected(5, "case/c-1", event_id(3), R"("correctedFields":{},"voids":true)"));
  auto exported = server.stafett({"export", "ocel"});
  REQUIRE(exported.code == 0);
  auto log = Json::parse(exported.out);
  check_ocel(log);
  CHECK_FALSE(ids(log.at("events")).contains(event_id(3)));
  CHECK(ids(log.at("events")).contains(event_id(5)));
  auto heard = with_id(log.at("events"), event_id(2));
  CHECK(heard.at("time") == "2019-02-02T12:00:00+01:00");
  CHECK(related(heard, "person/p-else", "childId"));
}

TEST_CASE("the check of OCEL logs finds what it is there to find", "[system][export]") {
  Family family;
  const auto log = family.ocel();
  check_ocel(log);
  auto found = [&](const char* place, Json value) {
    auto changed = log;
    changed[Json::json_pointer(place)] = std::move(value);
    return !wrong_in_ocel(changed).empty();
  };
  CHECK(found("/eventTypes", Json()));
  CHECK(found("/events/5/id", log.at("events")[6].at("id")));
  CHECK(found("/events/5/type", "Unheard"));
  CHECK(found("/events/5/time", "2019-03-12"));
  CHECK(found("/events/5/attributes/0/value", 7));
  CHECK(found("/events/5/attributes/0/name", "unheard"));
  CHECK(found("/events/5/relationships/0/objectId", "case/unheard"));
  CHECK(found("/events/5/relationships/0/qualifier", Json()));
  CHECK(found("/objects/0/attributes/0/time", Json()));
  CHECK(found("/objects/0/relationships/0/objectId", "case/unheard"));
  CHECK(found("/objects/1/id", log.at("objects")[0].at("id")));
  CHECK(found("/objectTypes/0/attributes/0/type", "colour"));
}

TEST_CASE("exported figures are those that may be published", "[system][export]") {
  Family family;
  std::vector<std::string> question{"I04", "I08", "--period", "2019", "--at", "2019-12-31"};
  auto with = [&](std::vector<std::string> command) {
    command.insert(command.end(), question.begin(), question.end());
    return command;
  };
  auto exported = family.server.stafett(with({"export", "figures"}));
  CHECK(exported.code == 0);
  CHECK(exported.out.find("..") != std::string::npos);
  CHECK(exported.out == family.server.stafett(with({"indicators", "--publish", "--csv"})).out);
  CHECK(family.server.json(with({"export", "figures"})) ==
        family.server.json(with({"indicators", "--publish"})));
  auto file = (family.folder / "figures.csv").string();
  CHECK(family.server.stafett(with({"export", "figures", "--out", file})).code == 0);
  CHECK(content_of(file) == exported.out);
}
