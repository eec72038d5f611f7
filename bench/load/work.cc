#include "work.h"

#include <algorithm>
#include <fstream>
#include <unordered_map>

#include "municipality/municipality.h"
#include "stafett/core/assert.h"
#include "stafett/wire/codec.h"

namespace stafett::load {

Work work_of(std::uint64_t seed, std::size_t connection, std::size_t events, std::size_t record_bytes) {
  municipality::Settings settings;
  settings.seed = seed + municipality::mixed(connection);
  settings.prefix = std::to_string(seed) + "-" + std::to_string(connection) + "-";
  settings.from = parse_instant("2016-01-01T08:00:00Z").value();
  settings.until = parse_instant("2026-01-01T08:00:00Z").value();
  // Some twenty households at a time, or as many as it takes to tell so much in those years.
  constexpr std::size_t events_a_household = 100;
  settings.gap = std::min<std::chrono::microseconds>(
      std::chrono::hours(24 * 30),
      (settings.until - settings.from) / static_cast<std::int64_t>(1 + events / events_a_household));
  settings.record_bytes = record_bytes;
  settings.governance = false;
  municipality::Municipality town(settings);
  Work work;
  std::unordered_map<std::string, std::uint32_t> known;
  for (std::size_t i = 0; i < events; ++i) {
    auto event = town.next().event;
    const auto [found, is_new] =
        known.try_emplace(event.stream, static_cast<std::uint32_t>(work.streams.size()));
    if (is_new) work.streams.push_back(event.stream);
    work.stream.push_back(found->second);
    wire::AppendRequest append;
    append.events.push_back(std::move(event));
    auto frame = wire::encode(wire::Request{i, std::move(append)});
    STAFETT_ASSERT(frame);
    work.frames.push_back(std::move(frame.value()));
  }
  return work;
}

Result<std::vector<std::vector<std::string>>> deal_streams(const std::string& file, std::size_t connections) {
  std::ifstream in(file);
  if (!in) return fail(ErrorCode::not_found, "cannot read " + file);
  std::vector<std::vector<std::string>> dealt(connections);
  std::size_t n = 0;
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) dealt[n++ % connections].push_back(line);
  if (n < connections)
    return fail(ErrorCode::invalid_argument, file + " names fewer streams than there are connections");
  return dealt;
}

}  // namespace stafett::load
