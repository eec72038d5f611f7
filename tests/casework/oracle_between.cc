// Who has fallen between the chairs: I30 and its family, as things stand (domain.md 5.3).
#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

namespace {

using Names = std::set<std::string>;

Names open_cases(const Told& told) {
  Names out;
  for (auto& e : told.events())
    if (e.is("CaseOpened") && open_at(told, e.case_id(), told.at)) out.insert(e.case_id());
  return out;
}

bool minor_now(const Told& told, const std::string& person) {
  return told.is_child(person, local_date(told.at));
}

// Whether what the duty asks for is still missing, and its case not closed since.
bool stands(const Told& told, const Duty& d) {
  for (auto& e : told.events())
    if (e.is("CaseClosed") && e.case_id() == d.case_id && e.when >= d.created) return false;
  return d.state == "open" || d.state == "overdue";
}

// "I30a | child cases not closed where no `ResponsibilityAssigned{case}` is in force at t", for a child when
// the gap began (R26).
bool unanswered_for(const Told& told, const Duties& duties, const std::string& id) {
  for (auto& d : duties)
    if (d.rule == "R26" && stands(told, d) && d.case_id == id) return true;
  return false;
}

// "I30b | open cases with no substantive event in the last N days (N = 30 child, 90 adult)".
bool silent(const Told& told, const std::string& id) {
  Instant last = told.opening(id)->when;
  for (auto& e : told.events())
    if (e.case_id() == id && !e.is("EventCorrected")) last = std::max(last, e.when);
  return end_of(add_days(local_date(last), told.is_kind(id, "child") ? 30 : 90)) <= told.at;
}

// "I30d | same person and matter handed over ≥ 2 times with `rejected` within 90 days".
//
// Readings: the matter is the request's `what`; within 90 days of each other, whenever that was; accepted at
// last, or the case closed, it bounces no more.
Names bounced(const Told& told) {
  struct Answer {
    Instant when;
    std::string person, what, result, case_id;
  };
  std::vector<Answer> answers;
  for (auto& e : told.events()) {
    if (!e.is("HandoverAnswered")) continue;
    for (auto& request : told.events())
      if (request.is("HandoverRequested") && request.text("handoverId") == e.text("handoverId")) {
        auto person = request.text("personId");
        answers.push_back({e.when, person.empty() ? told.subject_of(e.case_id()) : person,
                           request.text("what"), e.text("result"), e.case_id()});
        break;
      }
  }
  Names out;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    auto& last = answers[i];
    bool again = false, over = closing_after(told, last.case_id, last.when).has_value();
    for (std::size_t j = 0; j < answers.size(); ++j) {
      auto& other = answers[j];
      if (i == j || other.person != last.person || other.what != last.what) continue;
      if (j < i && other.result == "rejected" &&
          add_days(local_date(last.when), -90) <= local_date(other.when))
        again = true;
      over = over || (other.result == "accepted" && other.when >= last.when);
    }
    if (last.result == "rejected" && again && !over) out.insert(last.person);
  }
  return out;
}

// "I30e | open eviction, minor in household, no `ResponsibilityAssigned{eviction}`".
bool nobody_for(const Told& told, const Event& risk) {
  if (!risk.is("RiskSituationNotified") || risk.text("kind") != "eviction" || risk.text("status") != "open" ||
      averted(told, risk) || !concerns_minors(told, risk))
    return false;
  for (auto& e : told.events())
    if (e.is("ResponsibilityAssigned") && e.text("responsibility") == "eviction" && e.when >= risk.when &&
        of_household(told, risk, e))
      return false;
  return true;
}

// "I30h | minor in household of an open adult case where checklist is missing or `childAffected=unknown`".
//
// Reading: a checklist that has said yes or no is enough.
Names known_only_through(const Told& told, const std::string& id) {
  if (!told.is_kind(id, "adult")) return {};
  for (auto& e : told.events())
    if (e.is("ChildChecklistCompleted") && e.case_id() == id && e.text("childAffected") != "unknown")
      return {};
  bool text = by_the_text(dispute::i30h_by_now);
  auto out = told.children_of(id, text ? told.at : told.opening(id)->when);
  std::erase_if(out, [&](auto& child) { return !told.is_minor(child, local_date(told.at)); });
  return out;
}

}  // namespace

void between_chairs(const Told& told, const Duties& duties, Counts& out) {
  Names a, b, h, children;
  for (auto& id : open_cases(told)) {
    auto subject = told.subject_of(id);
    if (unanswered_for(told, duties, id)) {
      a.insert(id);
      if (minor_now(told, subject)) children.insert(subject);
    }
    if (silent(told, id)) {
      b.insert(id);
      if (minor_now(told, subject)) children.insert(subject);
    }
    h.merge(known_only_through(told, id));
  }
  Names e30;
  for (auto& e : told.events())
    if (nobody_for(told, e)) {
      e30.insert(e.sent->stream);
      for (auto& child : minors_at_risk(told, e))
        if (minor_now(told, child)) children.insert(child);
    }
  Names g;
  int c_count = 0;
  for (auto& d : duties) {
    // "I30c | `HandoverRequested` without `HandoverAnswered` past due".
    if (d.rule == "R25" && d.state == "overdue") {
      ++c_count;
      if (minor_now(told, d.subject)) children.insert(d.subject);
    }
    // "I30g | minor in a household where a sibling has an open violence or neglect case and this child has no
    // report, assessment or recorded reason".
    //
    // Reading: a report that comes after the closing opens the matter again.
    if (d.rule == "R53" && stands(told, d)) {
      g.insert(d.subject);
      if (minor_now(told, d.subject)) children.insert(d.subject);
    }
  }
  // "distinct minors in I30a ∪ b ∪ c ∪ e ∪ g".
  out["I30"] = {double(children.size())};
  out["I30c"] = {double(c_count)};
  out["I30g"] = {double(g.size())};
  out["I30a"] = {double(a.size())};
  out["I30b"] = {double(b.size())};
  out["I30d"] = {double(bounced(told).size())};
  out["I30e"] = {double(e30.size())};
  out["I30h"] = {double(h.size())};
}

}  // namespace stafett::oracle::detail
