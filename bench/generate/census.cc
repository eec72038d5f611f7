#include "census.h"

#include "stafett/event/recorded_event.h"
#include "stafett/ledger/ledger.h"

namespace stafett::generate {

Result<Census> census(const std::filesystem::path& folder,
                      const std::function<void(std::uint64_t)>& progress) {
  ledger::Options options;
  options.data = folder;
  options.read_only = true;
  STAFETT_TRY(auto ledger, ledger::Ledger::open(std::move(options)));
  Census out;
  static const auto opened = event::find_event_type("CaseOpened")->ordinal,
                    closed = event::find_event_type("CaseClosed")->ordinal;
  std::vector<std::uint64_t> by_type(event::event_types().size());
  auto take = [&](Position position, BytesView record) -> Result<void> {
    STAFETT_TRY(const auto e, event::decode_record(record));
    STAFETT_TRY(const auto outline, event::outline_record(record));
    if (out.events++ == 0) out.first = e.recorded_at;
    out.last = e.recorded_at;
    out.bytes += record.size();
    out.sealed += outline.sealed;
    out.late += e.recorded_at - e.occurred_at > std::chrono::hours(72);
    ++by_type[e.type];
    if (e.version.value == 0) ++out.streams[std::string(e.category())];
    if (e.category() == "case") {
      ++out.cases[std::string(e.stream_id())];
      out.open_cases += e.type == opened;
      out.open_cases -= e.type == closed;
    }
    if (position.value % 4096 == 0) progress(position.value);
    return ok();
  };
  STAFETT_TRY(ledger->scan(Position(0), ledger->next_position(), take));
  for (std::size_t i = 0; i < by_type.size(); ++i)
    if (by_type[i]) out.types[event::event_types()[i].name] = by_type[i];
  return out;
}

}  // namespace stafett::generate
