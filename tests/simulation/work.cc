#include "simulation/work.h"

#include <chrono>
#include <future>
#include <thread>

#include "simulation/failure.h"
#include "stafett/ledger/restoration.h"
#include "stafett/ledger/verify.h"

namespace stafett::simulation {
namespace {

using ledger::AppendAnswer;
using ledger::Ledger;

std::string said(const Error& error) { return std::string(to_string(error.code)) + ": " + error.message; }

}  // namespace

Work::Work(Journal& journal, const DiskPlan& disk, std::uint64_t seed, std::filesystem::path folder,
           bool last)
    : journal_(journal), disk_(disk), random_(seed), folder_(std::move(folder)), last_(last) {
  model_.catch_up(journal_);
}

ledger::Options Work::options() {
  hooks_.index_generation_events = 1 + random_.below(20);
  hooks_.retry_after = std::chrono::milliseconds(1);
  ledger::Options options;
  options.data = folder_ / "ledger";
  options.batch_events_max = 1 + random_.below(12);
  options.heads_every = std::chrono::milliseconds(random_.once_in(3) ? 1 : 0);
  options.first_event = Event::first().build();
  options.rebuild_index = random_.once_in(8);
  options.hooks = &hooks_;
  return options;
}

// An error must have been made.
void Work::excuse(const Error& error) const {
  require(Disk::errors_were_made(), "without any fault: " + said(error));
  require(error.code == ErrorCode::io_error || error.code == ErrorCode::unavailable,
          "a fault of the disk was called something else: " + said(error));
}

void Work::check(const Result<void>& result) const {
  if (!result) excuse(result.error());
}

void Work::run() {
  Witness::no_dead_key(folder_, model_);
  open();
  if (!ledger_) return;
  for (auto steps = last_ ? 5 : random_.below(30); steps > 0; --steps) step();
  go_on_when_there_is_room();
  if (last_ || random_.once_in(4)) check(witness_->everything());
  if (last_) {
    const auto verified = ledger_->verify({});
    require(verified.has_value(), "not verified");
    for (const auto& problem : verified.value().problems)
      give_up("verification: " + problem.where + ": " + problem.what);
    restore();
  }
  const auto closed = ledger_->close();
  if (!closed) excuse(closed.error());
  witness_.reset();
  ledger_.reset();
  if (!last_) return;
  const auto verified = ledger::verify_folder(folder_ / "ledger", {});
  require(verified.has_value(), "not verified after it was stopped");
  for (const auto& problem : verified.value().problems)
    give_up("verification after it was stopped: " + problem.where + ": " + problem.what);
  Witness::no_dead_key(folder_, model_);
}

void Work::open() {
  const auto opening = options();
  auto opened = Ledger::open(opening);
  if (!opened) return excuse(opened.error());
  ledger_ = std::move(opened.value());
  witness_ = std::make_unique<Witness>(*ledger_, model_, journal_);
  auto taken = witness_->take_stock();
  for (int i = 0; !taken && i < 5; ++i) {
    excuse(taken.error());
    taken = witness_->take_stock();
  }
  if (taken) return;
  excuse(taken.error());
  witness_.reset();
  ledger_.reset();
}

void Work::step() {
  switch (random_.below(16)) {
    case 0:
      return append_many_at_once();
    case 1:
      return append_again();
    case 2:
      return append_conflict();
    case 3:
      return sign();
    case 4:
      return check(witness_->proofs(random_.next()));
    case 5:
      if (random_.once_in(2)) return erase();
      return append_again();
    case 6:
    case 7:
    case 8:
      return check(witness_->something(random_.next()));
    default:
      return append_some();
  }
}

std::vector<Event> Work::fresh(std::size_t count) {
  std::vector<Event> events;
  for (std::size_t i = 0; i < count; ++i)
    events.push_back(Event::of(model_.next_serial + i, random_.below(Event::streams), !random_.once_in(3),
                               random_.once_in(4)));
  return events;
}

std::uint64_t Work::attempt(const std::vector<Event>& group) {
  std::vector<std::uint64_t> words{model_.next_group};
  for (const auto event : group) words.push_back(event.number);
  journal_.add(Entry::attempted, words);
  model_.catch_up(journal_);
  return words.front();
}

// In the ledger's own thread, before anything else happens.
void Work::answered(std::uint64_t group, const AppendAnswer& answer) {
  if (answer.refusal) {
    const auto code = answer.refusal->error.code;
    const std::array<std::uint64_t, 2> words{group,
                                             code == ErrorCode::io_error || code == ErrorCode::corruption};
    journal_.add(Entry::refused, words);
    return;
  }
  std::vector<std::uint64_t> words{group};
  for (const auto& place : answer.places) words.push_back(place.position.value);
  journal_.add(Entry::placed, words);
  journal_.appended += answer.places.size();
}

// With no fault of the disk.
bool Work::may_be_refused(const std::vector<Event>& group) const {
  std::set<std::uint64_t> opened;
  for (const auto event : group) {
    if (event.personal() && model_.erased.contains(event.stream())) return true;
    const bool there = model_.count_in(event.stream_name()) > 0 || opened.contains(event.stream());
    if (!there && (event.number & 1)) return true;  // a talk in a case that has not been opened
    opened.insert(event.stream());
  }
  return false;
}

void Work::check_refusal(const ledger::Refusal& refusal, bool may_be_refused, bool conflict) const {
  const auto code = refusal.error.code;
  if (conflict && (code == ErrorCode::version_conflict || code == ErrorCode::id_conflict)) return;
  if (may_be_refused && (code == ErrorCode::forbidden || code == ErrorCode::not_found)) return;
  excuse(refusal.error);
}

void Work::append_some() {
  const auto group = fresh(random_.once_in(3) ? 2 + random_.below(4) : 1);
  std::vector<event::NewEvent> events;
  for (const auto event : group) events.push_back(event.build());
  const auto number = attempt(group);
  std::promise<AppendAnswer> promise;
  auto answer = promise.get_future();
  ledger_->append(std::move(events), "simulation", [&](AppendAnswer a) {
    answered(number, a);
    promise.set_value(std::move(a));
  });
  const auto got = answer.get();
  model_.catch_up(journal_);
  if (got.refusal) return check_refusal(*got.refusal, may_be_refused(group), false);
  require(!may_be_refused(group), "an append was taken that must be refused");
  require(ledger_->next_position().value >= model_.events.size(), "the head is behind what was acknowledged");
}

void Work::append_many_at_once() {
  struct Sent {
    std::vector<Event> group;
    bool may_be_refused;
    std::future<AppendAnswer> answer;
  };
  std::vector<Sent> sent;
  std::vector<std::unique_ptr<std::promise<AppendAnswer>>> promises;
  for (auto count = 2 + random_.below(8); count > 0; --count) {
    const auto group = fresh(1 + random_.below(3));
    std::vector<event::NewEvent> events;
    for (const auto event : group) events.push_back(event.build());
    const auto number = attempt(group);
    auto& promise = *promises.emplace_back(std::make_unique<std::promise<AppendAnswer>>());
    sent.push_back({group, may_be_refused(group), promise.get_future()});
    ledger_->append(std::move(events), "simulation", [this, number, &promise](AppendAnswer a) {
      answered(number, a);
      promise.set_value(std::move(a));
    });
    // What has been answered meanwhile.
    model_.catch_up(journal_);
  }
  for (auto& [group, may_be_refused, answer] : sent) {
    const auto got = answer.get();
    model_.catch_up(journal_);
    if (got.refusal) check_refusal(*got.refusal, may_be_refused, false);
  }
}

// Something that is there, or that was refused once.
void Work::append_again() {
  if (!model_.refused.empty() && random_.once_in(3)) {
    const auto event = model_.refused[random_.below(model_.refused.size())];
    if (event.is_receipt() || model_.position_of(event)) return;
    const auto number = attempt({event});
    const auto answer = ledger_->append({event.build()}, "simulation");
    answered(number, answer);
    model_.catch_up(journal_);
    if (answer.refusal) check_refusal(*answer.refusal, may_be_refused({event}), false);
    return;
  }
  const auto position = random_.below(model_.events.size());
  const auto event = model_.events[position];
  if (event.is_receipt() || event.is_first()) return;
  const auto answer = ledger_->append({event.build()}, "simulation");
  if (answer.refusal) return excuse(answer.refusal->error);
  require(
      answer.places.size() == 1 && answer.places[0].duplicate && answer.places[0].position.value == position,
      "a resent event was given another place than " + std::to_string(position));
}

void Work::append_conflict() {
  if (random_.once_in(2) && model_.events.size() > 1) {
    const auto event = model_.events[1 + random_.below(model_.events.size() - 1)];
    if (event.is_receipt()) return;
    const auto answer = ledger_->append({event.build(true)}, "simulation");
    require(answer.refusal.has_value(), "an id was taken twice, with other content");
    if (answer.refusal->error.code != ErrorCode::id_conflict) excuse(answer.refusal->error);
    return;
  }
  const auto group = fresh(1);
  auto event = group[0].build();
  const auto count = model_.count_in(group[0].stream_name());
  const bool right = random_.once_in(2);
  event.expected.kind =
      count > 0 ? event::ExpectedVersion::Kind::exactly : event::ExpectedVersion::Kind::no_stream;
  event.expected.version = Version(count > 0 ? count - 1 : 0);
  if (!right) event.expected = {event::ExpectedVersion::Kind::exactly, Version(count + random_.below(3))};
  const auto number = attempt(group);
  const auto answer = ledger_->append({std::move(event)}, "simulation");
  answered(number, answer);
  model_.catch_up(journal_);
  if (!answer.refusal) return require(right, "an append was taken that expected another version");
  if (!right && answer.refusal->error.code == ErrorCode::version_conflict)
    require(answer.refusal->error.actual_version == (count > 0 ? std::optional(count - 1) : std::nullopt),
            "a refusal tells another version");
  check_refusal(*answer.refusal, may_be_refused(group), !right);
}

void Work::erase() {
  const auto stream = random_.below(Event::streams);
  const auto receipt = Event::receipt_of(stream);
  const auto key = Disk::picture(folder_)["ledger/keys/kek"];
  const bool possible = model_.has_personal(stream) && !model_.erased.contains(stream);
  const auto size = ledger_->next_position().value;
  const auto number = attempt({receipt});
  const auto answer = ledger_->erase(receipt.stream_name(), "retentionEnded", "simulation");
  const bool stands = ledger_->next_position().value > size;
  if (stands) {
    const std::array<std::uint64_t, 2> words{number, size};
    journal_.add(Entry::placed, words);
    journal_.add(Entry::erased, std::span(&stream, 1));
  } else {
    answered(number, answer);
  }
  model_.catch_up(journal_);
  require(possible || answer.refusal, "something was erased that cannot be");
  if (answer.refusal) {
    const auto code = answer.refusal->error.code;
    if (!possible && (code == ErrorCode::not_found || code == ErrorCode::forbidden)) return;
    return excuse(answer.refusal->error);
  }
  require(stands, "an erasure without a receipt");
  // Its last line is the key in hexadecimal digits.
  std::array<std::byte, 32> bytes{};
  const auto digits = key.substr(key.find('\n') + 1);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::byte>(std::stoi(digits.substr(2 * i, 2), nullptr, 16));
  journal_.add(Entry::dead_key, words_of(bytes));
  model_.catch_up(journal_);
  Witness::no_dead_key(folder_, model_);
}

void Work::sign() {
  if (model_.events.empty()) return;
  const auto head = ledger_->signed_head();
  if (!head) return excuse(head.error());
  require(head.value().checkpoint.size.value == model_.events.size(), "a signed head of another size");
  check(witness_->head(head.value()));
}

// From the records and the wrapped keys alone, as a backup has them.
void Work::restore() {
  ledger::RestorationKeys keys;
  keys.wrapped = ledger_->wrapped_keys(std::nullopt, 1000).value();
  keys.kek = folder_ / "ledger" / "keys" / "kek";
  keys.signing = folder_ / "ledger" / "keys" / "signing";
  const auto head = ledger_->signed_head();
  require(head.has_value(), "no head for the backup");
  keys.signer = ledger_->note_key().value();
  const auto records = ledger_->read(Position(0), 100'000, SIZE_MAX).value();
  auto begun = ledger::Restoration::begin(folder_ / "restored", std::move(keys));
  require(begun.has_value(), "a backup could not be restored: " + (begun ? "" : said(begun.error())));
  std::vector<Bytes> bytes;
  for (const auto& record : records) bytes.push_back(record.bytes);
  const auto added = begun.value()->add(std::move(bytes));
  require(added.has_value(), "records could not be restored");
  const auto restored = begun.value()->finish(head.value().note);
  require(restored && restored.value().root == ledger_->head().root, "what was restored has another root");
  auto opening = options();
  opening.data = folder_ / "restored";
  auto opened = Ledger::open(opening);
  require(opened.has_value(), "what was restored does not open: " + (opened ? "" : said(opened.error())));
  const Witness witness(*opened.value(), model_, journal_);
  check(witness.everything());
}

// A full disk passes: then appends are taken again, without anybody doing anything.
void Work::go_on_when_there_is_room() {
  if (!disk_.full_from) return;
  Disk::heal();
  std::string last;
  for (int i = 0; i < 3000; ++i) {
    const std::vector group{Event::of(model_.next_serial, 0, false, false)};
    const auto number = attempt(group);
    const auto answer = ledger_->append({group[0].build()}, "simulation");
    answered(number, answer);
    model_.catch_up(journal_);
    if (!answer.refusal) return;
    excuse(answer.refusal->error);
    last = said(answer.refusal->error);
    // Filled up between the try and the beginning of a new log: a restart helps, as the README says.
    if (answer.refusal->error.code == ErrorCode::io_error &&
        last.find("open a file for appending") != last.npos)
      return;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  give_up("there is room again, but appends are still refused: " + last);
}

}  // namespace stafett::simulation
