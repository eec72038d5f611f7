#pragma once

#include <string>
#include <vector>

#include "stafett/core/assert.h"
#include "stafett/event/new_event.h"
#include "stafett/wire/messages.h"

namespace samples {

inline stafett::event::NewEvent event(const std::string& id, const std::string& note = "") {
  std::string personal = note.empty() ? "" : R"(,"personal":{"note":")" + note + R"("})";
  auto parsed = stafett::event::parse_json(
      R"({"specversion":"1.0","id":")" + id +
      R"(","type":"se.stafett.ChildHeard","source":"eskilstuna/ifoChild","subject":"case/c-elin",)"
      R"("time":"2019-03-13T10:00:00+01:00","municipality":"0484","actor":"s-204","actorrole":"childCaseworker",)"
      R"("data":{"childId":"p-elin","conversationKind":"investigating","heldAt":"2019-03-13T10:00:00+01:00",)"
      R"("byUnit":"eskilstuna/ifoChild","guardianPresent":false)" +
      personal + "}}");
  STAFETT_ASSERT(parsed.has_value());
  return std::move(parsed).value();
}

// One request of every kind, with every field set.
inline std::vector<stafett::wire::Request> requests() {
  using namespace stafett;
  using namespace stafett::wire;
  AsOf as_of{instant_from_micros(1552467600000000), instant_from_micros(1552554000000001), Position(17)};
  auto expecting = event("6f1c1a52-6d0e-4f5e-9d6b-0b6a5a0c0e02", "med egna ord");
  expecting.expected = {event::ExpectedVersion::Kind::exactly, Version(3)};
  auto first = event("6f1c1a52-6d0e-4f5e-9d6b-0b6a5a0c0e03");
  first.expected = {event::ExpectedVersion::Kind::no_stream, Version()};
  AppendRequest append;
  append.events = {event("6f1c1a52-6d0e-4f5e-9d6b-0b6a5a0c0e01"), expecting, first};
  IndicatorsRequest indicators{
      {"I04", "I17"}, make_date(2019, 1, 1), make_date(2020, 1, 1), {"unit", "period"}, as_of, false, true, 7,
      "tertial"};
  auto counted = indicators;
  counted.counted = true;
  std::vector<RequestBody> bodies{
      HeadRequest{},
      append,
      HistoryRequest{"case/c-elin", Version(2), as_of.known_at},
      ReadRequest{Position(5), 10},
      FollowRequest{Position(9)},
      CancelRequest{12},
      CaseRequest{"c-elin", as_of},
      ObligationsRequest{
          "c-elin", "eskilstuna/ifoChild", "R02", {State::overdue, State::fulfilled_late}, as_of},
      indicators,
      counted,
      RulesRequest{as_of},
      AdoptRequest{R"({"id":"local"})"},
      RebuildRequest{},
      InclusionRequest{Position(3), TreeSize(8)},
      ConsistencyRequest{TreeSize(3), TreeSize(8)},
      ExplainRequest{"c-elin",
                     "case/c-elin",
                     "R02",
                     "p-elin",
                     Position(4),
                     "I08",
                     {{"unit", "x/y"}},
                     make_date(2019, 1, 1),
                     make_date(2020, 1, 1),
                     as_of},
      WhatIfRequest{R"({"id":"local"})"},
      CasesRequest{"h1", "x/y", "child", "open", as_of},
      LateRequest{48, "x/y", make_date(2019, 1, 1), make_date(2020, 1, 1), as_of},
      AmendedRequest{"x/y", as_of},
      FreezeRequest{indicators, "x/y", "0484"},
      FrozenRequest{"0484", "x/y", make_date(2019, 1, 1), make_date(2020, 1, 1)},
      HeadsRequest{TreeSize(4), 10},
      CosignRequest{"a note"},
      BundleRequest{"c-elin", true, TreeSize(4)},
      VerifyRequest{},
      EraseRequest{"person/p-elin", "retentionEnded"},
      StreamKeysRequest{},
      ConsentsRequest{"p-elin", "care", "x/y", as_of}};
  std::vector<Request> out;
  for (auto& body : bodies) out.push_back({out.size() + 1, std::move(body)});
  return out;
}

// One response of every kind, with every field set.
inline std::vector<stafett::wire::Response> responses() {
  using namespace stafett;
  using namespace stafett::wire;
  Basis basis{TreeSize(99), "base", instant_from_micros(1552467600000000)};
  Obligation o;
  o.rule = "R02";
  o.severity = Severity::agreed;
  o.stream = "case/c-elin";
  o.case_id = "c-elin";
  o.subject = "p-elin";
  o.unit = "eskilstuna/ifoChild";
  o.state = State::fulfilled_late;
  o.triggered_by = Position(4);
  o.created_at = instant_from_micros(1552467600000000);
  o.due_at = instant_from_micros(1552467600000001);
  o.warn_at = instant_from_micros(1552467600000002);
  o.warning = true;
  o.settled_by = Position(6);
  o.settled_at = instant_from_micros(1552467600000003);
  o.legal_ref = "SoL 11:1 a";
  CaseAnswer c{"c-elin",
               "child",
               "open",
               "intake",
               "ifo",
               "p-elin",
               "eskilstuna/ifoChild",
               "h1",
               instant_from_micros(7),
               instant_from_micros(8),
               {{"p-elin", true, false, true, false, true}},
               {o},
               basis};
  Figure figure{"I04", {{"unit", "eskilstuna/ifoChild"}}, 1, 2, 3, 4, 0.5, 6, 7.25, true, "share"};
  Counted counted{"I04", {{"unit", "x/y"}},         "c-elin", "p-elin", "case/c-elin", true, "counted",
                  1.5,   {Position(1), Position(9)}};
  merkle::Hash hash{};
  for (std::size_t i = 0; i < hash.size(); ++i) hash[i] = static_cast<std::byte>(i);
  StoredEvent kept{to_bytes("record"), {event::Personal{{"name", "Elin Exempel"}}, false}};
  StoredEvent erased{to_bytes("other"), {std::nullopt, true}};
  std::vector<ResponseBody> bodies{
      Failure{Error{ErrorCode::version_conflict, "the stream is at another version", "expectedversion", 4},
              2},
      DoneAnswer{},
      HeadAnswer{TreeSize(99), hash, "a note", "a key", "a name", hash},
      AppendedAnswer{{{Position(1), Version(2), instant_from_micros(3), false},
                      {Position(4), Version(5), instant_from_micros(6), true}}},
      EventsAnswer{{kept, erased}, TreeSize(99)},
      c,
      ObligationsAnswer{{o, Obligation()}, basis},
      FiguresAnswer{{figure, Figure()}, basis},
      CountedAnswer{{counted, Counted()}, basis},
      RulesAnswer{{{"R01", "rule", "must", "Protection", "Skydd", "same day", "SoL 11:1 a", "002 §2.1",
                    "base", "samma dag", "0484"}},
                  basis},
      ProgressAnswer{5, 10},
      RebuiltAnswer{true, 99, 1234.5, "none", "ab12"},
      ProofAnswer{{hash, hash}, TreeSize(99)},
      ExplanationsAnswer{{{o, {{"rule", "why", "varför", {Position(4), Position(6)}}}},
                          {figure, {}},
                          {NoObligation{"R05", "c-1", ""}, {}}},
                         basis},
      RuleChangesAnswer{{{o, {}}, {{}, o}}, {{figure, figure}}, 2, basis},
      CasesAnswer{{{"c-elin", "child", "open", "intake", "ifo", "p-elin", "x/y", "h1", instant_from_micros(7),
                    instant_from_micros(8), "measure", 1, 2, 3, 4, 5, 6}},
                  basis},
      LateEventsAnswer{{{Position(4), "case/c-elin", "ChildHeard", "x/y", "childCaseworker",
                         instant_from_micros(7), instant_from_micros(8)}},
                       basis},
      AmendmentsAnswer{{{Position(6), Position(4), "R03", "c-elin", "p-elin", State::breached,
                         State::fulfilled, instant_from_micros(8), "s-1", "s-2", true, true}},
                       basis},
      FrozenAnswer{{{Position(9),
                     instant_from_micros(8),
                     "x/y",
                     "0484",
                     make_date(2019, 1, 1),
                     make_date(2020, 1, 1),
                     instant_from_micros(7),
                     TreeSize(9),
                     "base",
                     5,
                     {figure}}}},
      NotesAnswer{{"one", "two"}},
      FileAnswer{to_bytes("bytes")},
      VerifiedAnswer{true,
                     99,
                     1234.5,
                     {{"record", "not as it was", Position(4)}, {"key", "lost", {}}},
                     2,
                     HeadAnswer{TreeSize(99), hash, "", "", "", hash}},
      KeysAnswer{{{"case/c-elin", to_bytes("wrapped")}}},
      ConsentsAnswer{true,
                     "consent",
                     Position(4),
                     {{"p-ingrid", "given", {Position(4)}, make_date(2020, 1, 1)}},
                     basis}};
  std::vector<Response> out;
  for (auto& body : bodies) out.push_back({out.size() + 1, out.size() % 2 == 0, std::move(body)});
  return out;
}

}  // namespace samples
