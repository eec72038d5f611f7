#include "server/bundling.h"

#include <algorithm>
#include <map>
#include <set>

#include "stafett/casework/dossier_index.h"
#include "stafett/evidence/bundle.h"

namespace stafett::server {
namespace {

constexpr std::size_t records_bytes_max = 30u << 20;
constexpr std::size_t records_at_once = 512, bytes_at_once = 1u << 20;

using Streams = std::set<std::string>;

// Puts together what a bundle holds, all of it as of one signed head.
class Bundling {
 public:
  Bundling(ledger::Ledger& ledger, projection::Casebook& casebook, const wire::BundleRequest& request)
      : ledger_(ledger), casebook_(casebook), request_(request) {}

  Result<Bytes> file() {
    STAFETT_TRY(auto streams, first_streams());
    // An event that has been appended meanwhile may name a stream that nothing named before.
    while (!streams.empty()) {
      streams_.merge(streams);
      STAFETT_TRY(prove());
      STAFETT_TRY(read_records());
      STAFETT_TRY(streams, missing_streams());
    }
    std::vector<Position> positions;
    for (auto& [position, bytes] : records_) {
      positions.push_back(position);
      bundle_.records.push_back(std::move(bytes));
    }
    const auto size = proved_.head.checkpoint.size;
    STAFETT_TRY(bundle_.hashes, ledger_.shared_inclusion_proof(positions, size));
    STAFETT_TRY(prove_older(size));
    bundle_.case_id = request_.case_id;
    bundle_.household = request_.household;
    bundle_.note = std::move(proved_.head.note);
    bundle_.schema = evidence::schema_files();
    return evidence::encode(bundle_);
  }

 private:
  Result<Streams> first_streams() {
    const auto own = "case/" + request_.case_id;
    STAFETT_TRY(const auto last, ledger_.last_version(own));
    if (!last) return fail(ErrorCode::not_found, "there is no case \"" + request_.case_id + "\"", "case");
    Streams streams{own};
    if (request_.household) {
      STAFETT_TRY(const auto tied, casebook_.tied_streams(request_.case_id));
      streams.insert(tied.begin(), tied.end());
    }
    return streams;
  }

  Result<void> prove() {
    STAFETT_TRY(const auto rules, ledger_.rules_streams());
    streams_.insert(rules.begin(), rules.end());
    const std::vector<std::string> names(streams_.begin(), streams_.end());
    STAFETT_TRY(proved_, ledger_.prove_streams(names));
    bundle_.streams.clear();
    for (std::size_t i = 0; i < names.size(); ++i) bundle_.streams.push_back({names[i], proved_.streams[i]});
    return ok();
  }

  // Of each stream what there was when the head was signed.
  Result<void> read_records() {
    records_.clear();
    std::size_t bytes = 0;
    for (const auto& stream : bundle_.streams) {
      if (!stream.proof.end) continue;
      for (Version from; from <= stream.proof.end->last;) {
        STAFETT_TRY(auto lot, ledger_.read_stream(stream.name, from, records_at_once, bytes_at_once));
        if (lot.empty()) return fail(ErrorCode::corruption, "an event of " + stream.name + " is missing");
        for (auto& record : lot) {
          if (from > stream.proof.end->last) break;
          bytes += record.bytes.size();
          if (bytes > records_bytes_max)
            return fail(ErrorCode::too_large, "the records of the bundle have more than 30 MiB");
          records_.emplace(record.position, std::move(record.bytes));
          from = from.next();
        }
      }
    }
    return ok();
  }

  Result<Streams> missing_streams() const {
    Streams missing;
    if (!request_.household) return missing;
    for (const auto& [position, bytes] : records_) {
      STAFETT_TRY(const auto event, event::decode_record(bytes));
      for (auto& stream : casework::tied_streams(event))
        if (!streams_.contains(stream)) missing.insert(std::move(stream));
    }
    return missing;
  }

  Result<void> prove_older(TreeSize size) {
    if (!request_.older) return ok();
    evidence::OlderTree older{*request_.older, {}, {}};
    STAFETT_TRY(older.proof, ledger_.consistency_proof(older.size, size));
    STAFETT_TRY(older.root, ledger_.root_at(older.size));
    bundle_.older = std::move(older);
    return ok();
  }

  ledger::Ledger& ledger_;
  projection::Casebook& casebook_;
  const wire::BundleRequest& request_;
  Streams streams_;
  ledger::ProvedStreams proved_;
  std::map<Position, Bytes> records_;
  evidence::Bundle bundle_;
};

}  // namespace

Parts bundle_parts(ledger::Ledger& ledger, projection::Casebook& casebook, const wire::BundleRequest& request,
                   const Limits& limits) {
  return [&ledger, &casebook, request, size = limits.part_bytes, file = Bytes(),
          at = std::size_t{0}]() mutable -> Part {
    if (file.empty()) {
      auto made = Bundling(ledger, casebook, request).file();
      if (!made) return failed(std::move(made).error());
      file = std::move(made).value();
    }
    const auto end = std::min(file.size(), at + size);
    wire::FileAnswer part{
        {file.begin() + static_cast<std::ptrdiff_t>(at), file.begin() + static_cast<std::ptrdiff_t>(end)}};
    at = end;
    return {std::move(part), at < file.size() ? Part::Then::more : Part::Then::last, {}, file.size()};
  };
}

}  // namespace stafett::server
