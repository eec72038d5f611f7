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

// Groups the events into dossiers and judges each as of `at`.
inline std::vector<casework::Judgement> judge_all(const std::vector<event::RecordedEvent>& events,
                                                  const casework::RuleBook& book, Instant at) {
  casework::DossierIndex index;
  for (auto& e : events) index.add(e);
  std::vector<casework::Judgement> out;
  for (auto id : index.all()) {
    std::vector<const event::RecordedEvent*> own, visiting;
    for (auto p : index.own(id)) own.push_back(&events[p.value]);
    for (auto list : {index.visiting(id), index.governance()})
      for (auto p : list)
        if (std::find(own.begin(), own.end(), &events[p.value]) == own.end() &&
            std::find(visiting.begin(), visiting.end(), &events[p.value]) == visiting.end())
          visiting.push_back(&events[p.value]);
    casework::World world(own, visiting, at, index.home(id));
    out.push_back(casework::judge(world, book));
  }
  return out;
}

inline std::vector<casework::Obligation> obligations(const std::vector<casework::Judgement>& judgements) {
  std::vector<casework::Obligation> out;
  for (auto& judgement : judgements)
    for (auto& j : judgement.judged)
      if (j.of_rule) out.push_back(j.obligation);
  return out;
}

inline std::vector<casework::Figure> figures(const casework::FigureQuery& query,
                                             const std::vector<casework::Judgement>& judgements) {
  casework::FigureCount count(query);
  for (auto& judgement : judgements) count.add(judgement);
  return count.figures();
}

}  // namespace stafett::support
