#include "lane.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "municipality/chance.h"
#include "stafett/core/assert.h"
#include "stafett/wire/codec.h"

namespace stafett::load {
namespace {

namespace asio = boost::asio;
// Appends have their numbers as ids, and reads begin here.
constexpr std::uint64_t first_read = std::uint64_t{1} << 32;

constexpr auto answer = asio::as_tuple(asio::use_awaitable);

}  // namespace

Lane::Lane(asio::ip::tcp::socket socket, const Plan& plan, std::size_t number, Outcome& out)
    : socket_(std::move(socket)),
      wake_(socket_.get_executor()),
      plan_(plan),
      work_(plan.work[number]),
      out_(out),
      total_(total()),
      is_known_(work_.streams.size()),
      luck_(municipality::mixed(number)) {
  appends_.reserve(work_.frames.size());
  if (!plan.streams.empty())
    for (auto& stream : plan.streams[number]) know(stream);
  if (plan.rate > 0)
    interval_ = std::chrono::nanoseconds(
        static_cast<std::int64_t>(1e9 * static_cast<double>(plan.work.size()) / plan.rate));
}

// Requests in all: the appends and, beside them, their share of reads.
std::size_t Lane::total() const {
  if (plan_.read_share >= 1) return plan_.requests;
  return static_cast<std::size_t>(static_cast<double>(work_.frames.size()) / (1 - plan_.read_share));
}

void Lane::begin(Steady::time_point at) { begin_ = at; }

Steady::time_point Lane::due() const { return begin_ + interval_ * static_cast<std::int64_t>(sent()); }

// Whether there is a request that an earlier answer need not come before.
bool Lane::room() const {
  if (sent() == total_ || sent() - answered_ >= plan_.depth) return false;
  return appends_.size() < work_.frames.size() || can_read();
}

bool Lane::may_send(Steady::time_point now) const {
  return room() && (interval_.count() == 0 || due() <= now);
}

void Lane::write_next(Steady::time_point planned) {
  reads_owed_ += plan_.read_share;
  const bool all_appended = appends_.size() == work_.frames.size();
  if ((reads_owed_ >= 1 || all_appended) && can_read()) {
    reads_owed_ -= 1;
    reads_.push_back({planned});
    return write_read();
  }
  STAFETT_ASSERT(!all_appended);
  auto& frame = work_.frames[appends_.size()];
  output_.insert(output_.end(), frame.begin(), frame.end());
  appends_.push_back({planned});
}

void Lane::write_read() {
  luck_ = municipality::mixed(luck_);
  const auto& from = cases_.empty() ? others_ : cases_;
  const auto& stream = from[luck_ % from.size()];
  wire::Request request{first_read + reads_.size() - 1, {}};
  const bool of_case = !cases_.empty() && (plan_.reads == Reads::cases ||
                                           (plan_.reads == Reads::both && (luck_ >> 32) % 2 == 0));
  if (of_case)
    request.body = wire::CaseRequest{stream.substr(stream.find('/') + 1), {}};
  else
    request.body = wire::HistoryRequest{stream, {}, {}};
  auto frame = wire::encode(request);
  STAFETT_ASSERT(frame);
  output_.insert(output_.end(), frame.value().begin(), frame.value().end());
}

// What is due together goes out in one write.
asio::awaitable<void> Lane::send() {
  while (!over() && sent() < total_) {
    output_.clear();
    const auto now = Steady::now();
    while (may_send(now)) write_next(interval_.count() == 0 ? now : due());
    if (!output_.empty()) {
      auto buffer = asio::buffer(output_);
      auto [error, n] = co_await asio::async_write(socket_, buffer, answer);
      if (error) break;
      continue;
    }
    // Until the next is due, or an answer makes room.
    if (!room() && sent() == answered_) {  // every append was refused, so there is nothing to read
      socket_.close();
      break;
    }
    wake_.expires_at(room() ? due() : Steady::time_point::max());
    auto [cancelled] = co_await wake_.async_wait(answer);
    (void)cancelled;
  }
}

asio::awaitable<void> Lane::receive() {
  Bytes input(64 << 10);
  wire::FrameReader reader;
  while (!over()) {
    auto space = asio::buffer(input);
    auto [error, n] = co_await socket_.async_read_some(space, answer);
    if (error || !reader.feed(BytesView(input).first(n))) break;
    while (auto frame = reader.next()) take(*frame);
    wake_.cancel();
  }
  lost_ = answered_ < total_;
  if (lost_) {
    fail("the connection was lost");
    out_.errors += total_ - answered_ - 1;
  }
  wake_.cancel();
}

void Lane::take(BytesView frame) {
  auto decoded = wire::decode_response(frame);
  if (!decoded) return fail(decoded.error().message);
  auto& response = decoded.value();
  if (response.more) return;
  const bool read = response.id >= first_read;
  const auto number = read ? response.id - first_read : response.id;
  auto& sent_ones = read ? reads_ : appends_;
  if (number >= sent_ones.size() || std::exchange(sent_ones[number].answered, true))
    return fail("an answer to what was not asked");
  ++answered_;
  if (auto* failure = std::get_if<wire::Failure>(&response.body)) return fail(failure->error.message);
  const auto waited = Steady::now() - sent_ones[number].planned;
  const auto us =
      static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(waited).count());
  if (read) return out_.reads.add(us);
  out_.appends.add(us);
  if (auto* appended = std::get_if<wire::AppendedAnswer>(&response.body))
    for (auto& place : appended->places) out_.duplicates += place.duplicate;
  const auto stream = work_.stream[number];
  if (plan_.read_share > 0 && !is_known_[stream]) know(work_.streams[stream]);
  is_known_[stream] = true;
}

void Lane::fail(const std::string& why) {
  if (out_.errors++ == 0) out_.first_error = why;
}

void Lane::know(const std::string& stream) {
  (stream.starts_with("case/") ? cases_ : others_).push_back(stream);
}

}  // namespace stafett::load
