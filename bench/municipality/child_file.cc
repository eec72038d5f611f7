// A child's case from the report to the feedback, with what is left out and what comes late.
#include "teller.h"

namespace stafett::municipality {
namespace {

class ChildFile {
 public:
  ChildFile(Teller& t, const Household& h, unsigned child, std::uint8_t file, bool shared)
      : t_(t),
        c_(t.chance),
        h_(h),
        child_(static_cast<std::uint8_t>(h.adults + child)),
        file_(file),
        shared_(shared),
        violent_(h.violence && c_.percent(70)) {}

  void tell(Instant when) {
    t_.open_file(file_, Unit::reception, when, {.who = child_, .a = 0});
    const auto report = take_report(when);
    const bool open = c_.percent(violent_ ? 90 : 72);
    const auto decided = decide(when, report, open);
    if (open)
      investigate(decided, report);
    else
      leave(decided, report);
  }

 private:
  std::uint8_t guardian() { return static_cast<std::uint8_t>(c_.below(h_.adults)); }

  // The report itself and the assessment of the same day.
  std::uint16_t take_report(Instant when) {
    const auto report = t_.fresh();
    t_.tell(What::concern_reported, when,
            {child_, violent_, static_cast<std::uint8_t>(c_.below(100)), report});
    const auto luck = c_.below(100);
    if (luck < 96) {
      const auto days = luck < 88 ? 0.05 + 0.2 * c_.share() : 1 + 4 * c_.share();
      t_.tell(What::protection_assessed, after_days(when, days),
              {child_, violent_ && c_.percent(40), 0, report});
    }
    if (violent_ && c_.percent(60)) t_.tell(What::violence_indicated, after_days(when, 0.1), {.who = child_});
    if (c_.percent(94)) t_.tell(What::responsibility_assigned, after_days(when, 0.2));
    if (c_.percent(35)) {
      const auto meeting = t_.fresh();
      t_.tell(What::meeting_called, after_days(when, 2 * c_.share()), {child_, 0, 0, meeting});
      if (c_.percent(80))
        t_.tell(What::meeting_held, after_days(when, 4 + 6 * c_.share()), {child_, 0, 0, meeting});
    }
    if (c_.percent(shared_ ? 60 : 15)) contact(after_days(when, 3 * c_.share()));
    return report;
  }

  void contact(Instant when) {
    const auto request = t_.fresh();
    const auto urgent = static_cast<std::uint8_t>(c_.percent(12));
    t_.tell(What::contact_requested, when, {child_, urgent, 0, request});
    if (c_.percent(86))
      t_.tell_by(Unit::income_support, What::contact_answered, after_days(when, c_.waiting(1.5)),
                 {0, 0, 0, request});
  }

  Instant decide(Instant when, std::uint16_t report, bool open) {
    const auto luck = c_.below(100);
    const double days = violent_ && luck < 78 ? 0.3 * c_.share()
                        : luck < 90           ? 2 + 11 * c_.share()
                                              : 14 + 20 * c_.share();
    const auto decided = after_days(when, days);
    t_.tell(What::investigation_decided, decided,
            {child_, open, static_cast<std::uint8_t>(days > 1), report});
    return decided;
  }

  void leave(Instant decided, std::uint16_t report) {
    if (c_.percent(45)) t_.tell(What::child_informed, after_days(decided, 5 * c_.share()), {child_, 1});
    if (c_.percent(25))
      t_.tell(What::feedback_given, after_days(decided, 20 * c_.share()), {child_, 2, 0, report});
    inform_guardians(decided, 0, 60);
    if (c_.percent(97)) t_.tell(What::case_closed, after_days(decided, 1 + 6 * c_.share()), {.a = 0});
  }

  void inform_guardians(Instant from, std::uint8_t about, unsigned percent) {
    for (std::uint8_t g = 0; g < h_.adults; ++g) {
      const bool deferred = violent_ && g == 1 && c_.percent(60);
      if (deferred) t_.tell(What::guardians_informed, after_days(from, c_.share()), {g, about, 1});
      if (c_.percent(deferred ? percent / 2 : percent))
        t_.tell(What::guardians_informed, after_days(from, deferred ? 10 + 10 * c_.share() : c_.waiting(3)),
                {g, about, 0});
    }
  }

  // A talk, what the child said, and sometimes that the talk was noted wrongly.
  void talk(Instant when, std::uint8_t stage) {
    if (c_.percent(70))
      t_.tell(What::child_conversation_offered, after_days(when, -3 * c_.share()), {child_});
    if (h_.disability[child_ - h_.adults] && c_.percent(55))
      t_.tell(What::participation_support_provided, when, {child_});
    if (c_.percent(18)) {
      t_.tell(What::child_not_heard, when, {child_});
      return;
    }
    const auto heard =
        t_.tell(What::child_heard, when, {child_, stage, static_cast<std::uint8_t>(c_.below(100))});
    if (c_.percent(78)) t_.tell(What::child_view_recorded, after_days(when, 0.1), {child_, stage});
    if (c_.percent(4))
      t_.tell(What::event_corrected, after_days(when, 2 + 12 * c_.share()), {child_, 0, 0, heard});
  }

  void consent(Instant when) {
    for (std::uint8_t g = 0; g < h_.adults; ++g) {
      const auto consent = t_.fresh();
      if (!c_.percent(80)) continue;
      t_.tell(What::consent_requested, when, {g, child_, 0, consent});
      if (c_.percent(75))
        t_.tell(What::consent_given, after_days(when, c_.waiting(4)), {g, child_, 0, consent});
      else if (c_.percent(60))
        t_.tell(What::consent_denied, after_days(when, c_.waiting(4)), {g, child_, 0, consent});
    }
    if (c_.percent(75))
      t_.tell(What::information_shared, after_days(when, 6 + 6 * c_.share()), {child_, shared_});
    if (c_.percent(5)) t_.tell_by(Unit::school, What::secrecy_invoked, after_days(when, 2));
  }

  void investigate(Instant from, std::uint16_t report) {
    const double days = 30 + 75 * c_.share() + (c_.percent(15) ? 60 * c_.share() : 0);
    const auto concluded = after_days(from, days);
    auto during = [&] { return after_days(from, days * c_.share()); };
    if (c_.percent(70)) {
      const auto handover = t_.fresh();
      t_.tell(What::handover_requested, after_days(from, 0.2), {child_, 0, 0, handover});
      if (c_.percent(90))
        t_.tell_by(Unit::child, What::handover_answered, after_days(from, c_.waiting(3)),
                   {0, c_.percent(92) ? std::uint8_t{0} : std::uint8_t{1}, 0, handover});
    }
    t_.hand_to(Unit::child);
    t_.tell(What::responsibility_assigned, after_days(from, 0.3));
    inform_guardians(from, 1, 84);
    if (c_.percent(72)) t_.tell(What::child_informed, during(), {child_, 0});
    const auto talks = c_.percent(80) ? c_.between(2, 5) : 0;
    for (int i = 0; i < talks; ++i) talk(during(), 1);
    if (c_.percent(68)) t_.tell(What::violence_asked, during(), {child_, 1});
    for (int i = c_.between(0, 2); i > 0; --i)
      t_.tell_by(Unit::school, What::school_situation_reported, during(),
                 {child_, 0, static_cast<std::uint8_t>(c_.below(5))});
    if (c_.percent(55)) consent(after_days(from, 10 * c_.share()));
    if (shared_) share(from, concluded);
    if (c_.percent(14)) {  // the next report, about what is being looked into already
      const auto again = t_.fresh();
      const auto when = during();
      t_.tell(What::concern_reported, when, {child_, 0, static_cast<std::uint8_t>(c_.below(100)), again});
      t_.tell(What::protection_assessed, after_days(when, 0.3), {child_, 0, 0, again});
      t_.tell(What::investigation_decided, after_days(when, 1), {child_, 2, 1, again});
    }
    if (days > 118 && c_.percent(50)) t_.tell(What::investigation_extended, after_days(from, 110));
    if (c_.percent(60)) t_.tell(What::best_interests_assessed, after_days(concluded, -2), {child_});
    if (c_.percent(10)) team(during());
    if (c_.percent(3)) disagree(during());
    if (c_.percent(3)) deviate(during());
    const bool measure = c_.percent(74);
    t_.tell(What::investigation_concluded, concluded, {child_, measure});
    if (c_.percent(50)) t_.tell(What::child_informed, after_days(concluded, 8 * c_.share()), {child_, 2});
    if (c_.percent(62))
      t_.tell(What::feedback_given, after_days(concluded, c_.waiting(9)), {child_, 0, 0, report});
    if (measure)
      support(concluded);
    else
      t_.tell(What::case_closed, after_days(concluded, 2 + 10 * c_.share()), {.a = 1});
  }

  void share(Instant from, Instant to) {
    if (c_.percent(62)) t_.tell(What::internal_coordination_agreed, after_days(from, c_.waiting(8)));
    for (auto when = after_days(from, 25 * c_.share()); when < to; when = after_days(when, 30))
      if (c_.percent(75))
        t_.tell_by(c_.percent(50) ? Unit::child : Unit::income_support, What::mutual_update_given, when);
  }

  void team(Instant when) { t_.tell(What::team_met, when, {child_, 0, 0, t_.fresh()}); }

  void disagree(Instant when) {
    const auto about = t_.fresh();
    t_.tell(What::disagreement_raised, when, {child_, 0, 0, about});
    if (c_.percent(40))
      t_.tell(What::disagreement_escalated, after_days(when, 7 + 3 * c_.share()), {0, 0, 0, about});
    if (c_.percent(85))
      t_.tell(What::disagreement_resolved, after_days(when, 3 + 25 * c_.share()), {0, 0, 0, about});
  }

  void deviate(Instant when) {
    const auto about = t_.fresh();
    t_.tell(What::deviation_reported, when, {child_, static_cast<std::uint8_t>(c_.below(8)), 0, about});
    if (c_.percent(70))
      t_.tell(What::deviation_resolved, after_days(when, 20 + 60 * c_.share()), {0, 0, 0, about});
  }

  // The measure: something every few weeks, for months or a couple of years.
  void support(Instant decided) {
    const auto measure = t_.fresh(), plan = t_.fresh();
    const bool placed = c_.percent(18);
    const auto unit = placed ? Unit::foster_care : Unit::open_care;
    t_.tell(What::decision_made, after_days(decided, 1), {child_, placed, 0, measure});
    const auto started = after_days(decided, 3 + 20 * c_.share());
    t_.tell(What::measure_status_changed, started, {child_, placed, 0, measure});
    if (placed && c_.percent(75))
      t_.tell_by(unit, What::health_follow_up_recorded, after_days(started, 45 * c_.share()), {child_});
    if (c_.percent(35)) {
      const auto meeting = t_.fresh();
      t_.tell(What::meeting_called, after_days(started, 5), {child_, 1, 0, meeting});
      t_.tell(What::meeting_held, after_days(started, 15), {child_, 1, 0, meeting});
      t_.tell(What::coordinated_plan_adopted, after_days(started, 15.1), {child_, 0, 0, plan});
      if (c_.percent(65))
        t_.tell(What::follow_up_recorded, after_days(started, 100 + 30 * c_.share()),
                {child_, 1, static_cast<std::uint8_t>(c_.below(5)), plan});
    }
    const auto ended = after_days(started, 90 + c_.waiting(placed ? 600 : 330));
    int turn = 0;
    for (auto when = after_days(started, 10 + 10 * c_.share()); when < ended;
         when = after_days(when, 12 + 8 * c_.share()), ++turn)
      turn_of_support(when, turn, unit, measure);
    if (shared_) share(started, std::min(ended, after_days(started, 300)));
    t_.tell(What::measure_status_changed, ended, {child_, placed, 1, measure});
    if (c_.percent(60))
      t_.tell(What::follow_up_recorded, after_days(ended, 5),
              {child_, 2, static_cast<std::uint8_t>(c_.below(5)), measure});
    if (c_.percent(92)) t_.tell(What::case_closed, after_days(ended, 8 + 20 * c_.share()), {.a = 2});
  }

  void turn_of_support(Instant when, int turn, Unit unit, std::uint16_t measure) {
    const auto luck = c_.below(100);
    if (luck < 30)
      talk(when, 2);
    else if (luck < 48)
      t_.tell_by(Unit::school, What::school_situation_reported, when,
                 {child_, 1, static_cast<std::uint8_t>(c_.below(5))});
    else if (luck < 58)
      contact(when);
    else if (luck < 66)
      t_.tell_by(unit, What::survey_answered, when, {child_});
    else if (luck < 74)
      t_.tell(What::guardians_informed, when, {guardian(), 2, 0});
    else if (luck < 82)
      t_.tell(What::child_informed, when, {child_, 0});
    if (turn % 9 == 8 && c_.percent(70))
      t_.tell_by(unit, What::follow_up_recorded, when,
                 {child_, 0, static_cast<std::uint8_t>(c_.below(5)), measure});
    if (turn % 20 == 19 && unit == Unit::foster_care && c_.percent(70))
      t_.tell_by(unit, What::health_follow_up_recorded, when, {child_});
  }

  Teller& t_;
  Chance& c_;
  const Household& h_;
  const std::uint8_t child_, file_;
  const bool shared_, violent_;
};

}  // namespace

void child_file(Teller& t, const Household& h, unsigned child, std::uint8_t file, Instant when, bool shared) {
  ChildFile(t, h, child, file, shared).tell(when);
}

}  // namespace stafett::municipality
