// Indicators about forums, surveys, deviations, follow-up and outreach: I33, I37, I38, I41, I42, I43
// (domain.md 5.2).
#include "casework/oracle.h"

namespace stafett::oracle::detail {

namespace {

bool in_force(const Event& e, Date on) {
  auto until = e.date("validTo");
  return *e.date("validFrom") <= on && (!until || on < *until);
}

// "I33 | age year 0–17; organisational level | 18 ages; 4 levels | ages / levels covered by ≥ 1 active forum
// | as-of".
//
// Readings: a forum established anew is as it was last established; the ages are those from the one band's
// end to the other, both included, and a forum that names no ages covers none.
void i33(const Told& told, Counts& out) {
  std::set<int> ages;
  std::set<std::string> levels;
  auto today = local_date(told.at);
  for (auto& e : told.events()) {
    if (!e.is("ForumEstablished") || !in_force(e, today)) continue;
    bool last = true;
    for (auto& next : told.events())
      last = last && !(next.is("ForumEstablished") && next.sent->stream == e.sent->stream &&
                       next.when > e.when && *next.date("validFrom") <= today);
    if (!last) continue;
    if (!e.text("orgLevel").empty()) levels.insert(e.text("orgLevel"));
    if (e.data->contains("ageBandFrom") && e.data->contains("ageBandTo"))
      for (int age = (*e.data)["ageBandFrom"]; age <= (*e.data)["ageBandTo"].get<int>(); ++age)
        if (age < 18) ages.insert(age);
  }
  out["I33"] = {double(ages.size()), 18.0};
  out["I33-levels"] = {double(levels.size()), 4.0};
}

}  // namespace

void quality_counted(const Told& told, const Duties& duties, const Period& period, Counts& out) {
  i33(told, out);
  Count nothing{0, 0.0};
  for (auto id : {"I38", "I38-used", "I42"}) out[id] = nothing;
  out["I43"] = {};
  for (auto& e : told.events()) {
    // "I38 | survey sent | sent in period | answered; used in a conversation | trigger".
    if (e.is("SurveyAnswered") && period.has(*e.instant("sentAt"))) {
      *out["I38"].denominator += 1, *out["I38-used"].denominator += 1;
      out["I38"].numerator += e.instant("answeredAt").has_value();
      out["I38-used"].numerator += e.yes("usedInConversation");
    }
    // "I43 | contacts | sum of aggregates | | completion".
    if (e.is("OutreachRecorded") && period.has(e.when))
      out["I43"].numerator += (*e.data)["contacts"].get<double>();
  }
  // "I41 | deviation | reported in period | resolved ≤ 60 days".
  out["I41"] = over(duties, "R44", period);
  // "I42 | measure or plan | follow-ups due in period | done on time".
  for (auto& d : duties)
    if (d.rule == "R30" && period.has(*d.due - std::chrono::microseconds(1))) count_duty(d, out["I42"]);
}

}  // namespace stafett::oracle::detail
