#include "wording.h"

#include <capnp/message.h>

#include <array>
#include <cstring>

#include "sentence.h"
#include "stafett/core/assert.h"
#include "stafett/event/encoding.h"

namespace stafett::municipality {
namespace {

// Notes are sealed before anything is stored, so what they say weighs nothing; how long they are does.
constexpr std::string_view note =
    "Samtal med familjen om hur veckan har varit. Skolan beskriver att närvaron har blivit bättre men att "
    "eleven ofta är "
    "trött på morgnarna. Vi kom överens om att följas åt till nästa möte och att mamma ringer om något "
    "händer innan dess. ";

// A record beside its event: its place, and what sealing adds to a note.
constexpr std::size_t around_event = 64, around_note = 72;

struct Office {
  Unit unit;
  const char* kind;
  schema::Role role;
};
constexpr Office offices[] = {
    {Unit::reception, "ifoReception", schema::Role::RECEPTION_OFFICER},
    {Unit::child, "ifoChild", schema::Role::CHILD_CASEWORKER},
    {Unit::income_support, "incomeSupport", schema::Role::ADULT_CASEWORKER},
    {Unit::adult, "ifoAdult", schema::Role::ADULT_CASEWORKER},
    {Unit::relationship_violence, "relationshipViolence", schema::Role::ADULT_CASEWORKER},
    {Unit::open_care, "ifoOpenCare", schema::Role::CHILD_CASEWORKER},
    {Unit::foster_care, "fosterCare", schema::Role::CHILD_CASEWORKER},
    {Unit::school, "school", schema::Role::SCHOOL_STAFF},
    {Unit::preschool, "preschool", schema::Role::PRESCHOOL_STAFF},
    {Unit::psychiatry, "childPsychiatry", schema::Role::HEALTH_CARE_STAFF},
    {Unit::management, "management", schema::Role::UNIT_MANAGER},
};

}  // namespace

std::string Sentence::unit(Unit which) const {
  const auto& office = offices[static_cast<std::size_t>(which)];
  std::string out = std::string("lastorp/") + office.kind;
  // Some are the whole municipality's, whatever its size.
  const bool one_for_all =
      which == Unit::management || which == Unit::psychiatry || which == Unit::relationship_violence;
  if (!one_for_all) out += "-d" + std::to_string(district() + 1);
  return out;
}

Wording::Wording(std::uint64_t seed, std::string prefix, std::size_t record_bytes)
    : seed_(seed), prefix_(std::move(prefix)), record_bytes_(record_bytes) {}

event::EventId Wording::event_id(const Story& story, std::uint16_t serial) const {
  std::uint64_t of_prefix = seed_;
  for (char c : prefix_) of_prefix = mixed(of_prefix ^ static_cast<unsigned char>(c));
  const std::uint64_t place =
      story.number * 65536 + serial + (story.of_household ? 0 : std::uint64_t{1} << 63);
  const std::uint64_t halves[] = {mixed(of_prefix ^ mixed(place)), mixed(mixed(of_prefix) + place)};
  event::EventId id;
  std::memcpy(id.data(), halves, sizeof halves);
  id[6] = (id[6] & std::byte{0x0f}) | std::byte{0x80};  // version 8, variant 1 (RFC 9562)
  id[8] = (id[8] & std::byte{0x3f}) | std::byte{0x80};
  return id;
}

event::NewEvent Wording::event(const Story& story, const Step& step, const Household& household) const {
  std::array<capnp::word, 256> room{};
  capnp::MallocMessageBuilder message(kj::arrayPtr(room.data(), room.size()));
  const auto id = event_id(story, step.serial);
  std::uint64_t luck;
  std::memcpy(&luck, id.data(), sizeof luck);
  Sentence s{message.initRoot<schema::Event>(), story, step, household, prefix_, Chance(luck)};
  s.event.setId(kj::arrayPtr(reinterpret_cast<const kj::byte*>(id.data()), id.size()));
  s.event.setSource(s.unit().c_str());
  s.event.setTime(s.at());
  s.event.setMunicipality("0999");
  const auto& office = offices[static_cast<std::size_t>(step.unit)];
  s.event.setActor(
      ("s-" + std::to_string(100 * (static_cast<unsigned>(step.unit) + 1) + story.number % 40)).c_str());
  s.event.setActorRole(office.role);
  if (story.of_household) s.event.setCorrelationId(s.household_id().c_str());
  if (step.what == What::event_corrected) {
    s.event.setSubject(("case/" + s.case_id()).c_str());
    auto d = s.event.getData().initEventCorrected();
    d.setCorrectsEventId(event::format_event_id(event_id(story, step.ref)).c_str());
    d.setReason(schema::EventCorrected::Reason::INPUT_ERROR);
    auto field = d.initCorrectedFields(1)[0];
    field.setName("durationMin");
    field.setJson(std::to_string(20 + luck % 40).c_str());
  } else {
    const bool worded = word_family(s) || word_investigation(s) || word_participation(s) ||
                        word_collaboration(s) || word_town(s);
    STAFETT_ASSERT(worded);
  }
  auto event = event::from_wire(s.event.asReader(), {});
  if (!event) std::fprintf(stderr, "%s: %s\n", event.error().field.c_str(), event.error().message.c_str());
  STAFETT_ASSERT(event);
  fill(event.value());
  return std::move(event.value());
}

void Wording::fill(event::NewEvent& event) const {
  const auto bare = event.content.size() + around_event + around_note;
  if (bare >= record_bytes_) return;
  const auto room = record_bytes_ - bare;
  std::string text;
  text.reserve(room);
  while (text.size() + note.size() <= room) text += note;
  text += note.substr(0, room - text.size());
  // Not in the middle of a letter.
  while (!text.empty() && static_cast<unsigned char>(text.back()) >= 0x80) text.pop_back();
  event.personal.emplace_back("note", std::move(text));
}

}  // namespace stafett::municipality
