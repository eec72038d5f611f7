#include "casework/oracle.h"

namespace stafett::oracle {

const std::vector<std::string>& rules() {
  static const std::vector<std::string> all = {
      "R01", "R02",  "R03",  "R05", "R07", "R10", "R10b", "R11", "R12", "R13", "R14", "R15",
      "R16", "R17",  "R18",  "R19", "R20", "R21", "R22",  "R23", "R24", "R25", "R26", "R27",
      "R28", "R28b", "R28c", "R29", "R30", "R31", "R32",  "R33", "R34", "R35", "R36", "R37",
      "R39", "R40",  "R41",  "R42", "R43", "R44", "R46",  "R47", "R48", "R49", "R52", "R53"};
  return all;
}

const std::vector<std::string>& indicators() {
  static const std::vector<std::string> all = {
      "I01",        "I04",  "I05",       "I06",  "I07",  "I08",  "I10",  "I11",      "I12",           "I13",
      "I13b",       "I14",  "I14b",      "I14c", "I15",  "I17",  "I20b", "I20c",     "I21",           "I22",
      "I22b",       "I23",  "I23-joint", "I24",  "I25",  "I26",  "I27",  "I27-open", "I27-escalated", "I28",
      "I30",        "I30a", "I30b",      "I30c", "I30g", "I30d", "I30e", "I30h",     "I31",           "I33",
      "I33-levels", "I38",  "I38-used",  "I41",  "I42",  "I43"};
  return all;
}

std::vector<Duty> duties(const Told& told) {
  std::vector<Duty> out;
  detail::intake(told, out);
  detail::alarm(told, out);
  detail::investigation(told, out);
  detail::participation(told, out);
  detail::adult_decision(told, out);
  detail::responsibility(told, out);
  for (auto rules :
       {detail::consent, detail::adult_case, detail::coordination, detail::meetings, detail::answers,
        detail::silence, detail::eviction, detail::missing_child, detail::follow_up, detail::schooling,
        detail::support, detail::forums, detail::plans, detail::activities, detail::quality})
    rules(told, out);
  return out;
}

namespace detail {

// Section 4, "How a rule runs", and R50: "child obligations end at 18: close as `waived(turned18)`".
//
// Reading: what is done in time counts even when it had been waived before (by the birthday, or because the
// child first declined); what is overdue stays overdue when a birthday or an exception comes too late.
std::string state_of(const Told& told, const Standing& s) {
  auto before_due = [&](const std::optional<Instant>& t) { return t && (!s.due || *t < *s.due); };
  if (before_due(s.done)) return "fulfilled";
  if (before_due(s.excused)) return "waived";
  auto birthday = s.child.empty() ? std::nullopt : told.adulthood(s.child);
  if (birthday && s.created < *birthday && *birthday <= told.at && before_due(birthday)) return "waived";
  if (s.excused && s.excused_late_too && (!s.done || *s.excused <= *s.done)) return "waived";
  if (s.done) return "fulfilledLate";
  return s.due && *s.due <= told.at ? "overdue" : "open";
}

void add(Duties& out, const Told& told, std::string rule, const Event& trigger, std::string subject,
         const Standing& standing) {
  out.push_back({std::move(rule), trigger.case_id(), std::move(subject), state_of(told, standing),
                 standing.due, standing.created, trigger.sent->id});
}

}  // namespace detail

}  // namespace stafett::oracle
