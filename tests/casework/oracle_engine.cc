#include "casework/oracle_engine.h"

#include <algorithm>
#include <sstream>

namespace stafett::oracle {

namespace {

std::string text_of(const Count& c) {
  std::ostringstream out;
  out << c.numerator << "/" << (c.denominator ? std::to_string(long(*c.denominator)) : "-") << " pending "
      << c.pending << " waived " << c.waived;
  return out.str();
}

}  // namespace

Case::Case(std::vector<std::string> json_lines)
    : lines(std::move(json_lines)), recorded(support::record_all(lines)), sent(read_events(lines)) {}

Answer engine_answer(const Case& c, const casework::RuleBook& book, Instant at, Date from, Date to) {
  Answer out;
  auto judgements = support::judge_all(c.recorded, book, at);
  for (auto& judgement : judgements) {
    for (auto& j : judgement.judged) {
      auto& o = j.obligation;
      if (!j.of_rule || std::find(rules().begin(), rules().end(), o.rule) == rules().end()) continue;
      out.duties.push_back({std::string(o.rule), std::string(o.case_id), std::string(o.subject),
                            std::string(casework::to_string(o.state)), o.due_at, o.created_at, ""});
    }
  }
  std::sort(out.duties.begin(), out.duties.end());
  casework::FigureQuery query;
  for (auto& id : book.indicator_ids()) query.all.push_back(book.indicator(id));
  for (auto& id : indicators()) query.indicators.push_back(book.indicator(id));
  query.from = from;
  query.to = to;
  query.at = at;
  for (auto& f : support::figures(query, judgements))
    out.counts[f.indicator] = {f.numerator.value_or(0), f.denominator, f.pending.value_or(0),
                               f.waived.value_or(0)};
  return out;
}

Answer oracle_answer(const Case& c, Instant at, Date from, Date to) {
  Told told(c.sent, at);
  Answer out{duties(told), {}};
  out.counts = counts(told, out.duties, from, to);
  std::sort(out.duties.begin(), out.duties.end());
  return out;
}

std::string text_of(const Duty& d) {
  return d.rule + " case " + d.case_id + " subject " + d.subject + " " + d.state + " due " +
         (d.due ? format_local(*d.due) : "-");
}

std::string differences(const Answer& engine, const Answer& oracle) {
  std::string out;
  std::vector<Duty> only;
  std::set_difference(engine.duties.begin(), engine.duties.end(), oracle.duties.begin(), oracle.duties.end(),
                      std::back_inserter(only));
  for (auto& d : only) out += "only engine: " + text_of(d) + "\n";
  only.clear();
  std::set_difference(oracle.duties.begin(), oracle.duties.end(), engine.duties.begin(), engine.duties.end(),
                      std::back_inserter(only));
  for (auto& d : only) out += "only oracle: " + text_of(d) + "\n";
  for (auto& [id, count] : oracle.counts) {
    auto other = engine.counts.find(id);
    if (other == engine.counts.end())
      out += id + ": not answered by the engine, oracle " + text_of(count) + "\n";
    else if (!(other->second == count))
      out += id + ": engine " + text_of(other->second) + ", oracle " + text_of(count) + "\n";
  }
  return out;
}

}  // namespace stafett::oracle
