// No event type is only on paper: each is appended to a real server and read back the same.
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "casework/small_history.h"
#include "domain_rows/story.h"
#include "event/sample.h"
#include "support/seed.h"
#include "system/running_server.h"

using namespace stafett;
using namespace stafett::system_test;

namespace {

namespace sample = event::test;

const std::string case_id = "c-1";

// What nobody but the ledger records: it is asked to.
const std::set<std::string> of_the_ledger{"RuleSetAdopted", "PersonalDataErased", "StatisticsFrozen"};

// As sent, out of what was shown.
sample::Json as_sent(sample::Json shown) {
  for (auto added : {"position", "streamversion", "recordedat", "appendedby"}) shown.erase(added);
  return shown;
}

std::string joined(const std::vector<sample::Json>& events) {
  std::string out;
  for (auto& e : events) out += e.dump() + "\n";
  return out;
}

// Sends the events, reads the whole ledger and compares. The types read, without "se.stafett.".
std::set<std::string> sent_and_read_back(const RunningServer& server,
                                         const std::vector<sample::Json>& events) {
  auto before = server.json({"head"}).at(0).at("size").get<std::size_t>();
  server.json({"append"}, joined(events));
  auto shown = server.stafett({"read", "--json"}).lines();
  REQUIRE(shown.size() == before + events.size());
  std::set<std::string> types;
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto read = as_sent(sample::Json::parse(shown[before + i]));
    INFO(events[i].dump() << "\n" << read.dump());
    CHECK(sample::same_json(read, events[i]));
    types.insert(read.at("type").get<std::string>().substr(11));
  }
  return types;
}

}  // namespace

TEST_CASE("one event of every type is appended to a real server and read back the same", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  std::mt19937_64 random(support::seed());
  std::vector<sample::Json> events{sample::Json::parse(case_opened(1, case_id))};
  std::string person;
  for (auto fill : {sample::Fill::required_only, sample::Fill::every_field})
    for (auto& type : event::event_types()) {
      if (of_the_ledger.contains(type.name)) continue;
      auto e = sample::sample_event(type, fill, random);
      e["time"] = "2019-03-13T10:00:00+01:00";
      e.erase("expectedversion");
      auto subject = e.at("subject").get<std::string>();
      if (subject.starts_with("case/") || type.name == "EventCorrected") e["subject"] = "case/" + case_id;
      if (type.name == "PersonRegistered") person = subject;
      if (type.name == "EventCorrected") {
        e["data"]["correctsEventId"] = event_id(1);
        e["data"]["correctedFields"] = {{"district", "farsta"}};
        e["data"].erase("voids");
      }
      events.push_back(e);
    }
  auto types = sent_and_read_back(server, events);

  server.json({"erase", person, "--reason", "retentionEnded"});
  server.json({"indicators", "I01", "--period", "2018", "--freeze", "--unit", "eskilstuna/management",
               "--municipality", "0484"});
  for (auto& e : server.json({"read"})) types.insert(e.at("type").get<std::string>().substr(11));
  for (auto& type : event::event_types()) {
    INFO(type.name);
    CHECK(types.contains(type.name));
  }
}

TEST_CASE("a real server adopts the municipalities' sets and takes the events of every programme's story",
          "[system][domain_rows]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  for (std::string set : {"eskilstuna", "lekeberg", "stockholm", "ekero"})
    server.json({"rules", "adopt", STAFETT_SOURCE_DIR "/schema/rules/" + set + ".json"});
  std::vector<sample::Json> events;
  for (auto& story : domain_rows::all_stories())
    for (auto& line : story.events)
      events.push_back(sample::Json::parse(history::event_line(line, 1 + events.size())));
  std::erase_if(events, [](auto& e) { return e.at("type") == "se.stafett.StatisticsFrozen"; });
  sent_and_read_back(server, events);
  for (auto rule : {"ESK-18", "LEK-15", "STO-46", "EKE-08"}) {
    INFO(rule);
    CHECK_FALSE(server.json({"obligations", "--rule", rule, "--at", "2020-12-31"}).empty());
  }
  // Whom each set binds is told with its rules.
  const std::map<std::string, std::string> binds{
      {"ESK-18", "0484"}, {"LEK-15", "1814"}, {"STO-46", "0180"}, {"EKE-08", "0125"}, {"R01", "0000"}};
  std::size_t told = 0;
  for (auto& rule : server.json({"rules", "--at", "2020-12-31"}))
    if (auto bound = binds.find(rule.at("id")); bound != binds.end()) {
      CHECK(rule.at("municipality") == bound->second);
      ++told;
    }
  CHECK(told == binds.size());
}
