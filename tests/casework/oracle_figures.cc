// The indicators of domain.md 5.2, counted one by one.
#include "casework/oracle.h"

namespace stafett::oracle {

using detail::Duties;
using detail::over;
using detail::Period;

namespace detail {

void count_duty(const Duty& duty, Count& in) {
  if (!in.denominator) in.denominator = 0.0;
  if (duty.state == "open")
    ++in.pending;
  else if (duty.state == "waived")
    ++in.waived;
  else
    *in.denominator += 1, in.numerator += duty.state == "fulfilled";
}

Count over(const Duties& duties, const std::string& rule, const Period& period) {
  Count out{0, 0.0};
  for (auto& d : duties)
    if (d.rule == rule && period.has(d.created)) count_duty(d, out);
  return out;
}

}  // namespace detail

namespace {

// A concluded child investigation (I04 to I08: "child investigations concluded in period", child ×
// investigation).
struct Concluded {
  bool informed = false, heard = false, viewed = false;
  std::string feedback;  // "on time", "not", "pending", "declined"
};

// I08: "child investigations concluded, 14 days passed (or feedback given) | `FeedbackGivenToChild
// {regarding=investigation, decisionTold}` ≤ 14 days after conclusion, channel conversation"; R16: "declined
// by child"; 5.1: waived.
//
// Reading: a feedback talk (the event's name) without a channel is a conversation.
std::string feedback_on(const Told& told, const Event& conclusion, const std::string& child) {
  auto due = detail::end_of(add_days(conclusion.day(), 14));
  bool declined = false, late = false;
  for (auto& e : told.events()) {
    if (!e.is("FeedbackGivenToChild") || e.text("childId") != child ||
        e.text("regarding") != "investigation" || e.text("refId") != conclusion.case_id() ||
        e.when < conclusion.when)
      continue;
    auto channel = e.text("channel");
    bool talk = detail::is_feedback_talk(e) && (channel.empty() || channel == "conversation");
    if (talk && e.when < due) return "on time";
    declined = declined || (detail::is_declined_feedback(e) && !late);
    late = late || talk;
  }
  auto birthday = told.adulthood(child);
  if (birthday && conclusion.when < *birthday && *birthday <= told.at && *birthday < due) return "declined";
  if (declined) return "declined";
  return late || due <= told.at ? "not" : "pending";
}

std::vector<Concluded> concluded(const Told& told, const Period& period) {
  std::vector<Concluded> out;
  for (auto& c : told.events()) {
    if (!c.is("InvestigationConcluded") || !told.is_kind(c.case_id(), "child") || !period.has(c.when))
      continue;
    auto child = told.subject_of(c.case_id());
    if (!told.is_minor(child, c.day())) continue;
    Concluded one;
    for (auto& e : told.events()) {
      if (e.case_id() != c.case_id() || e.text("childId") != child || e.when > c.when) continue;
      bool before = e.when < c.when;
      // I05: "`ChildInformed` before conclusion".
      //
      // Reading: adapted or not, unlike R14.
      one.informed = one.informed || (before && e.is("ChildInformed"));
      // I04: "≥ 1 `ChildHeard` with stage investigation (or intake of same case) between opening and
      // conclusion".
      //
      // Reading: a talk without a stage happened when it happened, so it counts.
      auto stage = e.text("stage");
      one.heard = one.heard || (before && e.is("ChildHeard") && stage != "measure" && stage != "followUp");
      // I06: "`ChildViewRecorded{source=child}` before conclusion".
      one.viewed = one.viewed || (before && e.is("ChildViewRecorded") && e.text("source") == "child");
    }
    one.feedback = feedback_on(told, c, child);
    out.push_back(one);
  }
  return out;
}

Count plain(double numerator, double denominator) { return {numerator, denominator}; }

// I05: "concluded child investigations; adult decisions with `childAffected=yes` | `ChildInformed` before
// conclusion / by the R14 time".
Count i05(const Told& told, const Duties& duties, const std::vector<Concluded>& all, const Period& period) {
  Count c{0, 0.0};
  for (auto& one : all) *c.denominator += 1, c.numerator += one.informed;
  for (auto& d : duties) {
    if (d.rule != "R14" || !told.is_kind(d.case_id, "adult") || !period.has(d.created)) continue;
    detail::count_duty(d, c);
  }
  return c;
}

}  // namespace

std::map<std::string, Count> counts(const Told& told, const std::vector<Duty>& all_duties, Date from,
                                    Date to) {
  Period period{from, to};
  auto all = concluded(told, period);
  double n = double(all.size()), heard = 0, viewed = 0;
  Count i07{0, 0.0}, i08{0, 0.0};
  for (auto& one : all) {
    heard += one.heard;
    viewed += one.viewed;
    if (one.feedback == "pending") ++i07.pending, ++i08.pending;
    if (one.feedback == "declined") ++i07.waived, ++i08.waived;
    if (one.feedback == "pending" || one.feedback == "declined") continue;
    bool on_time = one.feedback == "on time";
    *i08.denominator += 1, i08.numerator += on_time;
    *i07.denominator += 1, i07.numerator += one.informed && one.heard && one.viewed && on_time;
  }
  Count i01;
  Duties violent;
  for (auto& e : told.events())
    if (e.is("ConcernReported") && period.has(e.when) && told.is_minor(e.text("childId"), e.day()))
      ++i01.numerator;
  // I17: "reports with violence", not indications.
  for (auto& d : all_duties)
    for (auto& e : told.events())
      if (d.rule == "R03" && e.sent->id == d.trigger && e.is("ConcernReported")) violent.push_back(d);
  // I31: "`minMeetingsPerYear` … | meetings held with members of both sides"; forum × year.
  Count i31{0, 0.0};
  for (auto& e : told.events()) {
    if (!e.is("ForumEstablished")) continue;
    if (e.text("kind") != "twoPlusTwo" && e.text("kind") != "steeringGroup" &&
        e.text("kind") != "coordinatorNetwork" && !e.data->contains("minMeetingsPerYear"))
      continue;
    for (auto& span : detail::periods_of(told, e))
      if (span.from < to && from < span.to) {
        *i31.denominator += span.required;
        i31.numerator += double(detail::meetings_held(told, e, span).size());
      }
  }
  detail::Counts out = {{"I01", i01},
                        {"I04", plain(heard, n)},
                        {"I05", i05(told, all_duties, all, period)},
                        {"I06", plain(viewed, n)},
                        {"I07", i07},
                        {"I08", i08},
                        {"I10", over(all_duties, "R01", period)},
                        {"I11", over(all_duties, "R02", period)},
                        {"I12", over(all_duties, "R07", period)},
                        {"I14", over(all_duties, "R12", period)},
                        {"I17", over(violent, "R03", period)},
                        {"I31", i31}};
  detail::decisions_counted(told, all_duties, period, out);
  detail::collaboration_counted(told, all_duties, period, out);
  detail::quality_counted(told, all_duties, period, out);
  detail::between_chairs(told, all_duties, out);
  return out;
}

}  // namespace stafett::oracle
