#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "casework/registry.h"

// Small histories for tests, one event a line:
//
//   2020-01-10T09:00 case/c1 CaseOpened @stad/ifoChild #0180 {"caseKind": "child"}
//
// Unit and municipality may be left out, and so may every required field: it gets the time of the line, the
// stream's id, its unit, false, 0, the first of its enumerators, or "x".
namespace stafett::history {

inline constexpr const char* usual_unit = "stad/ifoChild";

inline nlohmann::json filled(const event::Field& field, const std::string& time, const std::string& stream_id,
                             const std::string& unit) {
  using event::FieldForm;
  using nlohmann::json;
  auto one = [&]() -> json {
    switch (field.form) {
      case FieldForm::boolean:
        return false;
      case FieldForm::u8:
      case FieldForm::u16:
      case FieldForm::u32:
        return 0;
      case FieldForm::real:
      case FieldForm::share:
        return 0.5;
      case FieldForm::unit_id:
        return unit;
      case FieldForm::enumerator:
        return field.enumerators.front().name;
      case FieldForm::instant:
        return time;
      case FieldForm::date:
        return time.substr(0, 10);
      case FieldForm::row:
        return nullptr;
      default:
        return field.name == "caseId" || field.name == "forumId" || field.name == "documentId" ||
                       field.name == "personId" || field.name == "householdId" || field.name == "deviationId"
                   ? stream_id
                   : "x";
    }
  }();
  if (!field.list) return one;
  return one.is_null() ? json::array() : json::array({one});
}

inline std::string event_line(const std::string& line, std::size_t number) {
  std::istringstream in(line);
  std::string when, stream, type, word, unit = usual_unit, municipality = "0484", data;
  in >> when >> stream >> type;
  while (in >> std::ws && in.peek() != '{' && in >> word)
    (word.front() == '@' ? unit : municipality) = word.substr(1);
  std::getline(in, data);
  auto local = parse_time_argument(when.size() == 10 ? when : when.substr(0, 10)).value();
  if (when.size() > 10)
    local += std::chrono::hours(std::stoi(when.substr(11, 2))) +
             std::chrono::minutes(std::stoi(when.substr(14, 2)));
  else
    local += std::chrono::hours(9);
  auto time = format_local(local);
  auto fields = data.empty() ? nlohmann::json::object() : nlohmann::json::parse(data);
  auto* known = event::find_event_type(type);
  if (!known) throw std::runtime_error("no event type in: " + line);
  for (auto& field : known->fields)
    if (field.required && !fields.contains(field.name))
      fields[field.name] = filled(field, time, stream.substr(stream.find('/') + 1), unit);
  char id[37];
  std::snprintf(id, sizeof id, "00000000-0000-4000-8000-%012zu", number);
  return nlohmann::json{{"specversion", "1.0"},
                        {"id", id},
                        {"type", "se.stafett." + type},
                        {"source", unit},
                        {"subject", stream},
                        {"time", time},
                        {"municipality", municipality},
                        {"actor", "s-1"},
                        {"actorrole", "childCaseworker"},
                        {"data", fields}}
      .dump();
}

class Told {
 public:
  explicit Told(const std::string& text, casework::RuleBook book = support::base_book())
      : book_(std::move(book)), rule_ids_(book_.rule_ids()) {
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
      if (auto begin = line.find_first_not_of(' '); begin != std::string::npos)
        events_.push_back(support::record(event_line(line.substr(begin), events_.size()), events_.size()));
  }

  // "subject state" of each obligation of the rule as of then, with " due DATE" (the last day on which it can
  // be done in time), sorted and joined by "; ".
  std::string rule(const std::string& id, const std::string& at) const {
    std::vector<std::string> out;
    for (auto& o : support::obligations(judged(at)))
      if (o.rule == id)
        out.push_back(
            o.subject + " " + std::string(casework::to_string(o.state)) +
            (o.due_at ? " due " + format_date(local_date(*o.due_at - std::chrono::microseconds(1))) : ""));
    return joined(out);
  }

  casework::Obligation obligation(const std::string& id, const std::string& at) const {
    for (auto& o : support::obligations(judged(at)))
      if (o.rule == id) return o;
    throw std::runtime_error("no obligation of " + id);
  }

  std::vector<casework::Figure> figures(const std::string& id, const std::string& at,
                                        std::vector<std::string> by = {}) const {
    casework::FigureQuery query;
    query.at = parse_time_argument(at).value();
    int year = int(civil(local_date(query.at)).year());
    query.from = make_date(year, 1, 1);
    query.to = make_date(year + 1, 1, 1);
    for (auto& known : book_.indicator_ids()) query.all.push_back(book_.indicator(known));
    query.indicators = {book_.indicator(id)};
    if (!query.indicators.front()) throw std::runtime_error("no indicator " + id);
    for (auto& name : by)
      if (book_.has_split(name))
        query.splits.push_back(name);
      else
        query.by.push_back(casework::dimension_from(name).value());
    return support::figures(query, judged(at));
  }

  // "numerator/denominator", with " pending N" and " waived N" where there are any, and the group; the year
  // of `at`.
  std::string indicator(const std::string& id, const std::string& at,
                        std::vector<std::string> by = {}) const {
    std::vector<std::string> out;
    for (auto& f : figures(id, at, std::move(by))) {
      std::string text;
      for (auto& [name, value] : f.group) text += name + "=" + value + " ";
      text += number(f.numerator) + (f.denominator ? "/" + number(f.denominator) : "");
      if (f.pending.value_or(0)) text += " pending " + std::to_string(*f.pending);
      if (f.waived.value_or(0)) text += " waived " + std::to_string(*f.waived);
      out.push_back(text);
    }
    return joined(out);
  }

  std::vector<casework::Judgement> judged(const std::string& at) const {
    return support::judge_all(events_, book_, parse_time_argument(at).value());
  }

  const std::vector<event::RecordedEvent>& events() const { return events_; }
  const std::vector<std::string>& rule_ids() const { return rule_ids_; }  // sorted

  static std::string number(std::optional<double> n) {
    if (!n) return "-";
    auto text = std::to_string(*n);
    return text.substr(0, text.find_last_not_of(".0") + 1).empty() ? "0" : trimmed(text);
  }

 private:
  static std::string trimmed(std::string text) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
  }
  static std::string joined(std::vector<std::string> texts) {
    std::sort(texts.begin(), texts.end());
    std::string out;
    for (auto& t : texts) out += (out.empty() ? "" : "; ") + t;
    return out;
  }

  casework::RuleBook book_;
  std::vector<std::string> rule_ids_;
  std::vector<event::RecordedEvent> events_;
};

}  // namespace stafett::history
