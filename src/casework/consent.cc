#include "stafett/casework/consent.h"

#include <algorithm>
#include <map>

namespace stafett::casework {
namespace {

std::uint16_t ordinal(std::string_view name) { return event::find_event_type(name)->ordinal; }

std::string_view text_of(const Fact& f, std::string_view name) {
  auto v = field_of(f, name);
  return v.kind() == event::ValueKind::text ? v.text() : std::string_view{};
}

bool lists(const Fact& f, std::string_view name, std::string_view wanted) {
  auto v = field_of(f, name);
  if (v.kind() != event::ValueKind::list) return false;
  return std::find(v.items().begin(), v.items().end(), Value::of(wanted)) != v.items().end();
}

// The decision that opened an investigation of the child which is not concluded and whose case is open.
const Fact* open_investigation(const World& world, std::string_view child) {
  static const auto decided = ordinal("InvestigationDecided"), concluded = ordinal("InvestigationConcluded");
  const Fact* out = nullptr;
  for (auto* c : world.cases()) {
    if (c->kind != "child" || c->subject != child || !c->open_at(world.at())) continue;
    const Fact* opened = nullptr;
    for (auto* f : c->facts) {
      if (f->type() == decided && text_of(*f, "outcome") == "open") opened = f;
      if (f->type() == concluded) opened = nullptr;
    }
    if (opened && (!out || opened->when < out->when)) out = opened;
  }
  return out;
}

bool lawful_in_investigation(std::string_view scope) {
  return scope == "childConversationInAdultCase" || scope == "contactBetweenUnits" ||
         scope == "informationSharing";
}

// One consent, by its id: asked for, given, refused, withdrawn.
struct Thread {
  std::vector<const Fact*> events;  // by time
  const Fact* given = nullptr;
  std::string_view state;
  std::optional<Date> valid_to;
};

class Asking {
 public:
  Asking(const World& world, const ConsentQuestion& question) : world_(world), question_(question) {}

  Giver giver(std::string_view person) const {
    static const auto requested = ordinal("ConsentRequested"), given = ordinal("ConsentGiven"),
                      denied = ordinal("ConsentDenied");
    std::map<std::string_view, Thread> threads;
    std::vector<std::string_view> order;
    for (auto* f : world_.facts()) {
      if (f->type() != requested && f->type() != given && f->type() != denied) continue;
      if (text_of(*f, "giverId") != person) continue;
      auto id = text_of(*f, "consentId");
      // A refusal names neither scope nor recipient: it belongs to what was asked for or given under its id.
      bool known = threads.contains(id);
      if (f->type() == denied ? !known : !asked_here(*f)) continue;
      if (!known) order.push_back(id);
      add(threads[id], *f,
          f->type() == requested ? "asked"
          : f->type() == given   ? "given"
                                 : text_of(*f, "kind"));
    }
    return standing(person, threads, order);
  }

 private:
  bool asked_here(const Fact& f) const {
    if (text_of(f, "scope") != question_.scope || !lists(f, "recipients", question_.recipient)) return false;
    auto about = text_of(f, "subjectId");
    if (about.empty())
      if (auto* request = world_.introduced("consentId", text_of(f, "consentId")))
        about = text_of(*request, "subjectId");
    if (!about.empty()) return about == question_.person;
    // Without a request that names the subject, the case's subject is meant, or a child of an adult's case.
    if (!f.in_case) return false;
    auto children = world_.children_of(*f.in_case, f.when);
    return f.in_case->subject == question_.person ||
           std::find(children.begin(), children.end(), question_.person) != children.end();
  }

  static void add(Thread& thread, const Fact& f, std::string_view state) {
    thread.events.push_back(&f);
    // Asking again does not undo an answer.
    if (state == "asked" && !thread.state.empty()) return;
    thread.state = state;
    if (state != "given") return;
    thread.given = &f;
    auto to = field_of(f, "validTo");
    thread.valid_to = to.present() ? std::optional(to.date()) : std::nullopt;
  }

  Giver standing(std::string_view person, std::map<std::string_view, Thread>& threads,
                 const std::vector<std::string_view>& order) const {
    Giver out;
    out.person = person;
    out.state = "notAsked";
    auto today = local_date(world_.at());
    const Thread* decisive = nullptr;
    for (auto id : order) {
      auto& t = threads.at(id);
      if (t.state == "given" && t.valid_to && *t.valid_to <= today) t.state = "expired";
      // What is given and in force stands, whatever else was asked; else the last word counts.
      bool later = !decisive || t.events.back()->when >= decisive->events.back()->when;
      if (t.state == "given" ? !decisive || decisive->state != "given" || later
                             : !(decisive && decisive->state == "given") && later)
        decisive = &t;
    }
    if (!decisive) return out;
    out.state = decisive->state;
    out.valid_to = decisive->valid_to;
    for (auto* f : decisive->events) out.positions.push_back(f->position());
    std::sort(out.positions.begin(), out.positions.end());
    return out;
  }

  const World& world_;
  const ConsentQuestion& question_;
};

}  // namespace

ConsentStanding consent_standing(const World& world, const ConsentQuestion& question) {
  ConsentStanding out;
  auto on = local_date(world.at());
  std::vector<std::string_view> persons{question.person};
  if (world.is_minor(question.person, on)) persons = world.guardians(question.person, on);
  Asking asking(world, question);
  for (auto person : persons) out.givers.push_back(asking.giver(person));
  if (auto* opened = open_investigation(world, question.person);
      opened && lawful_in_investigation(question.scope)) {
    out.allowed = true;
    out.ground = "openInvestigation";
    out.ground_position = opened->position();
    return out;
  }
  out.allowed = !out.givers.empty() &&
                std::all_of(out.givers.begin(), out.givers.end(), [](auto& g) { return g.state == "given"; });
  if (out.allowed) out.ground = "consent";
  return out;
}

}  // namespace stafett::casework
