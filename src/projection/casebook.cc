#include "stafett/projection/casebook.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "projection/fold.h"
#include "projection/judgement_cache.h"
#include "projection/reader.h"
#include "projection/rebuild.h"
#include "stafett/casework/adoption.h"
#include "stafett/crypto/random.h"

namespace stafett::projection {
namespace {

using casework::DossierIndex;
using casework::Judgement;

constexpr std::size_t catch_up_batch = 4096;

// How much memory judgements at hand may take: enough for the cases that are asked about again and again.
constexpr std::size_t cache_bytes = 192u << 20;
// The longest list that one answer gives; a longer one is asked for in parts.
constexpr std::size_t list_max = 200'000;

Error too_long() {
  return {ErrorCode::too_large,
          "more than " + std::to_string(list_max) +
              " lines: narrow the question (case, unit, rule, state, period)",
          {},
          {}};
}
Error stopping() { return {ErrorCode::unavailable, "the server is stopping", {}, {}}; }

}  // namespace

// The follower thread folds the ledger in, alone; questions share the folded state for as long as they take,
// so that what they judge is one moment of the ledger. Appending waits for neither.
struct Casebook::State {
  State(ledger::Ledger& l, const Clock& c) : ledger(l), clock(c) {}

  ledger::Ledger& ledger;
  const Clock& clock;

  std::shared_mutex folding;  // guards fold
  Fold fold;
  JudgementCache cache{cache_bytes};

  std::mutex waiting;  // guards failure, and wakes those who wait for the checkpoint
  std::condition_variable moved;
  std::optional<Error> failure;  // the fold met damage: nothing is answered from here on
  std::atomic<std::uint64_t> checkpoint{0};
  std::atomic<bool> stopped{false};

  std::shared_ptr<void> listening;
  std::thread follower;

  using Sharing = std::shared_lock<std::shared_mutex>;

  Result<void> take_in(const event::RecordedEvent& event) {
    std::unique_lock lock(folding);
    auto governed = fold.dossiers().governance().size();
    STAFETT_TRY(auto touched, fold.apply(event));
    for (auto id : touched) cache.drop(id);
    if (fold.dossiers().governance().size() != governed) cache.clear();
    return ok();
  }

  void follow() {
    while (!stopped) {
      Position from(checkpoint.load()), to = ledger.next_position();
      if (from >= to) {
        std::unique_lock lock(waiting);
        moved.wait(lock, [&] { return stopped || ledger.next_position() > from; });
        continue;
      }
      to = std::min(to, Position(from.value + catch_up_batch));
      auto taken = ledger.scan(from, to, [&](Position, BytesView bytes) -> Result<void> {
        if (stopped) return fail(stopping());
        STAFETT_TRY(auto event, event::decode_record(bytes));
        return take_in(event);
      });
      std::lock_guard lock(waiting);
      if (!taken) {
        if (!stopped) failure = taken.error();
        moved.notify_all();
        return;
      }
      checkpoint = to.value;
      moved.notify_all();
    }
  }

  // Waits until everything that was acknowledged when the question came is folded in.
  Result<void> catch_up(const AsOf& as_of) {
    auto wanted = ledger.next_position();
    if (as_of.at_least && *as_of.at_least >= wanted)
      return fail(ErrorCode::invalid_argument, "the ledger has not reached that position", "atLeast");
    std::unique_lock lock(waiting);
    moved.wait(lock, [&] { return stopped || failure || checkpoint.load() >= wanted.value; });
    if (failure) return fail(*failure);
    if (stopped) return fail(stopping());
    return ok();
  }

  // What a question works with: the times it asks for, settled.
  struct Question {
    Sharing sharing;
    Instant at;
    Position known;  // positions below it are known
    std::shared_ptr<const casework::RuleBook> book;
    bool live = false;  // judges all that is known, so the cache may answer
    Basis basis() const { return {TreeSize(known.value), book->name(), at}; }
  };

  Result<Question> ask(const AsOf& as_of) {
    STAFETT_TRY(catch_up(as_of));
    Question q;
    q.sharing = Sharing(folding);
    q.at = as_of.at.value_or(clock.now());
    q.known = fold.checkpoint();
    q.live = !as_of.known_at;
    if (as_of.known_at) {
      STAFETT_TRY(auto known, recorded_by(ledger, *as_of.known_at, q.known));
      q.known = known;
    }
    // The set that a ledger begins with is in force for all times (domain.md 8.2 no. 9), also before it was
    // recorded.
    q.book = fold.book(std::max(q.known, Position(1)));
    return q;
  }

  Result<Dossier> read(DossierIndex::Id id, const Question& q) {
    return read_dossier(ledger, fold.dossiers(), id, q.known);
  }

  Result<std::shared_ptr<const Judgement>> judgement_of(DossierIndex::Id id, const Question& q) {
    if (stopped) return fail(stopping());
    if (q.live)
      if (auto at_hand = cache.find(id, q.at, *q.book)) return at_hand;
    STAFETT_TRY(auto dossier, read(id, q));
    STAFETT_TRY(auto judged, judge_dossier(dossier, *q.book, q.at, stopped));
    auto judgement = std::make_shared<const Judgement>(std::move(judged));
    // It tells of the present: keep it.
    if (q.live && judgement->horizon > clock.now()) cache.keep(id, q.at, judgement, q.book);
    return judgement;
  }

  // Hands over the judgement of every dossier, one at a time.
  template <class Each>
  Result<void> each_judgement(const Question& q, Each each) {
    for (auto id : fold.dossiers().all()) {
      STAFETT_TRY(auto judgement, judgement_of(id, q));
      STAFETT_TRY(each(*judgement));
    }
    return ok();
  }

  Result<casework::FigureQuery> compile(const IndicatorQuery& query, const Question& q) const {
    casework::FigureQuery out;
    auto year = static_cast<int>(civil(local_date(q.at)).year());
    out.at = q.at;
    out.from = query.from.value_or(make_date(year, 1, 1));
    out.to = query.to.value_or(make_date(year + 1, 1, 1));
    if (out.to < out.from) return fail(ErrorCode::invalid_argument, "the period ends before it begins", "to");
    for (auto& name : query.by) {
      auto d = casework::dimension_from(name);
      if (!d) return fail(ErrorCode::invalid_argument, "there is no dimension \"" + name + "\"", "by");
      out.by.push_back(*d);
    }
    auto known = q.book->indicator_ids();
    for (auto& id : known) out.all.push_back(q.book->indicator(id));
    for (auto& id : query.ids.empty() ? known : query.ids) {
      auto* indicator = q.book->indicator(id);
      if (!indicator) return fail(ErrorCode::not_found, "there is no indicator \"" + id + "\"", "indicator");
      out.indicators.push_back(indicator);
    }
    return out;
  }
};

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
      answer.value.push_back(o);
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

Result<Answer<std::vector<casework::Figure>>> Casebook::indicators(const IndicatorQuery& query,
                                                                   const AsOf& as_of) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  STAFETT_TRY(auto compiled, s.compile(query, q));
  casework::FigureCount count(std::move(compiled));
  STAFETT_TRY(s.each_judgement(q, [&](const Judgement& judgement) -> Result<void> {
    count.add(judgement);
    return ok();
  }));
  return Answer<std::vector<casework::Figure>>{q.basis(), count.figures()};
}

Result<Answer<std::vector<casework::Counted>>> Casebook::counted(const IndicatorQuery& query,
                                                                 const AsOf& as_of) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  STAFETT_TRY(auto compiled, s.compile(query, q));
  Answer<std::vector<casework::Counted>> answer{q.basis(), {}};
  STAFETT_TRY(s.each_judgement(q, [&](const Judgement& judgement) -> Result<void> {
    for (auto& c : casework::counted(compiled, judgement)) {
      if (answer.value.size() == list_max) return fail(too_long());
      answer.value.push_back(std::move(c));
    }
    return ok();
  }));
  std::stable_sort(answer.value.begin(), answer.value.end(), [](auto& a, auto& b) {
    return std::tie(a.indicator, a.group, a.case_id, a.subject) <
           std::tie(b.indicator, b.group, b.case_id, b.subject);
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
                                rule.name.english, rule.name.swedish, rule.limit, rule.legal_ref_at(on),
                                rule.source, adopted.set->id});
  for (auto& id : q.book->indicator_ids()) {
    auto* i = q.book->indicator(id);
    answer.value.push_back({i->id, "indicator", "", i->name.english, i->name.swedish, "", "", i->source,
                            q.book->set_of(*i)->set->id});
  }
  return answer;
}

Result<event::NewEvent> Casebook::prepare_adoption(std::string_view json, Instant now) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(AsOf{}));
  STAFETT_TRY(auto set, casework::RuleSet::parse(json, q.book->ids()));
  return casework::adoption_event(set, json, crypto::random_uuid(), now);
}

Result<void> Casebook::check(const event::NewEvent& event) const {
  static const auto adoption = event::find_event_type("RuleSetAdopted")->ordinal;
  if (event.type != adoption) return ok();
  STAFETT_TRY(auto recorded, event::decode_record(event::encode_record(event, {}, {})));
  auto definition = casework::adopted_definition(recorded);
  if (definition.empty()) return ok();
  auto& s = *state_;
  auto ids = [&] {
    State::Sharing sharing(s.folding);
    return s.fold.book(s.fold.checkpoint())->ids();
  }();
  auto set = casework::RuleSet::parse(definition, ids);
  if (!set) return fail(ErrorCode::invalid_argument, set.error().message, "data.definition");
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
