#include "workload.h"

#include <nlohmann/json.hpp>
#include <random>

#include "stafett/core/assert.h"
#include "stafett/core/calendar.h"

namespace stafett::load {
namespace {

using nlohmann::json;

constexpr const char* unit = "lastorp/ifoChild";
constexpr std::size_t case_length = 12;

class Lane {
 public:
  Lane(std::uint64_t seed, std::uint32_t lane, std::size_t size)
      : random_(seed * 0x9e3779b97f4a7c15u + lane),
        name_(std::to_string(seed) + "-" + std::to_string(lane)),
        size_(size) {}

  event::NewEvent next() {
    if (step_ == case_length) {
      step_ = 0;
      ++case_;
    }
    auto attributes = data_of(step_);
    clock_ += std::chrono::minutes(random_() % 2000);
    if (step_ == 0)
      clock_ = parse_instant("2019-01-01T08:00:00Z").value() + std::chrono::hours(random_() % 40000);
    attributes["specversion"] = "1.0";
    attributes["id"] = event::format_event_id(id());
    attributes["source"] = unit;
    attributes["subject"] = "case/" + case_id();
    attributes["time"] = format_local(clock_);
    attributes["municipality"] = "0999";
    attributes["actor"] = "s-" + std::to_string(random_() % 200);
    attributes["actorrole"] = "childCaseworker";
    attributes["correlationid"] = "h-" + name_ + "-" + std::to_string(case_);
    ++step_;
    fill(attributes);
    auto event = event::parse_json(attributes.dump());
    STAFETT_ASSERT(event);
    return std::move(event.value());
  }

 private:
  std::string case_id() const { return "c-" + name_ + "-" + std::to_string(case_); }
  std::string child() const { return "p-" + name_ + "-" + std::to_string(case_); }

  event::EventId id() {
    event::EventId id;
    for (std::size_t i = 0; i < id.size(); i += 8) {
      auto bits = random_();
      for (std::size_t j = 0; j < 8; ++j) id[i + j] = static_cast<std::byte>(bits >> (8 * j));
    }
    return id;
  }

  json data_of(std::size_t step) {
    auto now = [&] { return format_local(clock_); };
    bool violence = random_() % 3 == 0;
    auto report = "r-" + case_id();
    switch (step) {
      case 0:
        return {{"type", "se.stafett.CaseOpened"},
                {"data",
                 {{"caseId", case_id()},
                  {"caseKind", "child"},
                  {"subjectPersonId", child()},
                  {"unitId", unit},
                  {"area", "childWelfare"}}}};
      case 1:
        return {{"type", "se.stafett.ConcernReported"},
                {"data",
                 {{"reportId", report},
                  {"childId", child()},
                  {"receivedAt", now()},
                  {"reporterKind", "school"},
                  {"reporterMandated", true},
                  {"concernKinds", json::array({violence ? "violence" : "absence"})},
                  {"violenceExposed", violence},
                  {"violenceWitnessed", false}}}};
      case 2:
        return {{"type", "se.stafett.ResponsibilityAssigned"},
                {"data", {{"unitId", unit}, {"responsibility", "case"}, {"from", now()}}}};
      case 3:
        return {{"type", "se.stafett.ProtectionAssessed"},
                {"data", {{"reportId", report}, {"immediateNeed", violence}, {"assessedAt", now()}}}};
      case 4:
        return {{"type", "se.stafett.InvestigationDecided"},
                {"data",
                 {{"outcome", "open"},
                  {"decidedAt", now()},
                  {"legalRef", "SoL 11:1"},
                  {"reportId", report},
                  {"preliminaryAssessmentMade", false}}}};
      case 5:
        return {{"type", "se.stafett.ChildInformed"},
                {"data",
                 {{"childId", child()},
                  {"about", "investigation"},
                  {"channel", "conversation"},
                  {"adapted", true}}}};
      case 7:
        return {{"type", "se.stafett.ViolenceAsked"},
                {"data", {{"askedPersonId", child()}, {"isChild", true}, {"setting", "alone"}}}};
      case 8:
        return {{"type", "se.stafett.ChildViewRecorded"},
                {"data", {{"childId", child()}, {"source", "child"}, {"regarding", "situation"}}}};
      case 9:
        return {
            {"type", "se.stafett.SchoolSituationReported"},
            {"data",
             {{"childId", child()}, {"asOf", format_date(local_date(clock_))}, {"attendance", "concern"}}}};
      case 10:
        return {{"type", "se.stafett.InvestigationConcluded"},
                {"data", {{"concludedAt", now()}, {"outcome", "measure"}}}};
      case 11:
        return {{"type", "se.stafett.FeedbackGivenToChild"},
                {"data",
                 {{"childId", child()},
                  {"regarding", "investigation"},
                  {"refId", case_id()},
                  {"givenAt", now()},
                  {"decisionTold", true},
                  {"viewUseTold", true},
                  {"bestInterestsTold", true}}}};
      default:
        return {{"type", "se.stafett.ChildHeard"},
                {"data",
                 {{"childId", child()},
                  {"conversationKind", "investigating"},
                  {"heldAt", now()},
                  {"byUnit", unit},
                  {"guardianPresent", false}}}};
    }
  }

  // A record is its content, some 60 bytes of place and the sealed text.
  void fill(json& event) {
    constexpr std::size_t around = 64;
    auto bare = event::parse_json(event.dump());
    STAFETT_ASSERT(bare);
    auto used = bare.value().content.size() + around;
    if (used < size_) event["data"]["personal"] = {{"note", std::string(size_ - used, 'x')}};
  }

  std::mt19937_64 random_;
  std::string name_;
  std::size_t size_;
  std::uint64_t case_ = 0;
  std::size_t step_ = 0;
  Instant clock_{};
};

}  // namespace

std::vector<event::NewEvent> workload(std::uint64_t seed, std::uint32_t lane, std::size_t events,
                                      std::size_t size) {
  Lane source(seed, lane, size);
  std::vector<event::NewEvent> out;
  out.reserve(events);
  for (std::size_t i = 0; i < events; ++i) out.push_back(source.next());
  return out;
}

}  // namespace stafett::load
