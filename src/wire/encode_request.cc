#include <kj/exception.h>

#include "stafett/event/encoding.h"
#include "stafett/wire/codec.h"
#include "wire/fields.h"

namespace stafett::wire {
namespace {

void write(const AppendRequest& from, schema::Append::Builder to) {
  auto proposals = to.initEvents(static_cast<unsigned>(from.events.size()));
  for (unsigned i = 0; i < from.events.size(); ++i) {
    auto& event = from.events[i];
    event::to_wire(event, proposals[i].initEvent());
    auto expected = proposals[i].getExpected();
    switch (event.expected.kind) {
      case event::ExpectedVersion::Kind::any:
        expected.setAny();
        break;
      case event::ExpectedVersion::Kind::no_stream:
        expected.setNone();
        break;
      case event::ExpectedVersion::Kind::exactly:
        expected.setExactly(event.expected.version.value);
        break;
    }
  }
}

// Writes the body of whichever kind.
struct Writer {
  schema::Request::Builder to;

  void operator()(const HeadRequest&) { to.setHead(); }
  void operator()(const AppendRequest& from) { write(from, to.initAppend()); }
  void operator()(const HistoryRequest& from) {
    auto r = to.initHistory();
    r.setStream(text(from.stream));
    r.setFrom(from.from.value);
    r.setKnownAt(time(from.known_at));
  }
  void operator()(const ReadRequest& from) {
    auto r = to.initRead();
    r.setFrom(from.from.value);
    r.setLimit(from.limit.value_or(schema::NONE));
  }
  void operator()(const FollowRequest& from) { to.initFollow().setFrom(from.from.value); }
  void operator()(const CancelRequest& from) { to.setCancel(from.target); }
  void operator()(const CaseRequest& from) {
    auto r = to.initCase();
    r.setCaseId(text(from.case_id));
    wire::write(from.as_of, r.initAsOf());
  }
  void operator()(const ObligationsRequest& from) {
    auto r = to.initObligations();
    r.setCaseId(text(from.case_id));
    r.setUnit(text(from.unit));
    r.setRule(text(from.rule));
    auto states = r.initStates(static_cast<unsigned>(from.states.size()));
    for (unsigned i = 0; i < from.states.size(); ++i) states.set(i, state(from.states[i]));
    wire::write(from.as_of, r.initAsOf());
  }
  void operator()(const IndicatorsRequest& from) {
    auto r = from.counted ? to.initCounted() : to.initIndicators();
    wire::write(from.ids, r.initIds(static_cast<unsigned>(from.ids.size())));
    r.setFrom(date(from.from));
    r.setTo(date(from.to));
    wire::write(from.by, r.initBy(static_cast<unsigned>(from.by.size())));
    wire::write(from.as_of, r.initAsOf());
  }
  void operator()(const RulesRequest& from) { wire::write(from.as_of, to.initRules()); }
  void operator()(const AdoptRequest& from) { to.setAdopt(text(from.definition)); }
  void operator()(const RebuildRequest&) { to.setRebuild(); }
  void operator()(const InclusionRequest& from) {
    auto r = to.initInclusion();
    r.setPosition(from.position.value);
    r.setSize(ordinal(from.size));
  }
  void operator()(const ConsistencyRequest& from) {
    auto r = to.initConsistency();
    r.setOlder(from.older.value);
    r.setNewer(from.newer.value);
  }
};

}  // namespace

Result<Bytes> encode(const Request& request) {
  capnp::MallocMessageBuilder message;
  try {
    auto to = message.initRoot<schema::Request>();
    to.setId(request.id);
    std::visit(Writer{to}, request.body);
  } catch (const kj::Exception&) {
    return fail(ErrorCode::too_large, "a request that no message can hold");
  }
  return to_frame(message);
}

}  // namespace stafett::wire
