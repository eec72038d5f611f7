#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "system/running_server.h"

// Why things are as they are, what would be otherwise, and that what was answered once is answered so for
// ever: asked of a running server.

using namespace stafett;
using namespace stafett::system_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string written(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file) << text;
  return file.string();
}

// A week instead of two for Eskilstuna, for reports from that date on.
std::string in_a_week(const std::string& from, bool applies_to_open = false) {
  return R"({"ruleSetId":"week-)" + std::string(applies_to_open ? "open" : "new") +
         R"(","municipality":"0484","inForceFrom":")" + from + R"(","appliesToOpen":)" +
         (applies_to_open ? "true" : "false") +
         R"(,"rules":[{"id":"R02","severity":"must","limit":{"en":"7 days","sv":"7 dagar"},
    "name":{"en":"Decision in a week","sv":"Beslut inom en vecka"},"clauses":[{"when":{"event":"ConcernReported"},"for":"child",
    "must":{"event":"InvestigationDecided"},"within":{"days":7}}]}],
    "indicators":[{"id":"L01","basis":"trigger","name":{"en":"In a week","sv":"Inom en vecka"},"over":{"rule":"R02"}}]})";
}

std::vector<Json> decisions(RunningServer& server) { return server.json({"obligations", "--rule", "R02"}); }

std::uint64_t size(RunningServer& server) { return server.json({"head"}).front()["size"]; }

}  // namespace

TEST_CASE("explain tells a person and a program why, in either language", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto english = server.stafett({"explain", "case/c4-iris", "R16", "--at", "2019-07-31", "--lang", "en"});
  CHECK(english.code == 0);
  CHECK(has(english.out, "R16 Feedback to the child · c4-iris · p-iris: OVERDUE"));
  CHECK(has(english.out, "14 days after 2019-07-15: ends at 2019-07-30 00:00"));
  auto swedish = server.stafett({"explain", "c4-iris", "R16", "--at", "2019-07-31", "--lang", "sv"});
  CHECK(has(swedish.out, "Återkoppling till barnet · c4-iris · p-iris: FÖRSENAD"));
  CHECK(has(swedish.out, "14 dagar efter 2019-07-15: går ut 2019-07-30 00:00"));
  auto lines = server.json({"explain", "c4-iris", "R16", "--at", "2019-07-31"});
  REQUIRE(lines.size() == 1);
  CHECK(lines[0]["obligation"]["state"] == "overdue");
  for (auto& step : lines[0]["steps"]) {
    CHECK_FALSE(step["kind"].get<std::string>().empty());
    CHECK_FALSE(step["en"].get<std::string>().empty());
    CHECK_FALSE(step["sv"].get<std::string>().empty());
    for (auto& p : step["positions"]) CHECK(p.get<std::uint64_t>() < 107);
  }
}

TEST_CASE("explain narrows by subject and trigger, and says what it does not find", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto both = server.json({"explain", "c3-elin", "R05"});
  REQUIRE(both.size() == 2);  // one a guardian
  auto one = server.json({"explain", "c3-elin", "R05", "--subject", "p-niklas"});
  REQUIRE(one.size() == 1);
  CHECK(one[0]["obligation"]["subject"] == "p-niklas");
  auto trigger = std::to_string(one[0]["obligation"]["triggeredBy"].get<int>());
  CHECK(server.json({"explain", "c3-elin", "R05", "--triggered-by", trigger}).size() == 2);
  auto absent = server.stafett({"explain", "c3-elin", "R05", "--triggered-by", "1"});
  CHECK(absent.code == 1);
  CHECK(has(absent.errors, "no such obligation of R05"));
  CHECK(server.stafett({"explain", "c-nobody", "R05"}).code == 1);
  CHECK(server.stafett({"explain", "c3-elin", "R99"}).code == 1);
  auto none = server.json({"explain", "c1-elin", "R05"});
  REQUIRE(none.size() == 1);
  CHECK(none[0]["obligation"].is_null());
  CHECK(none[0]["rule"] == "R05");
  CHECK(none[0]["case"] == "c1-elin");
  auto page = server.stafett({"explain", "c1-elin", "R05", "--lang", "sv"});
  CHECK(page.code == 0);
  CHECK(has(page.out, "c1-elin: ingen skyldighet"));
  CHECK(has(page.out, "räcker ej"));
  CHECK(server.stafett({"explain", "c3-elin"}).code == 2);
  CHECK(server.stafett({"explain"}).code == 2);
  CHECK(server.stafett({"explain", "--indicator", "I08", "--group", "ageBand"}).code == 2);
}

TEST_CASE("a case's page of reasons holds each of its obligations", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto owed = server.json({"case", "c4-iris"}).front()["obligations"];
  auto why = server.json({"case", "c4-iris", "--why"});
  REQUIRE(why.size() == owed.size());
  for (std::size_t i = 0; i < why.size(); ++i) CHECK(why[i]["obligation"] == owed[i]);
}

TEST_CASE("a figure's cell is explained with its instances", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto whole = server.json({"explain", "--indicator", "I08", "--at", "2019-12-31"});
  REQUIRE(whole.size() == 3);
  CHECK(whole[0]["figure"]["numerator"] == 1);
  CHECK(whole[0]["figure"]["denominator"] == 2);
  auto cell = server.json({"explain", "--indicator", "I08", "--group", "ageBand=6-9", "--at", "2019-12-31"});
  REQUIRE(cell.size() == 2);
  CHECK(cell[0]["figure"]["denominator"] == 1);
  CHECK(cell[1]["obligation"]["subject"] == "p-iris");
  auto composite = server.json({"explain", "--indicator", "I07", "--at", "2019-12-31"});
  CHECK(composite.size() == 3);
  CHECK(composite[1]["steps"].size() == 5);  // that it counts, and each of the four parts
  auto listed = server.stafett({"explain", "--indicator", "I30", "--at", "2019-03-13", "--lang", "en"});
  CHECK(has(listed.out, "Whatever stands in any of I30a"));
  CHECK(has(listed.out, "Each is counted once."));
  auto nothing = server.stafett({"explain", "--indicator", "I40", "--at", "2019-12-31", "--lang", "sv"});
  CHECK(has(nothing.out, "Data saknas, vilket inte är detsamma som 0"));
  CHECK(server.stafett({"explain", "--indicator", "I08", "--group", "ageBand=0-5", "--at", "2019-12-31"})
            .code == 1);
  CHECK(server.stafett({"explain", "--indicator", "I99"}).code == 1);
}

TEST_CASE("a figure of recorded events tells them with their delays", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  std::vector<std::string> ask{"explain", "--indicator", "I44", "--from", "2000-01-01", "--to", "2100-01-01"};
  auto whole = server.json(ask);
  REQUIRE(whole.size() == 1);
  std::vector<std::uint64_t> told;
  std::string first;
  for (auto& step : whole[0]["steps"]) {
    CHECK(step["kind"] != "more");
    if (step["kind"] != "recorded") continue;
    if (told.empty()) first = step["en"];
    told.push_back(step["positions"].at(0));
  }
  CHECK(told.size() == whole[0]["figure"]["denominator"].get<std::size_t>());
  CHECK(std::is_sorted(told.begin(), told.end()));
  CHECK(has(first, " days after it happened."));
  auto one = ask;
  one.insert(one.end(), {"--group", "unit=eskilstuna/ifoReception", "--lang", "sv"});
  auto swedish = server.stafett(one).out;
  CHECK(has(swedish, "eskilstuna/ifoReception) registrerades"));
  CHECK_FALSE(has(swedish, "eskilstuna/ifoChild)"));
}

TEST_CASE("a dry run tells what adopting then does, and adopts nothing", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto file = written(dir / "week.json", in_a_week("2019-02-01"));
  auto before = decisions(server);
  auto events = size(server);
  auto told = server.json({"rules", "adopt", file, "--dry-run"});
  CHECK(size(server) == events);
  CHECK(decisions(server) == before);
  server.json({"rules", "adopt", file});
  auto after = decisions(server);
  std::set<Json> changed_before, changed_after;
  for (auto& line : told)
    if (line["change"] == "obligation") {
      changed_before.insert(line["before"]);
      changed_after.insert(line["after"]);
    }
  REQUIRE(before.size() == after.size());
  std::size_t different = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    bool same = before[i]["state"] == after[i]["state"] && before[i]["dueAt"] == after[i]["dueAt"];
    different += same ? 0 : 1;
    CHECK(changed_before.contains(before[i]) == !same);
    CHECK(changed_after.contains(after[i]) == !same);
  }
  CHECK(different == 2);  // the reports of March; those of January keep the limit in force when they came
  CHECK(told.back()["change"] == "total");
  CHECK(told.back()["obligations"] == 2);
  CHECK(told.back()["figures"] == 1);  // the new indicator
}

TEST_CASE("a dry run shows people what is new by its name, and a warning or a law that is lost", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  // The base set's R02 with its 14 days, but without its warning and the law it rests on.
  auto set = Json::parse(in_a_week("2019-02-01"));
  set["rules"][0]["clauses"][0]["within"]["days"] = 14;
  auto file = written(dir / "bare.json", set.dump());
  auto before = decisions(server);
  std::size_t lost = 0;
  for (auto& line : server.json({"rules", "adopt", file, "--dry-run"})) {
    if (line["change"] != "obligation") continue;
    CHECK(line["before"]["state"] == line["after"]["state"]);
    CHECK(line["before"]["dueAt"] == line["after"]["dueAt"]);
    CHECK(line["before"]["legalRef"].is_string());
    CHECK(line["after"]["legalRef"].is_null());
    lost += !line["before"]["warnAt"].is_null() && line["after"]["warnAt"].is_null();
  }
  CHECK(lost == 2);
  auto page = server.stafett({"rules", "adopt", file, "--dry-run", "--lang", "en"}).out;
  INFO(page);
  CHECK(has(page, "Obligations that would be others than now: 2\n"));
  CHECK(has(page, "Figures of this year that would be others than now: 1\n"));
  CHECK(has(page, " → none"));
  CHECK(has(page, "by law " + before.back()["legalRef"].get<std::string>() + " → none"));
  CHECK(has(page, "  In a week\n"));
  CHECK(has(server.stafett({"rules", "adopt", file, "--dry-run", "--lang", "sv"}).out, "  Inom en vecka\n"));
}

TEST_CASE("a dry run of a set that cannot be adopted names the place, and one that changes nothing says so",
          "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto wrong =
      written(dir / "wrong.json", R"({"ruleSetId":"x","inForceFrom":"2019-01-01","rules":[{"id":"X"}]})");
  auto refused = server.stafett({"rules", "adopt", wrong, "--dry-run"});
  CHECK(refused.code == 1);
  CHECK(has(refused.errors, "rules[0]"));
  auto later = written(dir / "later.json", in_a_week("2030-01-01"));
  CHECK(server.json({"rules", "adopt", later, "--dry-run"}).back()["obligations"] == 0);
}

TEST_CASE("old figures stay: the same question as known then gives the same bytes for ever", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto lines = parsed(Finished{0, content_of(scenario("eskilstuna-2019.jsonl")), ""}.lines());
  std::string first, rest;
  for (std::size_t i = 0; i < lines.size(); ++i) (i < 60 ? first : rest) += lines[i].dump() + "\n";
  server.json({"append"}, first);
  std::string known = server.json({"read", "--from", "60"}).back()["recordedat"];
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  std::vector<std::vector<std::string>> questions{
      {"obligations"},     {"indicators", "--by", "unit,ageBand"}, {"indicators", "I08", "--open"},
      {"case", "c4-iris"}, {"case", "c4-iris", "--why"},           {"rules"}};
  auto ask = [&](std::vector<std::string> question) {
    question.insert(question.end(), {"--json", "--at", "2019-12-31", "--known-at", known});
    auto answer = server.stafett(question);
    REQUIRE(answer.code == 0);
    return answer.out;
  };
  std::vector<std::string> then;
  for (auto& q : questions) then.push_back(ask(q));
  // More events, among them a correction of what was known then; and rules that judge all of it otherwise.
  server.json({"append"}, rest);
  auto target = lines[50]["id"].get<std::string>();
  REQUIRE(has(lines[50]["type"].get<std::string>(), "InvestigationDecided"));
  server.json(
      {"append"},
      R"({"specversion":"1.0","id":"00000000-0000-4000-8000-00000000c0de","type":"se.stafett.EventCorrected","source":"eskilstuna/ifoChild","subject":"case/c4-iris","time":"2019-04-01T09:00:00+02:00","municipality":"0484","data":{"correctsEventId":")" +
          target + R"(","reason":"inputError","correctedFields":{},"voids":true}})");
  server.json({"rules", "adopt", written(dir / "open.json", in_a_week("2019-02-01", true))});
  for (std::size_t i = 0; i < questions.size(); ++i) {
    INFO(questions[i][0]);
    CHECK(ask(questions[i]) == then[i]);
  }
  CHECK(server.stop() == 0);
}

TEST_CASE("obligations keep the limit in force at their trigger, unless the set is for open ones too",
          "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto due = [&](std::size_t n) { return decisions(server)[n]["dueAt"].get<std::string>().substr(0, 10); };
  REQUIRE(due(0) == "2019-02-05");
  server.json({"rules", "adopt", written(dir / "new.json", in_a_week("2019-02-01"))});
  CHECK(due(0) == "2019-02-05");
  CHECK(due(2) == "2019-03-20");
  server.json({"rules", "adopt", written(dir / "open.json", in_a_week("2019-06-01", true))});
  CHECK(due(0) == "2019-01-29");
}

TEST_CASE("amended lists the family's corrected decision, and from which moment on", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto listed = server.json({"amended"});
  REQUIRE(listed.size() == 1);
  CHECK(listed[0]["rule"] == "R03");
  CHECK(listed[0]["corrected"] == 51);
  CHECK(listed[0]["correction"] == 52);
  CHECK(listed[0]["before"] == "breached");
  CHECK(listed[0]["after"] == "fulfilled");
  CHECK(listed[0]["sameActor"] == false);
  CHECK(listed[0]["recordedAt"] == server.json({"read", "--from", "52", "--limit", "1"})[0]["recordedat"]);
  CHECK(server.json({"amended", "--at", "2019-03-12T13:45:00+01:00"}).empty());
  CHECK(server.json({"amended", "--unit", "eskilstuna/ifoReception"}).size() == 1);
  CHECK(server.json({"amended", "--unit", "eskilstuna/ifoChild"}).empty());
  auto swedish = server.stafett({"amended", "--lang", "sv"});
  CHECK(has(swedish.out, "BRUTEN"));
  CHECK(has(swedish.out, "andra person"));
}

TEST_CASE("consent tells who has to be asked on a date, and on which ground it goes without", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto ask = [&](const std::string& scope, const std::string& at) {
    return server
        .json({"consent", "p-elin", "--scope", scope, "--recipient", "eskilstuna/incomeSupport", "--at", at})
        .front();
  };
  auto none = ask("childConversationInAdultCase", "2019-03-01");
  CHECK(none["allowed"] == false);
  REQUIRE(none["givers"].size() == 2);
  CHECK(none["givers"][0]["state"] == "notAsked");
  auto during = ask("childConversationInAdultCase", "2019-03-13");
  CHECK(during["allowed"] == true);
  CHECK(during["ground"] == "openInvestigation");
  auto after = ask("contactBetweenUnits", "2019-12-31");
  CHECK(after["allowed"] == false);
  CHECK(after["givers"][0]["person"] == "p-ingrid");
  CHECK(after["givers"][0]["state"] == "given");
  CHECK(after["givers"][0]["positions"] == Json({60, 61}));
  CHECK(after["givers"][1]["state"] == "notAsked");
  auto wrong = server.stafett({"consent", "p-elin", "--scope", "everything", "--recipient", "x/y"});
  CHECK(wrong.code == 1);
  CHECK(has(wrong.errors, "there is no scope"));
  CHECK(server.stafett({"consent", "p-nobody", "--scope", "sip", "--recipient", "x/y"}).code == 1);
}
