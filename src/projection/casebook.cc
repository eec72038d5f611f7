#include "stafett/projection/casebook.h"

#include <algorithm>

#include "projection/casebook_state.h"
#include "projection/rebuild.h"
#include "stafett/casework/adoption.h"
#include "stafett/crypto/random.h"

namespace stafett::projection {

using casework::Judgement;

Casebook::Casebook(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<Casebook>> Casebook::open(ledger::Ledger& ledger, const Clock& clock) {
  auto state = std::make_unique<State>(ledger, clock);
  auto* s = state.get();
  s->listening = ledger.on_advance([s](Position) {
    std::lock_guard lock(s->waiting);
    s->moved.notify_all();
  });
  s->follower = std::thread([s] { s->follow(); });
  return std::unique_ptr<Casebook>(new Casebook(std::move(state)));
}

Casebook::~Casebook() {
  stop();
  state_->listening.reset();
  if (state_->follower.joinable()) state_->follower.join();
}

void Casebook::stop() {
  std::lock_guard lock(state_->waiting);
  state_->stopped = true;
  state_->moved.notify_all();
}

Result<Answer<casework::Case>> Casebook::case_of(const std::string& id, const AsOf& as_of) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  auto absent = [&] {
    return fail(ErrorCode::not_found, "there is no case \"" + id + "\" at that time", "case");
  };
  auto dossier_id = s.fold.dossiers().find("case/" + id);
  if (!dossier_id) return absent();
  STAFETT_TRY(auto judgement, s.judgement_of(*dossier_id, q));
  STAFETT_TRY(auto dossier, s.read(*dossier_id, q));
  auto described = with_world(dossier, q.at, [&](const casework::World& world) {
    return casework::describe_case(world, id, *judgement);
  });
  if (!described) return absent();
  return Answer<casework::Case>{q.basis(), std::move(*described)};
}

Result<Answer<std::vector<casework::Obligation>>> Casebook::obligations(const ObligationFilter& filter,
                                                                        const AsOf& as_of) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  if (filter.rule) {
    auto rules = q.book->rule_ids();
    if (!std::binary_search(rules.begin(), rules.end(), *filter.rule))
      return fail(ErrorCode::not_found, "there is no rule \"" + *filter.rule + "\"", "rule");
  }
  Answer<std::vector<casework::Obligation>> answer{q.basis(), {}};
  auto take = [&](const Judgement& judgement) -> Result<void> {
    for (auto& j : judgement.judged) {
      auto& o = j.obligation;
      if (!j.of_rule || (filter.case_id && o.case_id != *filter.case_id) ||
          (filter.unit && o.unit != *filter.unit) || (filter.rule && o.rule != *filter.rule))
        continue;
      if (!filter.states.empty() &&
          std::find(filter.states.begin(), filter.states.end(), o.state) == filter.states.end())
        continue;
      if (answer.value.size() == list_max) return fail(too_long());
      answer.value.push_back(casework::owned(o));
    }
    return ok();
  };
  if (!filter.case_id) {
    STAFETT_TRY(s.each_judgement(q, take));
  } else if (auto id = s.fold.dossiers().find("case/" + *filter.case_id)) {
    STAFETT_TRY(auto judgement, s.judgement_of(*id, q));
    STAFETT_TRY(take(*judgement));
  }
  std::stable_sort(answer.value.begin(), answer.value.end(), [](auto& a, auto& b) {
    return std::tie(a.created_at, a.case_id, a.rule) < std::tie(b.created_at, b.case_id, b.rule);
  });
  return answer;
}

Result<Answer<std::vector<RuleSummary>>> Casebook::rules(const AsOf& as_of) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  Answer<std::vector<RuleSummary>> answer{q.basis(), {}};
  auto on = local_date(q.at);
  for (auto& adopted : q.book->sets())
    for (auto& rule : adopted.set->rules)
      if (q.book->rule(rule.id, on, adopted.set->municipality) == &rule)
        answer.value.push_back({rule.id, "rule", std::string(casework::to_string(rule.severity)),
                                rule.name.english, rule.name.swedish, rule.limit.english,
                                std::string(rule.legal_ref_at(on)), rule.source, adopted.set->id,
                                rule.limit.swedish, adopted.set->municipality});
  for (auto& id : q.book->indicator_ids()) {
    auto* i = q.book->indicator(id);
    answer.value.push_back({i->id, "indicator", "", i->name.english, i->name.swedish, "", "", i->source,
                            q.book->set_of(*i)->set->id, "", i->municipality});
  }
  return answer;
}

Result<std::optional<Adoption>> Casebook::adopted_already(std::string_view json) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(AsOf{}));
  STAFETT_TRY(auto set, casework::RuleSet::parse(json, q.book->ids()));
  auto& sets = q.book->sets();
  auto newest =
      std::find_if(sets.rbegin(), sets.rend(), [&](auto& known) { return known.set->id == set.id; });
  if (newest == sets.rend()) return std::nullopt;
  STAFETT_TRY(auto records, s.ledger.read_at({newest->position}));
  STAFETT_TRY(auto event, event::decode_record(records.at(0).bytes));
  if (casework::adopted_definition(event) != json) return std::nullopt;
  return Adoption{event.position, event.version, event.recorded_at};
}

Result<event::NewEvent> Casebook::prepare_adoption(std::string_view json, Instant now) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(AsOf{}));
  STAFETT_TRY(auto set, casework::RuleSet::parse(json, q.book->ids()));
  STAFETT_TRY(casework::may_adopt(set, *q.book));
  return casework::adoption_event(set, json, crypto::random_uuid(), now);
}

Result<void> Casebook::check(const event::NewEvent& event) const {
  static const auto adoption = event::find_event_type("RuleSetAdopted")->ordinal;
  if (event.type != adoption) return ok();
  STAFETT_TRY(auto recorded, event::decode_record(event::encode_record(event, {}, {})));
  auto definition = casework::adopted_definition(recorded);
  if (definition.empty()) return ok();
  auto& s = *state_;
  auto book = [&] {
    State::Sharing sharing(s.folding);
    return s.fold.book(s.fold.checkpoint());
  }();
  auto set = casework::RuleSet::parse(definition, book->ids());
  if (!set) return fail(ErrorCode::invalid_argument, set.error().message, "data.definition");
  if (auto allowed = casework::may_adopt(set.value(), *book); !allowed)
    return fail(ErrorCode::invalid_argument, allowed.error().message, "data.definition");
  return ok();
}

Result<RebuildReport> Casebook::rebuild(const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(AsOf{}));
  LiveState live;
  live.checkpoint = q.known;
  live.dossiers = s.fold.dossiers();
  live.book = q.book;
  live.judgements = s.cache.at_hand(q.at, *live.book);
  q.sharing.unlock();
  return rebuild_and_compare(s.ledger, live, q.at, progress, s.stopped);
}

}  // namespace stafett::projection
