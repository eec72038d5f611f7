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

void write(const IndicatorsRequest& from, schema::IndicatorsQuery::Builder to) {
  wire::write(from.ids, to.initIds(static_cast<unsigned>(from.ids.size())));
  to.setFrom(date(from.from));
  to.setTo(date(from.to));
  wire::write(from.by, to.initBy(static_cast<unsigned>(from.by.size())));
  wire::write(from.as_of, to.initAsOf());
  to.setPublish(from.publish);
  to.setThreshold(from.threshold);
  to.setSplit(text(from.split));
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
    write(from, from.counted ? to.initCounted() : to.initIndicators());
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
  void operator()(const ExplainRequest& from) {
    auto r = to.initExplain();
    r.setCaseId(text(from.case_id));
    r.setStream(text(from.stream));
    r.setRule(text(from.rule));
    r.setSubject(text(from.subject));
    r.setTriggeredBy(ordinal(from.triggered_by));
    r.setIndicator(text(from.indicator));
    wire::write(from.group, r.initGroup(static_cast<unsigned>(from.group.size())));
    r.setFrom(date(from.from));
    r.setTo(date(from.to));
    wire::write(from.as_of, r.initAsOf());
  }
  void operator()(const WhatIfRequest& from) { to.setWhatIf(text(from.definition)); }
  void operator()(const CasesRequest& from) {
    auto r = to.initCases();
    r.setHousehold(text(from.household));
    r.setUnit(text(from.unit));
    r.setKind(text(from.kind));
    r.setStatus(text(from.status));
    wire::write(from.as_of, r.initAsOf());
  }
  void operator()(const LateRequest& from) {
    auto r = to.initLate();
    r.setHours(from.hours);
    r.setUnit(text(from.unit));
    r.setFrom(date(from.from));
    r.setTo(date(from.to));
    wire::write(from.as_of, r.initAsOf());
  }
  void operator()(const AmendedRequest& from) {
    auto r = to.initAmended();
    r.setUnit(text(from.unit));
    wire::write(from.as_of, r.initAsOf());
  }
  void operator()(const FreezeRequest& from) {
    auto r = to.initFreeze();
    write(from.indicators, r.initIndicators());
    r.setUnit(text(from.unit));
    r.setMunicipality(text(from.municipality));
  }
  void operator()(const FrozenRequest& from) {
    auto r = to.initFrozen();
    r.setMunicipality(text(from.municipality));
    r.setUnit(text(from.unit));
    r.setFrom(date(from.from));
    r.setTo(date(from.to));
  }
  void operator()(const HeadsRequest& from) {
    auto r = to.initHeads();
    r.setFrom(from.from.value);
    r.setLimit(from.limit.value_or(schema::NONE));
  }
  void operator()(const CosignRequest& from) { to.setCosign(text(from.note)); }
  void operator()(const BundleRequest& from) {
    auto r = to.initBundle();
    r.setCaseId(text(from.case_id));
    r.setHousehold(from.household);
    r.setOlderSize(ordinal(from.older));
  }
  void operator()(const VerifyRequest&) { to.setVerify(); }
  void operator()(const EraseRequest& from) {
    auto r = to.initErase();
    r.setStream(text(from.stream));
    r.setReason(text(from.reason));
  }
  void operator()(const StreamKeysRequest&) { to.setStreamKeys(); }
  void operator()(const ConsentsRequest& from) {
    auto r = to.initConsents();
    r.setSubject(text(from.subject));
    r.setScope(text(from.scope));
    r.setRecipient(text(from.recipient));
    wire::write(from.as_of, r.initAsOf());
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
