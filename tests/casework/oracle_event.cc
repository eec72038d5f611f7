#include <algorithm>
#include <stdexcept>

#include "casework/oracle_told.h"

namespace stafett::oracle {

namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(result.value());
}

}  // namespace

// 8.1 no. 6: "Where `data` has its own time (`receivedAt`, `decidedAt`, `assessedAt`, `heldAt`,
// `concludedAt`, `givenAt`…), rules use that".
//
// Reading: a time that tells when the event itself happened, not `plannedAt` (ahead), `sentAt` or
// `requestedAt` (what it answers). A responsibility is there when it takes force.
Instant when_of(const Sent& sent, const json& data) {
  static const std::map<std::string, const char*> own = {
      {"ConcernReported", "receivedAt"},
      {"ApplicationReceived", "receivedAt"},
      {"ProtectionAssessed", "assessedAt"},
      {"InvestigationDecided", "decidedAt"},
      {"RiskSituationNotified", "notifiedAt"},
      {"InvestigationConcluded", "concludedAt"},
      {"ChildImpactAnalysisCompleted", "completedAt"},
      {"DecisionMade", "decidedAt"},
      {"MeasureStatusChanged", "at"},
      {"ChildHeard", "heldAt"},
      {"FeedbackGivenToChild", "givenAt"},
      {"MeetingHeld", "heldAt"},
      {"ResponsibilityAssigned", "from"},
      {"ContactAnswered", "answeredAt"},
      {"DeviationResolved", "at"},
  };
  auto field = own.find(sent.type);
  if (field == own.end() || !data.contains(field->second)) return sent.time;
  return must(parse_instant(data[field->second].get<std::string>()));
}

std::vector<Sent> read_events(const std::vector<std::string>& lines) {
  std::vector<Sent> out;
  for (auto& line : lines) {
    auto e = json::parse(line);
    out.push_back({e["id"], e["type"].get<std::string>().substr(std::string("se.stafett.").size()),
                   e["subject"], e["source"], must(parse_instant(e["time"].get<std::string>())), e["data"]});
  }
  return out;
}

std::string Event::case_id() const {
  return sent->stream.rfind("case/", 0) == 0 ? sent->stream.substr(5) : std::string();
}

std::string Event::text(const char* field) const {
  auto found = data->find(field);
  return found == data->end() ? std::string() : found->get<std::string>();
}

bool Event::yes(const char* field) const { return data->value(field, false); }
bool Event::no(const char* field) const { return !data->value(field, true); }

std::vector<std::string> Event::list(const char* field) const {
  auto found = data->find(field);
  return found == data->end() ? std::vector<std::string>() : found->get<std::vector<std::string>>();
}

bool Event::lists(const char* field, const std::string& item) const {
  auto all = list(field);
  return std::find(all.begin(), all.end(), item) != all.end();
}

std::optional<Date> Event::date(const char* field) const {
  auto found = data->find(field);
  if (found == data->end()) return {};
  return must(parse_date(found->get<std::string>()));
}

std::optional<Instant> Event::instant(const char* field) const {
  auto found = data->find(field);
  if (found == data->end()) return {};
  return must(parse_instant(found->get<std::string>()));
}

}  // namespace stafett::oracle
