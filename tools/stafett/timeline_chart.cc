#include "stafett/timeline_chart.h"

#include <algorithm>
#include <map>
#include <set>

#include "stafett/core/calendar.h"
#include "stafett/event_signs.h"
#include "stafett/events_shown.h"
#include "stafett/table.h"

namespace stafett::tools {

const EventSign* sign_of(const event::EventType& type) {
  if (type.name == "CaseOpened" || std::ranges::count(type.categories, "case") == 0) return nullptr;
  auto own = std::ranges::find(event_signs, type.name, &EventSign::type);
  return own == event_signs.end() ? &event_signs.back() : &*own;
}

namespace {

using wire::State;

// How the parts of a chart are drawn, with boxes or in ASCII.
struct Strokes {
  const char *allowed, *over, *ahead, *phase, *begin, *end, *gap;
  const char *in_time, *late, *goes_on, *breached, *waived, *due;
};
constexpr Strokes boxes{"─", "━", "╌", "▔", "▏", "▕", "░", "✓", "!", "▶", "✗", "○", "│"};
constexpr Strokes ascii{"-", "=", "-", "_", "[", "]", "#", "v", "!", ">", "x", "o", "|"};

std::string last_segment(const std::string& unit) {
  auto slash = unit.rfind('/');
  return slash == unit.npos ? unit : unit.substr(slash + 1);
}

class Chart {
 public:
  Chart(const Globals& globals, const Screen& screen, const RuleNames& names, Instant from, Instant to,
        const ChartOptions& options)
      : globals_(globals),
        screen_(screen),
        names_(names),
        options_(options),
        strokes_(screen.boxes ? boxes : ascii),
        label_width_(std::clamp<std::size_t>(screen.width * 27 / 100, 16, 36)),
        axis_(globals, from, to, std::max<std::size_t>(20, screen.width - label_width_ - 1)) {}

  std::vector<std::string> draw(const std::vector<Lane>& lanes) {
    for (auto& row : axis_.head()) line("", row, Paint::plain, false);
    for (auto& lane : lanes) draw(lane);
    legend();
    return std::move(lines_);
  }

 private:
  void line(const std::string& label, Row row, Paint paint = Paint::plain, bool grid = true) {
    if (grid) axis_.grid(row, screen_);
    auto cut = clipped(label, label_width_, screen_);
    std::string gap(label_width_ - width(cut) + 1, ' ');
    auto text = painted(cut, paint, screen_.colour) + gap + row.text(screen_.colour);
    text.erase(text.find_last_not_of(' ') + 1);
    lines_.push_back(std::move(text));
  }

  Row row() const { return Row(axis_.columns()); }

  void draw(const Lane& lane) {
    lines_.emplace_back();
    title(lane);
    spans(globals_.say("  phase", "  skede"), lane.phases, [&](auto& s) { return phase(s.name); });
    spans(globals_.say("  unit", "  enhet"), lane.units, [](auto& s) { return last_segment(s.name); });
    gaps(lane);
    marks(lane);
    std::size_t well = 0, waived = 0, outside = 0;
    for (auto& o : lane.obligations) {
      if (!options_.all && !needs_attention(o)) {
        ++(o.state == State::waived ? waived : well);
        continue;
      }
      if (axis_.shows(o.created_at, end_of(o)))
        obligation(o, o.subject != lane.summary.subject);
      else
        ++outside;
    }
    rest(well, waived, outside);
  }

  void title(const Lane& lane) {
    auto& c = lane.summary;
    std::string text = c.case_id + "  " + case_word(globals_, c.kind) + ", " + last_segment(c.unit) + ", " +
                       case_word(globals_, c.status);
    if (c.closed_at) text += " " + short_time(*c.closed_at).substr(0, 10);
    if (!c.outcome.empty()) text += " (" + outcome_in_words(globals_, c.outcome) + ")";
    lines_.push_back(painted(clipped(text, screen_.width, screen_), Paint::bold, screen_.colour));
  }

  std::string phase(const std::string& name) const { return case_word(globals_, name); }

  // [a)[b): the names of spans inside them where there is room.
  template <class Name>
  void spans(const char* label, const std::vector<Span>& all, Name name) {
    auto out = row();
    bool any = false;
    for (auto& span : all) {
      if (!axis_.shows(span.from, span.to)) continue;
      any = true;
      auto from = axis_.column(span.from), to = axis_.column(span.to);
      out.fill(from, to + 1, strokes_.phase, Paint::dim);
      if (span.from >= axis_.from()) out.put(from, strokes_.begin, Paint::cyan);
      auto text = name(span);
      // A short span keeps its mark; the name needs the room behind it.
      if (to - from > 3) out.write(from + 1, clipped(text, to - from - 1, screen_), Paint::cyan);
      if (span.to <= axis_.to() && to > from) out.put(to, strokes_.end, Paint::cyan);
    }
    if (any) line(label, std::move(out));
  }

  void gaps(const Lane& lane) {
    auto draw = [&](const char* label, const char* kind) {
      auto out = row();
      std::vector<const Span*> shown;
      for (auto& span : lane.gaps)
        if (span.kind == kind && axis_.shows(span.from, span.to)) shown.push_back(&span);
      auto columns = [&](const Span& span) {
        auto from = axis_.column(span.from);
        return std::pair(from, std::max(axis_.column(span.to), from + 1));
      };
      for (auto* span : shown) {
        auto [from, to] = columns(*span);
        out.fill(from, to, strokes_.gap, Paint::red);
      }
      for (auto* span : shown) {
        auto [from, to] = columns(*span);
        note(out, from, to, days(local_date(span->to).days - local_date(span->from).days));
      }
      if (!shown.empty()) line(label, std::move(out), Paint::red);
    };
    draw(globals_.say("  NO UNIT", "  INGEN ENHET"), "noUnit");
    draw(globals_.say("  RISK, NO UNIT", "  RISK UTAN ENHET"), "risk");
    draw(globals_.say("  quiet", "  inget händer"), "quiet");
  }

  std::string days(std::int64_t n) const {
    return std::to_string(n) + (n == 1 ? globals_.say(" day", " dag") : globals_.say(" days", " dagar"));
  }

  // Beside what is drawn in [from, to), right of it or else left.
  void note(Row& row, std::size_t from, std::size_t to, const std::string& text,
            Paint paint = Paint::dim) const {
    auto need = width(text) + 1;
    if (row.blank(to, to + need))
      row.write(to + 1, text, paint);
    else if (from >= need + 1 && row.blank(from - need, from))
      row.write(from - need, text, paint);
  }

  void marks(const Lane& lane) {
    const std::array labels{globals_.say("  concern", "  oro"), globals_.say("  the child", "  barnet"),
                            globals_.say("  decisions", "  beslut"),
                            globals_.say("  together", "  samverkan")};
    // Columns to the letters in them, by importance, each once.
    std::array<std::map<std::size_t, std::set<const EventSign*>>, sign_rows> found;
    for (auto& mark : lane.marks) {
      auto* sign = sign_of(event::event_types()[mark.type]);
      if (!sign || mark.at < axis_.from() || mark.at >= axis_.to()) continue;
      found[static_cast<std::size_t>(sign->row)][axis_.column(mark.at)].insert(sign);
    }
    for (std::size_t i = 0; i < sign_rows; ++i) {
      if (found[i].empty()) continue;
      auto out = row();
      for (auto at = found[i].begin(); at != found[i].end(); ++at) {
        auto next = std::next(at);
        write_signs(out, at->first, next == found[i].end() ? axis_.columns() : next->first, at->second);
      }
      line(labels[i], std::move(out));
    }
  }

  // Letters from their column on, up to where the next ones stand; + for those that have no room.
  void write_signs(Row& out, std::size_t column, std::size_t next, const std::set<const EventSign*>& signs) {
    auto room = next - column;
    std::size_t shown = 0;
    for (auto* sign : signs) {
      if (shown + 1 == room && signs.size() > room) {
        out.put(column + shown, "+", Paint::yellow);
        crowded_ = true;
        return;
      }
      out.put(column + shown++, std::string(1, sign->letter), Paint::cyan);
      letters_.insert(sign);
    }
  }

  Instant end_of(const wire::Obligation& o) const {
    if (o.settled_at) return *o.settled_at;
    if (o.state == State::open && o.due_at) return std::max(*o.due_at, options_.at);
    if (o.state == State::breached && o.due_at) return *o.due_at;
    if (o.state == State::waived) return o.created_at;
    return options_.at;
  }

  void obligation(const wire::Obligation& o, bool name_subject) {
    auto out = row();
    auto end = end_of(o);
    auto from = axis_.column(o.created_at), to = axis_.column(end);
    auto due = o.due_at.value_or(end);
    auto turn = axis_.column(std::min(due, end));
    bool over = due < end && due < axis_.to() && o.state != State::open;
    out.fill(from, turn + 1, strokes_.allowed, paint_of(o.state));
    if (over) out.fill(turn, to + 1, strokes_.over, Paint::red);
    if (o.state == State::open && options_.at < end)
      out.fill(axis_.column(options_.at), to + 1, strokes_.ahead, Paint::plain);
    bool ends_here = end < axis_.to() || (o.state == State::overdue && options_.at <= axis_.to());
    if (ends_here) out.put(to, end_sign(o.state), paint_of(o.state));
    note(out, from, to + 1, remark(o), paint_of(o.state));
    states_.insert(o.state);
    line("  " + o.rule + (name_subject ? " " + o.subject : "") + " " + names_.of(o.rule), std::move(out));
  }

  const char* end_sign(State state) const {
    switch (state) {
      case State::open:
        return strokes_.due;
      case State::fulfilled:
        return strokes_.in_time;
      case State::fulfilled_late:
        return strokes_.late;
      case State::overdue:
        return strokes_.goes_on;
      case State::waived:
        return strokes_.waived;
      case State::breached:
        return strokes_.breached;
    }
    return "";
  }

  static Paint paint_of(State state) {
    switch (state) {
      case State::open:
        return Paint::plain;
      case State::fulfilled:
        return Paint::green;
      case State::fulfilled_late:
        return Paint::yellow;
      case State::overdue:
      case State::breached:
        return Paint::red;
      case State::waived:
        return Paint::dim;
    }
    return Paint::plain;
  }

  // How late, or until when: in days on the calendar; in hours where the limit is a moment of a day.
  std::string lateness(Instant due, Instant end) const {
    auto last = local_date(due);
    if (start_of_day(last) == due) return days(local_date(end).days - last.days + 1);
    auto hours = std::chrono::duration_cast<std::chrono::hours>(end - due).count();
    constexpr int in_two_days = 48;
    if (hours >= in_two_days) return days(local_date(end).days - last.days);
    return hours == 0 ? globals_.say("under an hour", "under en timme")
                      : std::to_string(hours) + globals_.say(" h", " tim");
  }

  std::string remark(const wire::Obligation& o) const {
    switch (o.state) {
      case State::open:
        return o.due_at ? globals_.say("due ", "senast ") + due(o) : globals_.say("open", "öppen");
      case State::fulfilled_late:
        return (o.due_at ? lateness(*o.due_at, *o.settled_at) + " " : "") + globals_.say("late", "sent");
      case State::overdue:
        return (o.due_at ? lateness(*o.due_at, options_.at) + " " : "") + globals_.say("OVERDUE", "FÖRSENAT");
      case State::breached:
        return globals_.say("BREACHED", "BRUTEN");
      case State::fulfilled:
      case State::waived:
        return "";
    }
    return "";
  }

  void rest(std::size_t well, std::size_t waived, std::size_t outside) {
    std::string text;
    auto add = [&](std::size_t n, const char* english, const char* swedish) {
      if (n > 0)
        text += (text.empty() ? "" : ", ") + std::to_string(n) + " " + globals_.say(english, swedish);
    };
    add(well, "done in time", "gjorda i tid");
    add(waived, "waived", "bortfallna");
    add(outside, "outside these dates", "utanför dessa datum");
    if (!text.empty()) lines_.push_back(painted("  + " + text, Paint::dim, screen_.colour));
  }

  std::string in_words(const EventSign& sign) const {
    if (sign.type.empty()) return globals_.say("other events", "andra händelser");
    return event::find_event_type(sign.type)->label.in(globals_.language);
  }

  void legend() {
    lines_.emplace_back();
    std::vector<std::string> items;
    for (auto& sign : event_signs)
      if (letters_.contains(&sign)) items.push_back(std::string(1, sign.letter) + " " + in_words(sign));
    if (crowded_)
      items.push_back(globals_.say("+ more than fits: narrow with --from and --to",
                                   "+ fler än som ryms: ange --from och --to"));
    for (auto state : states_) {
      std::string sign = end_sign(state);
      items.push_back(sign + " " + tools::in_words(globals_, state));
    }
    if (!states_.empty()) {
      items.push_back(std::string(strokes_.allowed) + strokes_.allowed + globals_.say(" in time", " i tid"));
      items.push_back(std::string(strokes_.over) + strokes_.over +
                      globals_.say(" after the limit", " efter gränsen"));
    }
    std::string text;
    for (auto& item : items) {
      if (!text.empty() && width(text) + 3 + width(item) > screen_.width) {
        lines_.push_back(std::move(text));
        text.clear();
      }
      text += (text.empty() ? "" : "   ") + item;
    }
    if (!text.empty()) lines_.push_back(std::move(text));
  }

  const Globals& globals_;
  const Screen& screen_;
  const RuleNames& names_;
  const ChartOptions& options_;
  const Strokes& strokes_;
  std::size_t label_width_;
  TimeAxis axis_;
  std::vector<std::string> lines_;
  std::set<const EventSign*> letters_;
  std::set<State> states_;
  bool crowded_ = false;
};

}  // namespace

std::vector<std::string> timeline_chart(const Globals& globals, const Screen& screen, const RuleNames& names,
                                        const std::vector<Lane>& lanes, Instant from, Instant to,
                                        const ChartOptions& options) {
  return Chart(globals, screen, names, from, to, options).draw(lanes);
}

}  // namespace stafett::tools
