#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "stafett/casework/dossier_index.h"
#include "stafett/casework/judge.h"
#include "stafett/event/new_event.h"

// Events as they would stand in a ledger, without one: JSON lines become records and are read back, in the
// order given.
namespace stafett::support {

inline std::string read_file(const std::string& path) {
  std::ifstream in(std::string(STAFETT_SOURCE_DIR) + "/" + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::vector<std::string> read_lines(const std::string& path) {
  std::ifstream in(std::string(STAFETT_SOURCE_DIR) + "/" + path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) lines.push_back(line);
  return lines;
}

inline event::RecordedEvent record(const std::string& json, std::uint64_t position) {
  auto parsed = event::parse_json(json);
  if (!parsed) throw std::runtime_error(parsed.error().message + " in " + json);
  event::Place place{Position(position), Version(0), parsed.value().occurred_at, "test"};
  return event::decode_record(event::encode_record(parsed.value(), place, {})).value();
}

inline std::vector<event::RecordedEvent> record_all(const std::vector<std::string>& lines) {
  std::vector<event::RecordedEvent> events;
  for (auto& line : lines) events.push_back(record(line, events.size()));
  return events;
}

inline casework::RuleBook base_book() {
  auto set = casework::RuleSet::parse(read_file("schema/rules/base.json"));
  if (!set) throw std::runtime_error(set.error().message);
  return casework::RuleBook(
      {{std::make_shared<casework::RuleSet>(std::move(set.value())), Position(0), Instant{}}});
}

// One dossier's events, as the judge is given them.
struct DossierEvents {
  std::vector<const event::RecordedEvent*> own, visiting;
  std::string home;
  casework::World world(Instant at) const { return {own, visiting, at, home}; }
};

inline std::vector<DossierEvents> dossiers(const std::vector<event::RecordedEvent>& events) {
  casework::DossierIndex index;
  for (auto& e : events) index.add(e);
  std::vector<DossierEvents> out;
  for (auto id : index.all()) {
    auto& [own, visiting, home] = out.emplace_back();
    home = index.home(id);
    for (auto p : index.own(id)) own.push_back(&events[p.value]);
    for (auto list : {index.visiting(id), index.governance()})
      for (auto p : list)
        if (std::find(own.begin(), own.end(), &events[p.value]) == own.end() &&
            std::find(visiting.begin(), visiting.end(), &events[p.value]) == visiting.end())
          visiting.push_back(&events[p.value]);
  }
  return out;
}

// Groups the events into dossiers and judges each as of `at`.
inline std::vector<casework::Judgement> judge_all(const std::vector<event::RecordedEvent>& events,
                                                  const casework::RuleBook& book, Instant at) {
  std::vector<casework::Judgement> out;
  for (auto& d : dossiers(events)) out.push_back(casework::judge(d.world(at), book));
  return out;
}

// A line of the contract's JSON; the number makes the event's id.
inline std::string line(std::uint64_t number, const std::string& type, const std::string& subject,
                        const std::string& time, const std::string& data, const std::string& actor = "s-1") {
  char id[40];
  std::snprintf(id, sizeof id, "00000000-0000-4000-8000-%012llx", static_cast<unsigned long long>(number));
  return R"({"specversion":"1.0","id":")" + std::string(id) + R"(","type":"se.stafett.)" + type +
         R"(","source":"eskilstuna/ifoChild","subject":")" + subject + R"(","time":")" + time +
         R"(","municipality":"0484","actor":")" + actor + R"(","data":{)" + data + "}}";
}

inline std::vector<casework::Obligation> obligations(const std::vector<casework::Judgement>& judgements) {
  std::vector<casework::Obligation> out;
  for (auto& judgement : judgements)
    for (auto& j : judgement.judged)
      if (j.of_rule) out.push_back(casework::owned(j.obligation));
  return out;
}

inline std::vector<casework::Figure> figures(const casework::FigureQuery& query,
                                             const std::vector<casework::Judgement>& judgements) {
  casework::FigureCount count(query);
  for (auto& judgement : judgements) count.add(judgement);
  return count.figures();
}

}  // namespace stafett::support
