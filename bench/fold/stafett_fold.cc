// Measures the fold alone, in memory: records are decoded, grouped into dossiers and judged, as a rebuild
// does without its disk. With no rules, ten, all of the base set, and all with their indicators, in one run.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "stafett/casework/dossier_index.h"
#include "stafett/casework/judge.h"
#include "stafett/core/calendar.h"
#include "stafett/event/encoding.h"
#include "stafett/event/new_event.h"

using namespace stafett;
using nlohmann::json;

namespace {

std::vector<std::string> read_lines(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) lines.push_back(line);
  return lines;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool of_a_family(const std::string& stream) {
  return !stream.starts_with("document/") && !stream.starts_with("forum/") && !stream.starts_with("unit/");
}

void rename(json& value, const std::set<std::string>& ids, const std::string& suffix) {
  if (value.is_string() && ids.contains(value.get<std::string>())) value = value.get<std::string>() + suffix;
  if (value.is_structured())
    for (auto& item : value) rename(item, ids, suffix);
}

// The scenario, told of so many families: persons, households and cases are each family's own, documents are
// everybody's. The events come family by family.
std::vector<std::string> records_of(const std::string& scenario, int families) {
  std::vector<json> events;
  std::set<std::string> ids;
  for (auto& line : read_lines(scenario)) {
    events.push_back(json::parse(line));
    auto stream = events.back()["subject"].get<std::string>();
    if (of_a_family(stream)) ids.insert(stream.substr(stream.find('/') + 1));
    if (events.back()["data"].contains("personId")) ids.insert(events.back()["data"]["personId"]);
  }
  std::vector<std::string> records;
  for (int family = 0; family < families; ++family) {
    auto suffix = "-" + std::to_string(family);
    for (auto event : events) {
      auto stream = event["subject"].get<std::string>();
      if (!of_a_family(stream) && family > 0) continue;
      if (of_a_family(stream)) event["subject"] = stream + suffix;
      rename(event["data"], ids, suffix);
      event.erase("expectedversion");
      char id[37];
      std::snprintf(id, sizeof id, "00000000-0000-4000-8000-%012zu", records.size());
      if (event["type"] == "se.stafett.EventCorrected") continue;  // names an event by its id
      event["id"] = id;
      auto parsed = event::parse_json(event.dump());
      if (!parsed) throw std::runtime_error(parsed.error().message + " in " + event.dump());
      event::Place place{Position(records.size()), Version(0), parsed.value().occurred_at, "bench"};
      auto bytes = event::encode_record(parsed.value(), place, {});
      records.emplace_back(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
  }
  return records;
}

casework::RuleBook book_of(const json& set) {
  if (set["rules"].empty() && set["indicators"].empty())
    return casework::RuleBook(std::vector<casework::AdoptedRuleSet>{});
  auto parsed = casework::RuleSet::parse(set.dump());
  if (!parsed) throw std::runtime_error(parsed.error().message);
  return casework::RuleBook(
      {{std::make_shared<casework::RuleSet>(std::move(parsed.value())), Position(0), Instant{}}});
}

struct Folded {
  double events_per_s = 0;
  std::size_t judged = 0;
};

event::RecordedEvent decoded(const std::string& record) {
  return event::decode_record(as_bytes(record)).value();
}

Folded fold(const std::vector<std::string>& records, const casework::RuleBook& book, Instant at) {
  auto begin = std::clock();  // of this program alone: others on the machine disturb less
  Folded out;
  casework::DossierIndex index;
  for (auto& record : records) index.add(decoded(record));
  for (auto id : index.all()) {
    std::vector<event::RecordedEvent> own, visiting;
    for (auto p : index.own(id)) own.push_back(decoded(records[p.value]));
    std::vector<Position> visitors(index.visiting(id).begin(), index.visiting(id).end());
    for (auto p : index.governance())
      if (!std::binary_search(index.own(id).begin(), index.own(id).end(), p)) visitors.push_back(p);
    std::sort(visitors.begin(), visitors.end());
    visitors.erase(std::unique(visitors.begin(), visitors.end()), visitors.end());
    for (auto p : visitors) visiting.push_back(decoded(records[p.value]));
    std::vector<const event::RecordedEvent*> own_events, visiting_events;
    for (auto& e : own) own_events.push_back(&e);
    for (auto& e : visiting) visiting_events.push_back(&e);
    casework::World world(own_events, visiting_events, at, index.home(id));
    out.judged += casework::judge(world, book).judged.size();
  }
  auto seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  out.events_per_s = static_cast<double>(records.size()) / seconds;
  return out;
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app{"Measures the fold with no rules, ten, all, and all with indicators, in one run"};
  std::string rules = "schema/rules/base.json", scenario = "tests/scenarios/eskilstuna-2019.jsonl";
  int families = 100, rounds = 3;
  bool as_json = false;
  app.add_option("--rules", rules, "the rule set")->capture_default_str();
  app.add_option("--scenario", scenario, "events of one family, JSON lines")->capture_default_str();
  app.add_option("--families", families, "how many families tell the scenario")->check(CLI::Range(1, 100000));
  app.add_option("--rounds", rounds, "the median of so many is shown")->check(CLI::Range(1, 99));
  app.add_flag("--json", as_json, "one JSON object a line");
  CLI11_PARSE(app, argc, argv);
  auto all = json::parse(read_file(rules));
  auto none = all, ten = all, only_rules = all;
  none["rules"] = none["indicators"] = ten["indicators"] = only_rules["indicators"] = json::array();
  ten["rules"].erase(ten["rules"].begin() + std::min<std::ptrdiff_t>(10, std::ssize(ten["rules"])),
                     ten["rules"].end());
  auto records = records_of(scenario, families);
  auto at = parse_time_argument("2019-12-31").value();
  struct Row {
    const char* name;
    casework::RuleBook book;
    std::vector<double> rates;
    std::size_t judged = 0;
  };
  std::vector<Row> rows;
  rows.push_back({"no rules", book_of(none), {}});
  rows.push_back({"10 rules", book_of(ten), {}});
  rows.push_back({"all rules", book_of(only_rules), {}});
  rows.push_back({"all rules and indicators", book_of(all), {}});
  for (int round = 0; round < rounds; ++round)
    for (auto& row : rows) {  // turn by turn, so that the machine's moods meet them all
      auto folded = fold(records, row.book, at);
      row.rates.push_back(folded.events_per_s);
      row.judged = folded.judged;
    }
  for (auto& row : rows) std::sort(row.rates.begin(), row.rates.end());
  auto ten_rate = rows[1].rates[rows[1].rates.size() / 2];
  if (!as_json) std::printf("%-26s %12s %14s %18s\n", "the fold", "events/s", "judged", "time beside ten");
  for (auto& row : rows) {
    auto rate = row.rates[row.rates.size() / 2];
    if (as_json)
      std::cout << json{{"rules", row.name},
                        {"events", records.size()},
                        {"events_per_s", rate},
                        {"judged", row.judged},
                        {"time_beside_ten", ten_rate / rate}}
                << "\n";
    else
      std::printf("%-26s %12.0f %14zu %18.2f\n", row.name, rate, row.judged, ten_rate / rate);
  }
  return 0;
} catch (const std::exception& e) {
  std::cerr << "stafett-fold: " << e.what() << "\n";
  return 1;
}
