#include "stafett/casework/world.h"

#include <algorithm>
#include <array>

#include "casework/texts.h"
#include "stafett/casework/corrections.h"

namespace stafett::casework {
namespace {

using event::find_event_type;

// The instants in data that say when something happened, in the order of preference.
constexpr std::array effective_fields{"receivedAt",  "decidedAt",   "assessedAt", "heldAt",
                                      "concludedAt", "completedAt", "givenAt",    "sentAt",
                                      "answeredAt",  "notifiedAt",  "from",       "at"};

// For each event type the field that holds its effective time, if any. Computed once.
const std::vector<const event::Field*>& effective_field_of_type() {
  static const auto table = [] {
    std::vector<const event::Field*> fields;
    for (auto& type : event::event_types()) {
      const event::Field* found = nullptr;
      for (auto* name : effective_fields)
        if (auto* f = type.field(name); f && f->form == event::FieldForm::instant && !found) found = f;
      fields.push_back(found);
    }
    return fields;
  }();
  return table;
}

}  // namespace

bool World::earlier(const Fact* a, const Fact* b) {
  if (a->when != b->when) return a->when < b->when;
  if (a->event->occurred_at != b->event->occurred_at) return a->event->occurred_at < b->event->occurred_at;
  return a->event->id < b->event->id;
}

std::string_view child_of(const Fact& fact) {
  static const auto child_fields = [] {
    std::vector<const event::Field*> fields;
    for (auto& type : event::event_types()) fields.push_back(type.field("childId"));
    return fields;
  }();
  if (auto* field = child_fields[fact.type()]; field && fact.fields[field->index].present())
    return fact.fields[field->index].text();
  return fact.in_case && fact.in_case->kind == "child" ? fact.in_case->subject : std::string_view{};
}

std::string_view household_of(const Fact& fact) {
  if (fact.event->category() == "household") return fact.event->stream_id();
  return fact.in_case ? fact.in_case->household : std::string_view{};
}

Value field_of(const Fact& fact, std::string_view name) {
  auto* field = event::event_types()[fact.type()].field(name);
  return field ? fact.fields[field->index] : Value{};
}

Instant effective_time(const RecordedEvent& e, std::span<const Value> fields) {
  auto* field = effective_field_of_type()[e.type];
  return field && fields[field->index].present() ? fields[field->index].instant() : e.occurred_at;
}

bool CaseFacts::open_at(Instant t) const {
  return opened && opened->when <= t && (!closed || t < closed->when);
}

std::string_view CaseFacts::unit_at(Instant t) const {
  std::string_view current = unit;
  for (auto& r : responsibilities)
    if (r.from <= t && t < r.until) current = r.unit;
  return current;
}

World::World(std::span<const RecordedEvent* const> own, std::span<const RecordedEvent* const> visiting,
             Instant at, std::string_view home)
    : at_(at), home_(home) {
  std::vector<const RecordedEvent*> counted;
  for (auto* e : own)
    if (e->occurred_at <= at) own_.push_back(e);
  for (auto events : {own, visiting})
    for (auto* e : events)
      if (e->occurred_at <= at) counted.push_back(e);
  Corrections corrections(counted);
  store_.reserve(counted.size());
  auto take = [&](std::span<const RecordedEvent* const> events, bool visits) {
    for (auto* e : events) {
      if (corrections.voids(e->id)) {
        voided_.push_back(e);
        continue;
      }
      if (e->occurred_at > at) {
        to_come(e->occurred_at);
        continue;
      }
      auto fields = corrections.empty() ? e->fields : corrections.apply(*e, corrected_, keep_);
      auto when = effective_time(*e, fields);
      if (when <= at)
        store_.push_back(Fact{e, when, fields, nullptr, visits});
      else
        to_come(when);
    }
  };
  take(own, false);
  take(visiting, true);
  timeline_.reserve(store_.size());
  for (auto& fact : store_) timeline_.push_back(&fact);
  std::sort(timeline_.begin(), timeline_.end(), earlier);
  by_type_.resize(event::event_types().size());
  for (auto* fact : timeline_) by_type_[fact->type()].push_back(fact);
  index_people();
  index_cases();
  foresee_dates();
}

// What changes by itself on a day that is known: somebody grows up, a role or document begins or ends.
void World::foresee_dates() {
  static const std::array types{find_event_type("RoleAppointed")->ordinal,
                                find_event_type("ForumEstablished")->ordinal,
                                find_event_type("SteeringDocumentAdopted")->ordinal};
  auto on = [&](Date day) {
    if (auto t = start_of_day(day); t > at_) to_come(t);
  };
  for (auto& [id, person] : people_) on(person.adult_from());
  for (auto type : types)
    for (auto* f : of_type(type))
      for (auto* name : {"validFrom", "validTo"})
        if (auto date = field_of(*f, name); date.present()) on(date.date());
}

std::span<const Fact* const> World::of_type(std::uint16_t type) const { return by_type_[type]; }

std::span<const Fact* const> World::about(std::uint16_t type, std::string_view child) const {
  if (auto found = by_child_.find(child); found != by_child_.end())
    for (auto& [of_type, facts] : found->second)
      if (of_type == type) return facts;
  return {};
}

bool World::has_any(std::span<const std::uint16_t> types) const {
  return std::any_of(types.begin(), types.end(), [&](auto type) { return !by_type_[type].empty(); });
}

void World::index_cases() {
  static const auto* opened = find_event_type("CaseOpened");
  static const auto* closed = find_event_type("CaseClosed");
  static const auto* assigned = find_event_type("ResponsibilityAssigned");
  for (auto* f : of_type(opened->ordinal)) {
    if (f->visiting) continue;  // it tells a unit's dossier of the unit, not of the case
    auto id = f->event->stream_id();
    if (cases_.contains(id)) {
      cases_[id].closed = nullptr;  // opened again
      continue;
    }
    auto& c = cases_[id];
    c.id = id;
    c.kind = text_of(*f, "caseKind");
    c.area = text_of(*f, "area");
    c.subject = text_of(*f, "subjectPersonId");
    c.unit = text_of(*f, "unitId");
    c.household = text_of(*f, "householdId");
    c.district = text_of(*f, "district");
    c.opened = f;
    cases_by_time_.push_back(&c);
  }
  index_households();
  for (auto& [id, c] : cases_)
    if (c.household.empty()) c.household = household_of(c.subject);
  for (auto& fact : store_)
    if (fact.event->category() == "case")
      if (auto c = cases_.find(fact.event->stream_id()); c != cases_.end()) fact.in_case = &c->second;
  for (auto* f : timeline_) {
    if (!f->in_case) continue;
    auto& c = cases_.at(f->in_case->id);
    c.facts.push_back(f);
    if (f->type() == closed->ordinal) c.closed = f;
    if (f->type() == opened->ordinal) c.closed = nullptr;
    if (f->type() == assigned->ordinal && text_of(*f, "responsibility") == "case") {
      auto until = field_of(*f, "until");
      c.responsibilities.push_back(
          {f->when, until.present() ? until.instant() : instant_max, text_of(*f, "unitId"), f});
    }
  }
  for (auto* f : timeline_) {
    auto child = child_of(*f);
    if (child.empty()) continue;
    auto& types = by_child_[child];
    auto entry = std::find_if(types.begin(), types.end(), [&](auto& e) { return e.first == f->type(); });
    if (entry == types.end()) entry = types.insert(types.end(), {f->type(), {}});
    entry->second.push_back(f);
  }
}

const CaseFacts* World::find_case(std::string_view id) const {
  auto found = cases_.find(id);
  return found == cases_.end() ? nullptr : &found->second;
}

std::vector<std::string_view> World::units_of_household(std::string_view household, Instant t) const {
  std::vector<std::string_view> out;
  for (auto* c : cases_by_time_)
    if (!household.empty() && c->household == household && c->open_at(t)) out.push_back(c->unit_at(t));
  sort_unique(out);
  return out;
}

std::vector<std::string_view> World::children_of(const CaseFacts& c, Instant t) const {
  static const auto* checklist = find_event_type("ChildChecklistCompleted");
  auto on = local_date(t);
  std::vector<std::string_view> out;
  if (c.kind == "child") {
    out.push_back(c.subject);
  } else {
    out = household_minors(c.household, on);
    add_texts(out, field_of(*c.opened, "childrenInHousehold"));
    for (auto* f : c.facts)
      if (f->type() == checklist->ordinal && f->when <= t) add_texts(out, field_of(*f, "childrenFound"));
    for (auto ward : wards(c.subject, on)) out.push_back(ward);
    std::erase(out, c.subject);
  }
  sort_unique(out);
  std::erase_if(out, [&](auto id) { return !is_minor(id, on); });
  return out;
}

std::vector<std::string_view> World::case_units_of(std::string_view person, Instant t) const {
  static const auto coordinated = find_event_type("InternalCoordinationAgreed")->ordinal;
  std::vector<std::string_view> out;
  for (auto* c : cases_by_time_) {
    if (c->kind != "child" || c->subject != person) continue;
    out.push_back(c->unit);
    for (auto& r : c->responsibilities)
      if (r.from <= t) out.push_back(r.unit);
  }
  for (auto* f : of_type(coordinated))
    if (f->when <= t)
      if (auto lead = text_of(*f, "leadForChildConversation"); !lead.empty()) out.push_back(lead);
  sort_unique(out);
  return out;
}

const Fact* World::introduced(std::string_view field, std::string_view id) const {
  struct Link {
    std::string_view field, type, key;
  };
  // Which event introduces an id, by the field that carries it.
  static constexpr std::array links{
      Link{"requestId", "ContactRequested", "requestId"},
      Link{"handoverId", "HandoverRequested", "handoverId"},
      Link{"consentId", "ConsentRequested", "consentId"},
      Link{"consentId", "ConsentGiven", "consentId"},
      Link{"meetingId", "MeetingCalled", "meetingId"},
      Link{"measureId", "MeasureStatusChanged", "measureId"},
      Link{"planId", "CoordinatedPlanAdopted", "planId"},
      Link{"decisionId", "DecisionMade", "decisionId"},
      Link{"concernsDecisionDraft", "DecisionMade", "decisionId"},
      Link{"reportId", "ConcernReported", "reportId"},
      Link{"disagreementId", "DisagreementRaised", "disagreementId"},
      Link{"deviationId", "DeviationReported", "deviationId"},
      Link{"activityId", "PlanActivityRecorded", "activityId"},
      Link{"agreementId", "SteeringDocumentAdopted", "documentId"},
      Link{"documentId", "SteeringDocumentAdopted", "documentId"},
  };
  for (auto& link : links) {
    if (link.field != field) continue;
    for (auto* f : of_type(find_event_type(link.type)->ordinal))
      if (field_of(*f, link.key) == Value::of(id)) return f;
  }
  return nullptr;
}

}  // namespace stafett::casework
