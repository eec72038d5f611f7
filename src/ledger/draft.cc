#include "ledger/draft.h"

#include <algorithm>

#include "stafett/core/assert.h"

namespace stafett::ledger {
namespace {

constexpr std::chrono::hours ahead_max{24};

auto id_conflict() {
  return fail(ErrorCode::id_conflict, "the event id is taken by an event with other content", "id");
}

bool opens_a_case(std::uint16_t type) {
  static const auto ordinal = event::find_event_type("CaseOpened")->ordinal;
  return type == ordinal;
}

// `before` is where the stream stood before the append that is being checked: what is refused leaves that as
// it is, so that is what the refusal tells.
Result<void> check_expected(const event::ExpectedVersion& expected, const std::optional<Version>& actual,
                            const std::optional<Version>& before) {
  using Kind = event::ExpectedVersion::Kind;
  if (expected.kind == Kind::any) return ok();
  if (expected.kind == Kind::no_stream && !actual) return ok();
  if (expected.kind == Kind::exactly && actual == expected.version) return ok();
  Error error{ErrorCode::version_conflict, "", "expectedversion", {}};
  error.message = expected.kind == Kind::no_stream
                      ? "the stream was expected not to exist"
                      : "the stream was expected at version " + std::to_string(expected.version.value);
  error.message += before ? "; it is at version " + std::to_string(before->value) : "; it does not exist";
  if (actual != before)
    error.message += ", and an earlier event of the same append would have brought it to version " +
                     std::to_string(actual->value);
  if (before) error.actual_version = before->value;
  return fail(std::move(error));
}

}  // namespace

Draft::Draft(const storage::Store& store, const Vault& vault, LastVersions& last_versions,
             const Standing& before, Instant now)
    : store_(store),
      vault_(vault),
      last_versions_(last_versions),
      before_(before),
      now_(now),
      first_(before.tree.size().value),
      after_{before.tree, std::max(now, before.recorded_at)} {
  if (first_.value == 0) keys_.push_back(vault.proof_of_key());
}

Result<void> Draft::look_up(std::span<const Request> requests) {
  std::vector<event::EventId> ids;
  for (const auto& request : requests)
    for (const auto& event : request.events) ids.push_back(event.id);
  STAFETT_TRY(auto found, store_.index().find_ids(ids));
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (found[i]) stored_.emplace(ids[i], *found[i]);
  return ok();
}

Draft::Answer Draft::take(const Request& request) {
  Answer out;
  const auto records = records_.size(), keys = keys_.size(), changes = changes_.size();
  request_changes_ = changes;
  for (std::size_t i = 0; i < request.events.size(); ++i) {
    bool in_draft = false;
    auto appended = place(request.events[i], request.appended_by, in_draft);
    if (!appended) {
      undo(records, keys, changes);
      return {AppendAnswer{{}, Refusal{i, std::move(appended.error())}}, std::nullopt};
    }
    if (in_draft && !out.rests_on_batch) out.rests_on_batch = i;
    out.answer.places.push_back(appended.value());
  }
  return out;
}

Result<Appended> Draft::place(const event::NewEvent& event, const std::string& appended_by, bool& in_draft) {
  if (const auto stored = stored_.find(event.id); stored != stored_.end())
    return again(event, stored->second);
  in_draft = true;
  if (const auto drafted = drafted_.find(event.id); drafted != drafted_.end())
    return again(event, drafted->second);
  return append(event, appended_by);
}

Result<Appended> Draft::again(const event::NewEvent& event, std::size_t index) const {
  STAFETT_TRY(const bool same, event::same_content(records_[index], event));
  if (!same || events_[index]->personal != event.personal) return id_conflict();
  return Appended{Position(first_.value + index), entries_[index].version, after_.recorded_at, true};
}

Result<Appended> Draft::again(const event::NewEvent& event, Position stored) const {
  STAFETT_TRY(auto records, store_.read_at(std::span(&stored, 1)));
  const auto& record = records.front().second;
  STAFETT_TRY(auto recorded, event::decode_record(record));
  STAFETT_TRY(const bool same, event::same_content(record, event));
  if (!same) return id_conflict();
  STAFETT_TRY(auto sealed, event::sealed_personal(record));
  if (sealed.empty() != event.personal.empty()) return id_conflict();
  if (!sealed.empty()) {
    STAFETT_TRY(auto content, vault_.open(recorded.stream, recorded.position, sealed));
    // When it has been erased nobody can say any more what it was; the event is the same in all that is left
    // of it.
    if (content) {
      STAFETT_TRY(auto personal, event::decode_personal(*content));
      crypto::wipe(*content);
      if (personal != event.personal) return id_conflict();
    }
  }
  return Appended{recorded.position, recorded.version, recorded.recorded_at, true};
}

Result<Appended> Draft::append(const event::NewEvent& event, const std::string& appended_by) {
  // What is wrong with the event itself goes before what is wrong with its place.
  if (event.occurred_at > now_ + ahead_max)
    return fail(ErrorCode::invalid_argument, "the time is more than 24 hours ahead of the ledger's clock",
                "time");
  STAFETT_TRY(auto last, last_version(event.stream));
  if (!last && event.stream.starts_with("case/") && !opens_a_case(event.type))
    return fail(ErrorCode::not_found, "there is no such case: its first event must be CaseOpened", "subject");
  STAFETT_TRY(check_expected(event.expected, last, before_request(event.stream, last)));

  const Position position(first_.value + records_.size());
  const Version version = last ? last->next() : Version(0);
  Bytes sealed;
  if (!event.personal.empty()) {
    STAFETT_TRY(sealed, seal(event, position));
  }
  records_.push_back(
      event::encode_record(event, {position, version, after_.recorded_at, appended_by}, sealed));
  events_.push_back(&event);
  entries_.push_back({event.id, event.stream, version});
  drafted_.emplace(event.id, records_.size() - 1);
  const auto [entry, is_new] = versions_.try_emplace(event.stream);
  changes_.push_back({event.stream, last, !is_new});
  entry->second = version;
  return Appended{position, version, after_.recorded_at, false};
}

Result<Bytes> Draft::seal(const event::NewEvent& event, Position position) {
  std::shared_ptr<const crypto::Key> key;
  if (const auto made = new_keys_.find(event.stream); made != new_keys_.end()) {
    key = made->second;
  } else {
    STAFETT_TRY(auto known, vault_.find(event.stream));
    if (known.erased)
      return fail(ErrorCode::forbidden,
                  "the personal content of this stream has been erased; it takes no more", "data.personal");
    // Under a second key what was sealed with the first would look damaged, and which is which nobody could
    // tell.
    if (known.lost)
      return fail(
          ErrorCode::forbidden,
          "the key of this stream's personal content was not restored with the ledger; without it the "
          "stream takes no more. Restored again with that key (restore --kek) it does",
          "data.personal");
    key = known.key;
    if (!key) {
      auto [made_key, wrapped] = vault_.make(event.stream);
      key = new_keys_.emplace(event.stream, std::move(made_key)).first->second;
      keys_.push_back(std::move(wrapped));
    }
  }
  auto content = event::encode_personal(event.personal);
  auto sealed = Vault::seal(*key, event.stream, position, content);
  crypto::wipe(content);
  return sealed;
}

Result<std::optional<Version>> Draft::last_version(const std::string& stream) {
  if (const auto drafted = versions_.find(stream); drafted != versions_.end()) return drafted->second;
  if (const auto* known = last_versions_.find(stream)) return std::optional(*known);
  STAFETT_TRY(auto last, store_.index().last_version(stream));
  if (last) last_versions_.put(stream, *last);
  return last;
}

std::optional<Version> Draft::before_request(const std::string& stream, std::optional<Version> now) const {
  const auto begin = changes_.begin() + static_cast<std::ptrdiff_t>(request_changes_);
  const auto first = std::find_if(begin, changes_.end(), [&](const Change& c) { return c.stream == stream; });
  return first == changes_.end() ? now : first->before;
}

void Draft::undo(std::size_t records, std::size_t keys, std::size_t changes) {
  for (auto i = records; i < records_.size(); ++i) drafted_.erase(entries_[i].id);
  for (auto i = keys; i < keys_.size(); ++i) new_keys_.erase(keys_[i].stream);
  while (changes_.size() > changes) {
    auto& change = changes_.back();
    if (change.was_in_draft)
      versions_[change.stream] = change.before;
    else
      versions_.erase(change.stream);
    changes_.pop_back();
  }
  records_.resize(records);
  entries_.resize(records);
  events_.resize(records);
  keys_.resize(keys);
}

void Draft::put_keys(std::vector<storage::StreamKey> keys) {
  for (auto& key : keys) keys_.push_back(std::move(key));
}

void Draft::finish() {
  for (const auto& record : records_) after_.tree.append(merkle::leaf_hash(record), nodes_);
  if (records_.empty()) after_.recorded_at = before_.recorded_at;
}

void Draft::remember() const {
  for (const auto& [stream, version] : versions_) last_versions_.put(stream, *version);
  for (const auto& [stream, key] : new_keys_) vault_.remember(stream, key);
}

}  // namespace stafett::ledger
