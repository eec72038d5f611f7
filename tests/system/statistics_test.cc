#include <catch2/catch.hpp>
#include <set>

#include "system/running_server.h"

// Statistics that can be published: small groups hidden, for a spreadsheet, and frozen.

using namespace stafett;
using namespace stafett::system_test;

namespace {

// A year of reports about children, by unit and month, and whether the child was heard before the conclusion.
class Municipality {
 public:
  void child(const std::string& unit, int month, bool heard, const std::string& municipality = "0484") {
    auto n = std::to_string(++children_);
    auto id = "case/c-" + n, person = "p-" + n;
    auto day = [&](int d) {
      char text[40];
      std::snprintf(text, sizeof text, "2019-%02d-%02dT10:00:00+01:00", month, d);
      return std::string(text);
    };
    add("CaseOpened", id, unit, municipality, day(1),
        {{"caseId", "c-" + n},
         {"caseKind", "child"},
         {"subjectPersonId", person},
         {"unitId", unit},
         {"area", "childWelfare"}});
    if (heard)
      add("ChildHeard", id, unit, municipality, day(2),
          {{"childId", person},
           {"conversationKind", "investigating"},
           {"heldAt", day(2)},
           {"byUnit", unit},
           {"guardianPresent", false}});
    add("InvestigationConcluded", id, unit, municipality, day(3),
        {{"concludedAt", day(3)}, {"outcome", "noMeasure"}});
  }
  // So many children, of whom so many were heard.
  void children(const std::string& unit, int month, int count, int heard) {
    for (int i = 0; i < count; ++i) child(unit, month, i < heard);
  }
  const std::string& lines() const { return lines_; }

 private:
  void add(const std::string& type, const std::string& stream, const std::string& unit,
           const std::string& municipality, const std::string& time, Json data) {
    lines_ += Json{{"specversion", "1.0"},
                   {"id", event_id(++events_)},
                   {"type", "se.stafett." + type},
                   {"source", unit},
                   {"subject", stream},
                   {"time", time},
                   {"municipality", municipality},
                   {"actor", "s-1"},
                   {"actorrole", "childCaseworker"},
                   {"data", std::move(data)}}
                  .dump() +
              "\n";
  }
  int children_ = 0;
  std::uint64_t events_ = 0;
  std::string lines_;
};

// Three units; in one, few children were heard.
struct Ledger {
  Ledger() {
    Municipality m;
    m.children("eskilstuna/ifoChild-east", 2, 20, 10);
    m.children("eskilstuna/ifoChild-west", 3, 20, 2);
    m.children("eskilstuna/ifoChild-north", 5, 30, 15);
    m.child("ekero/ifoChild", 5, true, "0125");
    m.child("ekero/ifoChild", 5, false, "0125");
    auto appended = server.stafett({"append"}, m.lines());
    REQUIRE(appended.code == 0);
  }
  support::TempDir dir;
  RunningServer server{dir.path() / "data"};
};

std::vector<std::string> split(const std::string& text, const std::string& by) {
  std::vector<std::string> out;
  std::size_t from = 0;
  for (auto at = text.find(by); at != std::string::npos; at = text.find(by, from)) {
    out.push_back(text.substr(from, at - from));
    from = at + by.size();
  }
  out.push_back(text.substr(from));
  return out;
}

}  // namespace

TEST_CASE("published statistics hide few and what would give them away; else they are marked", "[system]") {
  Ledger ledger;
  std::vector<std::string> question{"indicators", "I04", "--period", "2019", "--by", "unit"};
  auto marked = ledger.server.json(question);
  question.push_back("--publish");
  auto published = ledger.server.json(question);
  REQUIRE(marked.size() == 4);
  REQUIRE(published.size() == 4);
  std::set<std::string> shown;
  for (std::size_t n = 0; n < 4; ++n) {
    CHECK(marked[n]["group"] == published[n]["group"]);
    CHECK(marked[n]["suppressed"] == published[n]["suppressed"]);
    CHECK(marked[n]["denominator"].is_number());
    CHECK(published[n]["from"] == "2019-01-01");
    CHECK(published[n]["to"] == "2020-01-01");
    bool hidden = published[n]["suppressed"];
    for (auto field : {"numerator", "denominator", "value", "pending", "waived"})
      CHECK(published[n][field].is_null() == hidden);
    CHECK(published[n]["median"].is_null());
    if (!hidden) shown.insert(published[n]["group"]["unit"].get<std::string>());
  }
  // Ekerö has two children and west two that were heard: each hides another's 10 or 15 with them.
  CHECK(shown.size() <= 2);
  CHECK_FALSE(shown.contains("ekero/ifoChild"));
  CHECK_FALSE(shown.contains("eskilstuna/ifoChild-west"));
  // The total of all is shown, for none of its parts can be worked out.
  auto total = ledger.server.json({"indicators", "I04", "--period", "2019", "--publish"});
  REQUIRE(total.size() == 1);
  CHECK(total[0]["numerator"] == 28);
  CHECK(total[0]["denominator"] == 72);
  CHECK(total[0]["show"] == "share");
  // A higher threshold hides more.
  auto strict =
      ledger.server.json({"indicators", "I04", "--period", "2019", "--publish", "--threshold", "30"});
  CHECK(strict.at(0)["suppressed"] == true);
}

TEST_CASE("what is no statistics is not published", "[system]") {
  Ledger ledger;
  auto refused = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"indicators", "I04", "--publish"});
    auto ended = ledger.server.stafett(options);
    CHECK(ended.out == "");
    return ended.code;
  };
  CHECK(refused({"--open"}) == 1);
  CHECK(refused({"--by", "gender,ageBand,area"}) == 1);
  CHECK(refused({"--period", "2019-03", "--by", "placed"}) == 1);
  CHECK(refused({"--by", "placed,unit", "--period", "2019"}) == 1);
  CHECK(refused({"--from", "2019-03-04", "--to", "2019-04-01"}) == 1);
  CHECK(refused({"--threshold", "0"}) == 2);
  CHECK(refused({"--period", "2019-T4"}) == 2);
  CHECK(refused({"--period", "2019", "--from", "2019-01-01"}) == 2);
  CHECK(refused({"--unit", "eskilstuna/ifoChild"}) == 2);
  CHECK(refused({"--csv", "--json"}) == 2);
}

TEST_CASE("a span is divided into months, four-months, terms or years", "[system]") {
  Ledger ledger;
  auto periods = [&](const std::string& split) {
    std::vector<std::string> out;
    for (auto& line :
         ledger.server.json({"indicators", "I04", "--period", "2019", "--by", "period", "--split", split}))
      out.push_back(line["group"]["period"].get<std::string>() + " " + line["denominator"].dump());
    return out;
  };
  CHECK(periods("month") == std::vector<std::string>{"2019-02 20", "2019-03 20", "2019-05 32"});
  CHECK(periods("tertial") == std::vector<std::string>{"2019-T1 40", "2019-T2 32"});
  CHECK(periods("term") == std::vector<std::string>{"2019-VT 72"});
  CHECK(periods("year") == std::vector<std::string>{"2019 72"});
}

TEST_CASE("people read percent, days and numbers, what the figures rest on, and dots where they are hidden",
          "[system]") {
  Ledger ledger;
  auto shown =
      ledger.server.stafett({"indicators", "I04", "I01", "I07b", "--period", "2019", "--lang", "en"}).out;
  CHECK(shown.find("39 %") != std::string::npos);
  CHECK(shown.find("Period 2019 (2019-01-01 – 2019-12-31)") != std::string::npos);
  CHECK(shown.find("rule set base") != std::string::npos);
  auto mean = ledger.server.json({"indicators", "I07b", "--period", "2019"}).at(0)["value"].get<double>();
  REQUIRE(mean < 1);
  char number[32];
  std::snprintf(number, sizeof number, "%.2f", mean);
  CHECK(shown.find(number) != std::string::npos);
  auto hidden =
      ledger.server
          .stafett({"indicators", "I04", "--period", "2019", "--by", "unit", "--publish", "--lang", "sv"})
          .out;
  CHECK(hidden.find("..") != std::string::npos);
  CHECK(hidden.find("10 %") == std::string::npos);
  CHECK(hidden.find("regelverk base") != std::string::npos);
  // Nothing is smaller than 1: what is hidden is not so for being under the threshold alone.
  auto few = ledger.server.stafett(
      {"indicators", "I04", "--period", "2019", "--by", "unit", "--publish", "--threshold", "1"});
  CHECK(few.out.find("lines would disclose persons (threshold 1)") != std::string::npos);
}

TEST_CASE("a spreadsheet opens the figures in either language, and takes no text for a formula", "[system]") {
  support::TempDir dir;
  RunningServer server{dir.path() / "data"};
  Municipality m;
  m.children("eskilstuna/ifoChild", 2, 40, 10);
  m.children("-1-cmd", 3, 20, 10);
  REQUIRE(server.stafett({"append"}, m.lines()).code == 0);
  auto csv = [&](const std::string& language) {
    return server
        .stafett({"indicators", "I04", "--period", "2019", "--by", "unit", "--csv", "--publish", "--lang",
                  language})
        .out;
  };
  auto swedish = csv("sv"), english = csv("en");
  CHECK(swedish.starts_with("\xef\xbb\xbfindikator;namn;enhet;värde;täljare;nämnare;"));
  CHECK(english.starts_with("\xef\xbb\xbfindicator,name,unit,value,numerator,denominator,"));
  auto lines = split(swedish, "\r\n");
  REQUIRE(lines.size() == 4);
  CHECK(lines[3] == "");
  CHECK(split(lines[1], ";")[2] == "'-1-cmd");
  CHECK(split(lines[1], ";")[3] == "0,5");
  CHECK(split(lines[2], ";")[3] == "0,25");
  CHECK(split(lines[2], ";").size() == split(lines[0], ";").size());
  CHECK(english.find(",0.25,10,40,") != std::string::npos);
  CHECK(english.find(",share,") != std::string::npos);
  CHECK(swedish.find(";andel;") != std::string::npos);
  auto hidden =
      server.stafett({"indicators", "I04", "--period", "2019", "--csv", "--publish", "--threshold", "30"})
          .out;
  CHECK(hidden.find(",..,..,..,..,..,..,..,yes,share,") != std::string::npos);
}

TEST_CASE("a period that is over is frozen as it is published, and recalled as it was", "[system]") {
  support::TempDir dir;
  RunningServer server{dir.path() / "data"};
  Municipality m;
  m.children("eskilstuna/ifoChild-east", 2, 20, 10);
  m.children("eskilstuna/ifoChild-west", 3, 20, 2);
  m.children("eskilstuna/ifoChild-north", 5, 30, 15);
  m.child("ekero/ifoChild", 5, true, "0125");
  REQUIRE(server.stafett({"append"}, m.lines()).code == 0);
  std::vector<std::string> owner{"--unit", "eskilstuna/socialAdministration", "--municipality", "0484"};
  auto with_owner = [&](std::vector<std::string> command) {
    command.insert(command.end(), owner.begin(), owner.end());
    return command;
  };
  auto freeze = with_owner({"indicators", "I04", "--period", "2019", "--by", "unit", "--freeze"});
  auto first = server.json(freeze).at(0);
  CHECK(first["outcome"] == "appended");
  CHECK(first["subject"] == "unit/eskilstuna/socialAdministration");

  auto recall = with_owner({"indicators", "--frozen", "--period", "2019"});
  auto frozen = server.json(recall);
  REQUIRE(frozen.size() == 3);  // nothing of the other municipality
  std::size_t hidden = 0;
  for (auto& line : frozen) {
    CHECK(line["frozen"] == first["position"]);
    CHECK(line["position"] == first["position"].get<std::uint64_t>() - 1);
    CHECK(line["ruleSet"] == "base");
    CHECK(line["threshold"] == 5);
    CHECK(line["municipality"] == "0484");
    CHECK(line["group"]["unit"].get<std::string>().starts_with("eskilstuna/"));
    CHECK(line["numerator"].is_null() == line["suppressed"].get<bool>());
    hidden += line["suppressed"].get<bool>();
  }
  CHECK(hidden == 2);

  // What is registered afterwards changes nothing of it, also when it is frozen once more, and after a new
  // start.
  Municipality later;
  for (int i = 0; i < 100; ++i) later.child("unused", 1, false);  // only for their numbers
  auto used = later.lines().size();
  later.children("eskilstuna/ifoChild-west", 3, 20, 18);
  REQUIRE(server.stafett({"append"}, later.lines().substr(used)).code == 0);
  auto second = server.json(freeze).at(0);
  REQUIRE(server.stop() == 0);
  RunningServer again{dir.path() / "data"};
  auto both = again.json(recall);
  REQUIRE(both.size() == 6);
  for (std::size_t n = 0; n < 3; ++n) CHECK(both[n] == frozen[n]);
  for (std::size_t n = 3; n < 6; ++n) {
    CHECK(both[n]["frozen"] == second["position"]);
    CHECK(both[n]["suppressed"] == false);
  }
  CHECK(again.json({"indicators", "--frozen", "--municipality", "0125"}).empty());
  CHECK(again.json({"indicators", "--frozen", "--period", "2018"}).empty());
  CHECK(again.json({"indicators", "I08", "--frozen", "--period", "2019"}).empty());
  auto csv = again.stafett({"indicators", "--frozen", "--period", "2019", "--csv"}).out;
  CHECK(split(csv, "\r\n").size() == 8);
  CHECK(csv.find("..") != std::string::npos);
}

TEST_CASE("a period that is not over is not frozen, nor without saying whose it is", "[system]") {
  Ledger ledger;
  auto freeze = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"indicators", "I04", "--freeze"});
    return ledger.server.stafett(options);
  };
  std::vector<std::string> owner{"--unit", "eskilstuna/ifoChild", "--municipality", "0484"};
  auto owned = [&](std::vector<std::string> options) {
    options.insert(options.end(), owner.begin(), owner.end());
    return freeze(options);
  };
  auto future = owned({"--period", "9000"});
  CHECK(future.code == 1);
  CHECK(future.errors.find("not over") != std::string::npos);
  CHECK(owned({"--period", "2019", "--at", "2019-06-30"}).code == 1);
  CHECK(owned({"--period", "2019-01", "--by", "placed"}).code == 1);
  CHECK(owned({}).code == 2);
  CHECK(owned({"--period", "2019", "--open"}).code == 2);
  CHECK(freeze({"--period", "2019", "--municipality", "0484"}).code == 2);
  CHECK(freeze({"--period", "2019", "--unit", "eskilstuna/ifoChild"}).code == 2);
  CHECK(freeze({"--period", "2019", "--unit", "a b", "--municipality", "0484"}).code == 1);
  CHECK(freeze({"--period", "2019", "--unit", "eskilstuna/ifoChild", "--municipality", "48"}).code == 1);
  auto nowhere = freeze({"--period", "2019", "--unit", "eskilstuna/ifoChild", "--municipality", "9999"});
  CHECK(nowhere.code == 1);
  CHECK(nowhere.errors.find("9999") != std::string::npos);
  CHECK(ledger.server.json({"indicators", "--frozen"}).empty());
}
