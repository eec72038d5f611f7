#include <algorithm>

#include "projection/casebook_state.h"

// What a rule set would change if it were adopted now.
namespace stafett::projection {
namespace {

// The figures that the two counts do not agree on; an indicator of one book only has no counterpart.
std::vector<FigureChange> different(const std::vector<casework::Figure>& before,
                                    const std::vector<casework::Figure>& after) {
  auto same = [](const casework::Figure& a, const casework::Figure& b) {
    return a.numerator == b.numerator && a.denominator == b.denominator && a.pending == b.pending &&
           a.waived == b.waived && a.value == b.value && a.median == b.median && a.p90 == b.p90;
  };
  auto of = [](const std::vector<casework::Figure>& figures, const std::string& id) {
    auto found = std::find_if(figures.begin(), figures.end(), [&](auto& f) { return f.indicator == id; });
    return found == figures.end() ? std::nullopt : std::optional(*found);
  };
  std::vector<FigureChange> out;
  for (auto& f : before) {
    auto now = of(after, f.indicator);
    if (!now || !same(f, *now)) out.push_back({f, now});
  }
  for (auto& f : after)
    if (!of(before, f.indicator)) out.push_back({std::nullopt, f});
  std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) {
    return (a.before ? a.before : a.after)->indicator < (b.before ? b.before : b.after)->indicator;
  });
  return out;
}

}  // namespace

Result<Answer<RuleChanges>> Casebook::what_if(std::string_view json, const Told& progress) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(AsOf{}));
  STAFETT_TRY(auto set, casework::RuleSet::parse(json, q.book->ids()));
  auto sets = q.book->sets();
  sets.push_back({std::make_shared<casework::RuleSet>(std::move(set)), q.known, q.at});
  // The same question by the other book.
  State::Question then;
  then.at = q.at;
  then.known = q.known;
  then.book = std::make_shared<casework::RuleBook>(std::move(sets));
  STAFETT_TRY(auto figures_now, s.compile({}, q));
  STAFETT_TRY(auto figures_then, s.compile({}, then));
  casework::FigureCount before(figures_now), after(figures_then);
  Answer<RuleChanges> answer{q.basis(), {}};
  auto& out = answer.value;
  auto ids = s.fold.dossiers().all();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (progress) progress(i, ids.size());
    STAFETT_TRY(auto now, s.judgement_of(ids[i], q));
    STAFETT_TRY(auto changed, s.judgement_of(ids[i], then));
    before.add(*now);
    after.add(*changed);
    for (auto& change : casework::changes(*now, *changed)) {
      ++out.obligations_changed;
      if (out.obligations.size() < changes_max) out.obligations.push_back(std::move(change));
    }
  }
  out.figures = different(casework::marked(before.figures(), figures_now, casework::threshold_default),
                          casework::marked(after.figures(), figures_then, casework::threshold_default));
  return answer;
}

}  // namespace stafett::projection
