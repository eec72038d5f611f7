@0xc8d4c1a7a2f0b36e;
# The protocol of Stafett: everything the server can be asked, and everything it answers.
#
# TRANSPORT. TCP. Both sides send Cap'n Proto messages in the standard stream framing, unpacked: a table of segment
# sizes, then the segments. The client sends `Request`, the server sends `Response`. A message may be at most 16 MiB
# and have at most 512 segments; a larger claim closes the connection at once. Nothing is negotiated: the first byte
# is the first byte of a Request.
#
# ORDER. Requests may be pipelined. Appends of one connection enter the ledger in the order sent. Answers may come out
# of order: a Response carries the `id` of its Request. Choose ids freely, but not one that is still unanswered.
#
# PARTS. Any answer may come in several Responses. All but the last have `more` set; all are of the same kind, except
# that the last may be an `error` (what came before is then incomplete) and that `progress` may come before anything.
# Lists are continued from part to part; every other field is the same in all parts.
#
# ERRORS. An `error` answers its request and leaves the connection open, unless the request itself could not be
# understood: then the error is sent where an id could be read, and the connection is closed. A Response with id 0 that
# no request has asked for is about the connection itself, which is then closed.
#
# LIMITS. The server closes a connection that asks nothing for 10 minutes (a subscriber asks for as long as it
# listens), whose Request is not complete 30 s after its first byte, or that takes nothing off the line for 30 s while
# there is something to send. It stops reading while too much is unanswered. Questions to the read model (`case`,
# `obligations`, `indicators`, `rules`, `adopt`, `rebuild`) of one connection are answered one after the other, in the
# order sent: the next is begun when the answer before it is complete, so take the answers, or ask on several
# connections. A question for whose answer no memory comes free in time is refused with unavailable. When the client
# closes its sending side, what it has asked is still answered; subscriptions end when they have caught up.
#
# TIMES are microseconds since 1970-01-01T00:00:00 UTC; `noTime` where there is none. DATES are days since 1970-01-01;
# `noDate` where there is none. POSITIONS are places in the ledger, 0-based and gap-free: the event at position p is
# leaf p of an RFC 9162 Merkle tree. VERSIONS are places in a stream, 0-based. `none` where there is no number.
#
# EVOLUTION. Fields and kinds are only added. Unknown fields are ignored; a kind of request that the server does not
# know is refused with invalidArgument.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");

using import "event.capnp".Event;
using import "event.capnp".PersonalItem;

const noTime :Int64 = -9223372036854775808;
const noDate :Int32 = -2147483648;
const none :UInt64 = 0xffffffffffffffff;

struct Request {
  id @0 :UInt64;
  # Comes back in every Response to this request. 0 is allowed but unwise: see ERRORS.

  union {
    head @1 :Void;
    # The signed tree head: how many events there are, the root of their tree, and the note that says so. Answer: `head`.

    append @2 :Append;
    # Appends events: all or none, in order. Answer: `appended`, when they are on disk and in the tree.

    history @3 :History;
    # The events of one stream, in order. Answer: `events`; notFound when the stream does not exist.

    read @4 :Read;
    # Events in ledger order, up to what is acknowledged when the question arrives. Answer: `events`.

    follow @5 :Follow;
    # A subscription: events in ledger order without gap or duplicate, first those there are, then new ones as they are
    # acknowledged. Answer: `events` with `more` set, until `cancel`, or until the connection or the server ends.

    cancel @6 :UInt64;
    # Ends the subscription whose request has this id. Answer: `done`, also when there is none. The subscription itself
    # is answered a last time: `events` without `more`.

    case @7 :CaseQuery;
    # One case as it stood. Answer: `case`; notFound when there was no such case at that time.

    obligations @8 :ObligationsQuery;
    # What is, was or should have been done. Answer: `obligations`.

    indicators @9 :IndicatorsQuery;
    # Figures. Answer: `figures`. notFound for an unknown indicator, invalidArgument for an unknown dimension.

    counted @10 :IndicatorsQuery;
    # The counted instances behind the same figures, with their evidence. Answer: `counted`.

    rules @11 :AsOf;
    # The rules and indicators in force. Answer: `rules`.

    adopt @12 :Text;
    # Adopts a rule set: its JSON text, at most 2 MiB. It is checked against the events there are and appended as a
    # RuleSetAdopted. Answer: `appended` with one place; invalidArgument names the place in the text. When the newest set
    # of that id is this very text, nothing is appended: the place is its own, and `duplicate` is set.

    rebuild @13 :Void;
    # Folds the whole ledger anew, beside the live answers, and compares. Answer: `progress` about four times a second,
    # then `rebuilt`. One at a time: unavailable while another runs.

    inclusion @14 :Inclusion;
    # The proof that an event is in the tree (RFC 9162 2.1.3). Answer: `proof`.

    consistency @15 :Consistency;
    # The proof that one tree continues another (RFC 9162 2.1.4). Answer: `proof`.

    explain @16 :Explain;
    # Why an obligation, or a cell of an indicator, is what it is. Answer: `explanations`; notFound when nothing matches.

    whatIf @17 :Text;
    # A rule set's JSON text, at most 2 MiB: what adopting it would change now. Nothing is appended. Answer: `progress`,
    # then `ruleChanges`; invalidArgument names the place in the text.

    cases @18 :CasesQuery;
    # Every case as it stood. Answer: `cases`.

    late @19 :LateQuery;
    # Events that were recorded long after they happened, in ledger order. Answer: `lateEvents`.

    amended @20 :AmendedQuery;
    # Corrections that turned a breach or a delay into something better. Answer: `amendments`.

    freeze @21 :Freeze;
    # Computes the figures of a period that is over as they may be published, and appends them as StatisticsFrozen.
    # Answer: `appended` with one place.

    frozen @22 :FrozenQuery;
    # Figures frozen earlier. Answer: `frozen`.

    heads @23 :HeadsQuery;
    # Signed tree heads of the past. Answer: `notes`.

    cosign @24 :Text;
    # A signed note of this ledger with further signature lines, which are kept with the head: those of witnesses whose
    # keys the server was started with. Any other line refuses them all (forbidden; invalid_argument when the signature
    # is wrong). Answer: `head`.

    bundle @25 :BundleQuery;
    # A case with everything that proves it, as one file (bundle.capnp). Answer: `file`.

    verify @26 :Void;
    # Works out everything anew from the stored bytes and compares. Answer: `progress`, then `verified`. One at a time:
    # unavailable while another runs.

    erase @27 :Erase;
    # Destroys the data key of a stream. Answer: `appended` with the receipt's place.

    streamKeys @28 :Void;
    # The data keys of all streams, wrapped, for a backup. Answer: `keys`.

    consents @29 :ConsentsQuery;
    # Who has to consent to something about a person, and who has. Answer: `consents`.
  }
}

struct Append {
  events @0 :List(Proposal);
  # At least one. A Proposal for an id that the ledger has with the same content is acknowledged with its old place.
}

struct Proposal {
  event @0 :Event;
  # Personal content goes into `personal` of the event and nowhere else.

  expected :union {
    # The version that the event's stream must have when the event is appended; else versionConflict.
    any @1 :Void;
    none @2 :Void;
    # The stream must not exist.
    exactly @3 :UInt64;
  }
}

struct History {
  stream @0 :Text;
  # "case/c3-elin"
  from @1 :UInt64;
  # First version wanted.
  knownAt @2 :Int64 = -9223372036854775808;
  # Only what was recorded by then; noTime: everything.
}

struct Read {
  from @0 :UInt64;
  # First position wanted. A position at or after the end is answered with no events.
  limit @1 :UInt64 = 0xffffffffffffffff;
  # At most so many events; none: no limit.
}

struct Follow {
  from @0 :UInt64;
  # First position wanted. It may lie ahead of the end.
}

struct AsOf {
  # The two times of a question.
  at @0 :Int64 = -9223372036854775808;
  # Judge as of then: later events do not count. noTime: now.
  knownAt @1 :Int64 = -9223372036854775808;
  # Use only what was recorded by then. noTime: everything.
  atLeast @2 :UInt64 = 0xffffffffffffffff;
  # The answer takes in account at least this position. none: all that is acknowledged when the question arrives.
  # A position that does not exist yet is invalidArgument.
}

struct CaseQuery {
  caseId @0 :Text;
  # Without "case/".
  asOf @1 :AsOf;
}

struct ObligationsQuery {
  # Filters; an empty text or list does not filter.
  caseId @0 :Text;
  # Without "case/".
  unit @1 :Text;
  rule @2 :Text;
  states @3 :List(State);
  asOf @4 :AsOf;
}

struct IndicatorsQuery {
  ids @0 :List(Text);
  # "I04"; empty: all in force.
  from @1 :Int32 = -2147483648;
  to @2 :Int32 = -2147483648;
  # The period [from, to); noDate: from the start, to the end of the calendar year of `at`.
  by @3 :List(Text);
  # Dimensions: municipality, district, unit, unitKind, area, caseKind, ageBand, gender, disability, unaccompanied,
  # placed, violence, reporterKind, forum, period.
  asOf @4 :AsOf;
  publish @5 :Bool;
  # Hide what would disclose persons (domain 5.4). Not for `counted`.
  threshold @6 :UInt32 = 5;
  # Groups smaller than this are marked, or hidden.
  split @7 :Text;
  # How the dimension `period` divides the time: month (default), tertial, term or year.
}

struct Explain {
  # Of obligations: `caseId` or `stream` is set; filters that are empty or none do not filter. `rule` may also be an
  # indicator that asks by a clause of its own. Of a figure: `indicator` is set; the answer is the figure, then its
  # instances, at most 2000 of them.
  caseId @0 :Text;
  # Without "case/".
  rule @1 :Text;
  subject @2 :Text;
  triggeredBy @3 :UInt64 = 0xffffffffffffffff;
  indicator @4 :Text;
  group @5 :List(GroupKey);
  # The cell: its dimensions and their values. Empty: all.
  from @6 :Int32 = -2147483648;
  to @7 :Int32 = -2147483648;
  asOf @8 :AsOf;
  stream @9 :Text;
  # Where the obligation was triggered, for those of no case. Empty does not filter.
}

struct CasesQuery {
  # An empty text does not filter.
  household @0 :Text;
  unit @1 :Text;
  # The responsible unit.
  kind @2 :Text;
  # "child" or "adult"
  status @3 :Text;
  # "open" or "closed"
  asOf @4 :AsOf;
}

struct LateQuery {
  hours @0 :UInt32 = 72;
  # More than so many hours between `time` and recording.
  unit @1 :Text;
  # Whose event it is; empty: all.
  from @2 :Int32 = -2147483648;
  to @3 :Int32 = -2147483648;
  # Local dates of recording, [from, to); noDate: no bound.
  asOf @4 :AsOf;
}

struct AmendedQuery {
  unit @0 :Text;
  # Whose correction it is; empty: all.
  asOf @1 :AsOf;
}

struct Freeze {
  indicators @0 :IndicatorsQuery;
  # `publish` is taken as set; `from` and `to` are needed and must be over.
  unit @1 :Text;
  # Whose statistics they are: the stream unit/….
  municipality @2 :Text;
}

struct FrozenQuery {
  # An empty text and noDate do not filter.
  municipality @0 :Text;
  unit @1 :Text;
  from @2 :Int32 = -2147483648;
  to @3 :Int32 = -2147483648;
}

struct HeadsQuery {
  from @0 :UInt64;
  # Smallest size wanted.
  limit @1 :UInt64 = 0xffffffffffffffff;
}

struct BundleQuery {
  caseId @0 :Text;
  # Without "case/".
  household @1 :Bool;
  # With the streams of its household, of the persons in it and of their cases.
  olderSize @2 :UInt64 = 0xffffffffffffffff;
  # Of a head that the reader has: the bundle then proves that its tree continues that one. none: no such proof.
}

struct Erase {
  stream @0 :Text;
  reason @1 :Text;
  # A short code, such as retentionEnded.
}

struct ConsentsQuery {
  subject @0 :Text;
  # The person whose information or conversation it is about.
  scope @1 :Text;
  # As in ConsentRequested.
  recipient @2 :Text;
  # A unit.
  asOf @3 :AsOf;
}

struct Inclusion {
  position @0 :UInt64;
  size @1 :UInt64 = 0xffffffffffffffff;
  # Of the tree; none: the present size.
}

struct Consistency {
  older @0 :UInt64;
  newer @1 :UInt64;
  # Tree sizes, older <= newer.
}

struct Response {
  id @0 :UInt64;
  more @1 :Bool;
  # Further Responses to the same request follow.

  union {
    error @2 :Failure;
    done @3 :Void;
    head @4 :Head;
    appended @5 :Appended;
    events @6 :Events;
    case @7 :Case;
    obligations @8 :Obligations;
    figures @9 :Figures;
    counted @10 :CountedInstances;
    rules @11 :Rules;
    progress @12 :Progress;
    rebuilt @13 :Rebuilt;
    proof @14 :Proof;
    explanations @15 :Explanations;
    ruleChanges @16 :RuleChanges;
    cases @17 :Cases;
    lateEvents @18 :LateEvents;
    amendments @19 :Amendments;
    frozen @20 :FrozenList;
    notes @21 :Notes;
    file @22 :Data;
    # The bytes of the parts, one after the other, are the file.
    verified @23 :Verified;
    keys @24 :Keys;
    consents @25 :Consents;
  }
}

enum Code {
  invalidArgument @0;   # malformed; sending it again unchanged will fail again
  notFound @1;          # what the request names does not exist
  versionConflict @2;   # the stream is not at the expected version
  idConflict @3;        # the event id is taken by another content
  tooLarge @4;          # over a documented limit
  forbidden @5;         # the caller may not do this
  unavailable @6;       # overloaded, out of disk space or stopping: nothing was done, try again later
  ioError @7;           # the disk failed
  corruption @8;        # stored bytes are not what was written
}

struct Failure {
  code @0 :Code;
  message @1 :Text;
  # For the operator. Never holds personal content.
  field @2 :Text;
  # Path of the offending field, such as "data.childId"; empty when there is none.
  actualVersion @3 :UInt64 = 0xffffffffffffffff;
  # With versionConflict: the stream's version; none when the stream does not exist.
  index @4 :UInt64 = 0xffffffffffffffff;
  # Which event of an append is to blame, 0-based; none when it is not about one.
}

struct Head {
  size @0 :UInt64;
  # Events in the ledger, and leaves of the tree.
  root @1 :Data;
  # 32 bytes.
  note @2 :Text;
  # The same as a signed note (C2SP tlog-checkpoint), with the signatures there are.
  publicKey @3 :Text;
  # The verifier key of the ledger's signature: name+hash+base64.
  origin @4 :Text;
  # The ledger's name in the note.
  streamsRoot @5 :Data;
  # 32 bytes: the root over all streams and their last versions, as the note says it.
}

struct Appended {
  places @0 :List(Place);
  # One for each event of the append, in order.
}

struct Place {
  position @0 :UInt64;
  version @1 :UInt64;
  recordedAt @2 :Int64;
  duplicate @3 :Bool;
  # The event was in the ledger already; this is its old place.
}

struct Events {
  events @0 :List(StoredEvent);
  size @1 :UInt64;
  # Events in the ledger when this part was read.
}

struct StoredEvent {
  record @0 :Data;
  # The stored bytes, exactly: a `Record` of record.capnp, and the leaf of the tree.
  personal @1 :List(PersonalItem);
  # The personal content that is sealed inside the record.
  erased @2 :Bool;
  # There was personal content, and its key has been destroyed. Without `personal` and without this, though the record
  # has sealed content: its key was not restored from a backup.
}

struct Basis {
  # What an answer rests on, so that the question can be asked again.
  size @0 :UInt64;
  # Events taken in account: the positions below this.
  ruleSet @1 :Text;
  # Id of the rule set in force.
  at @2 :Int64;
  # The `at` that was used.
}

enum State {
  open @0;            # not yet done, not yet due
  fulfilled @1;       # done in time
  fulfilledLate @2;   # done, but late
  overdue @3;         # not done, and due
  waived @4;          # no longer called for
  breached @5;        # can no longer be done
}

enum Severity {
  must @0;       # law
  should @1;     # plan or guideline
  agreed @2;     # agreement between units
  advisory @3;   # listed, never red
  system @4;     # about the records themselves
}

struct Obligation {
  # One rule applied to one trigger and one subject.
  rule @0 :Text;              # "R01"
  severity @1 :Severity;
  stream @2 :Text;            # where it was triggered
  caseId @3 :Text;            # empty when it belongs to no case
  subject @4 :Text;           # person of the rule's "for each", else the case's subject, else the stream's id
  unit @5 :Text;              # the unit answerable now
  state @6 :State;
  triggeredBy @7 :UInt64 = 0xffffffffffffffff;   # position; none when the clock or the calendar triggered it
  createdAt @8 :Int64;
  dueAt @9 :Int64 = -9223372036854775808;        # exclusive: done before it is in time
  warnAt @10 :Int64 = -9223372036854775808;
  warning @11 :Bool;          # open, and past warnAt
  settledBy @12 :UInt64 = 0xffffffffffffffff;    # position of what fulfilled, waived or breached it
  settledAt @13 :Int64 = -9223372036854775808;
  legalRef @14 :Text;
}

struct Obligations {
  obligations @0 :List(Obligation);
  basis @1 :Basis;
}

struct Case {
  caseId @0 :Text;
  kind @1 :Text;              # "child" or "adult"
  status @2 :Text;            # "open" or "closed"
  phase @3 :Text;             # "intake", "investigating", "concluded", "measure" or "closed"
  area @4 :Text;
  subject @5 :Text;           # the person it is about
  unit @6 :Text;              # the responsible unit
  household @7 :Text;         # empty when not known
  openedAt @8 :Int64;
  closedAt @9 :Int64 = -9223372036854775808;
  children @10 :List(Child);  # minors concerned
  obligations @11 :List(Obligation);
  basis @12 :Basis;

  struct Child {
    personId @0 :Text;
    informed @1 :Bool;
    offered @2 :Bool;
    heard @3 :Bool;
    viewRecorded @4 :Bool;
    feedback @5 :Bool;
  }
}

struct GroupKey {
  dimension @0 :Text;
  value @1 :Text;
}

struct OptionalNumber {
  union {
    absent @0 :Void;
    number @1 :Float64;
  }
}

struct Figure {
  indicator @0 :Text;
  group @1 :List(GroupKey);          # empty without `by`
  numerator @2 :OptionalNumber;
  denominator @3 :OptionalNumber;    # absent for plain counts
  pending @4 :UInt64;                # none (all bits set) where hidden
  waived @5 :UInt64;                 # the same
  value @6 :OptionalNumber;          # absent with a denominator of 0
  median @7 :OptionalNumber;         # in days
  p90 @8 :OptionalNumber;            # in days
  suppressed @9 :Bool;               # a group so small that it may not be published
  show @10 :Text;                    # what the numbers are, as the rule set says: "share", "count", "days", …
}

struct Figures {
  figures @0 :List(Figure);
  basis @1 :Basis;
}

struct Counted {
  indicator @0 :Text;
  group @1 :List(GroupKey);
  caseId @2 :Text;
  subject @3 :Text;
  stream @4 :Text;
  inNumerator @5 :Bool;
  standing @6 :Text;                 # "counted", "pending" or "waived"
  measure @7 :OptionalNumber;        # days, where the indicator measures time; else its weight
  evidence @8 :List(UInt64);         # positions of the events that prove it, ascending
}

struct CountedInstances {
  instances @0 :List(Counted);
  basis @1 :Basis;
}

struct Rule {
  ruleId @0 :Text;
  kind @1 :Text;                     # "rule" or "indicator"
  severity @2 :Text;                 # of a rule
  nameEn @3 :Text;
  nameSv @4 :Text;
  limit @5 :Text;                    # as written in the rule set, such as "14 days"
  legalRef @6 :Text;
  source @7 :Text;
  ruleSet @8 :Text;                  # the set that defines it
  limitSv @9 :Text;                  # the limit in Swedish
  municipality @10 :Text;            # whom the set binds: four digits; "0000": everybody
}

struct Rules {
  rules @0 :List(Rule);
  basis @1 :Basis;
}

struct Explanation {
  # One obligation or one cell, and the steps that led to it, in order; or why there is no obligation.
  union {
    obligation @0 :Obligation;
    figure @1 :Figure;
    none @3 :NoObligation;
  }
  steps @2 :List(Step);

  struct Step {
    kind @0 :Text;                   # "rule", "trigger", "due", "exception", "settled", "missing", "counted", …
    en @1 :Text;
    sv @2 :Text;
    positions @3 :List(UInt64);      # of the events it speaks of
  }
}

struct NoObligation {
  # Of what was asked for.
  rule @0 :Text;
  caseId @1 :Text;                   # empty outside cases
  stream @2 :Text;                   # empty for a case
}

struct Explanations {
  explanations @0 :List(Explanation);
  basis @1 :Basis;
}

struct RuleChanges {
  obligations @0 :List(ObligationChange);
  # At most 10 000.
  figures @1 :List(FigureChange);
  obligationsChanged @2 :UInt64;
  # All of them.
  basis @3 :Basis;
  # The rule sets of now; the events taken in account.

  struct ObligationChange {
    before :union {
      none @0 :Void;
      some @1 :Obligation;
    }
    after :union {
      none @2 :Void;
      some @3 :Obligation;
    }
  }
  struct FigureChange {
    before :union {
      none @0 :Void;
      some @1 :Figure;
    }
    after :union {
      none @2 :Void;
      some @3 :Figure;
    }
  }
}

struct CaseSummary {
  caseId @0 :Text;
  kind @1 :Text;
  status @2 :Text;
  phase @3 :Text;
  area @4 :Text;
  subject @5 :Text;
  unit @6 :Text;
  household @7 :Text;
  openedAt @8 :Int64;
  closedAt @9 :Int64 = -9223372036854775808;
  outcome @10 :Text;                 # of the investigation, else the reason of closing; empty when there is none
  open @11 :UInt32;                  # obligations in each state
  fulfilled @12 :UInt32;
  fulfilledLate @13 :UInt32;
  overdue @14 :UInt32;
  waived @15 :UInt32;
  breached @16 :UInt32;
}

struct Cases {
  cases @0 :List(CaseSummary);
  basis @1 :Basis;
}

struct LateEvent {
  position @0 :UInt64;
  stream @1 :Text;
  type @2 :Text;                     # "ChildHeard"
  unit @3 :Text;
  actorRole @4 :Text;                # empty when not stated
  time @5 :Int64;
  recordedAt @6 :Int64;
}

struct LateEvents {
  events @0 :List(LateEvent);
  basis @1 :Basis;
}

struct Amendment {
  correction @0 :UInt64;             # position of the correction
  corrected @1 :UInt64;              # position of the event it corrects
  rule @2 :Text;
  caseId @3 :Text;
  subject @4 :Text;
  before @5 :State;                  # as it would be without the correction
  after @6 :State;
  recordedAt @7 :Int64;
  actor @8 :Text;                    # of the correction
  correctedActor @9 :Text;
  sameActor @10 :Bool;               # no second person was part of it
  gone @11 :Bool;                    # the correction took away what the obligation began with; `after` says nothing
}

struct Amendments {
  amendments @0 :List(Amendment);
  basis @1 :Basis;
}

struct Frozen {
  position @0 :UInt64;               # of the StatisticsFrozen
  recordedAt @1 :Int64;
  unit @2 :Text;
  municipality @3 :Text;
  from @4 :Int32;
  to @5 :Int32;
  at @6 :Int64;
  size @7 :UInt64;                   # events taken in account: the positions below
  ruleSet @8 :Text;
  threshold @9 :UInt32;
  figures @10 :List(Figure);
}

struct FrozenList {
  frozen @0 :List(Frozen);
}

struct Notes {
  notes @0 :List(Text);
  # Ascending by size.
}

struct Verified {
  same @0 :Bool;
  events @1 :UInt64;
  eventsPerSecond @2 :Float64;
  problems @3 :List(Problem);
  # The first 1000.
  problemsFound @4 :UInt64;
  # All of them.
  head @5 :Head;
  # Worked out from the records alone; without note.

  struct Problem {
    where @0 :Text;                  # "record", "node", "index", "id", "key", "head", "projection"
    what @1 :Text;
    position @2 :UInt64 = 0xffffffffffffffff;
  }
}

struct Keys {
  keys @0 :List(WrappedKey);

  struct WrappedKey {
    stream @0 :Text;
    wrapped @1 :Data;
    # As it is stored: of no use without the key-encryption key; or the mark of its destruction.
  }
}

struct Consents {
  allowed @0 :Bool;
  ground @1 :Text;
  # "consent", "openInvestigation", …; empty when not allowed.
  groundPosition @2 :UInt64 = 0xffffffffffffffff;
  givers @3 :List(Giver);
  basis @4 :Basis;

  struct Giver {
    person @0 :Text;
    state @1 :Text;                  # "notAsked", "asked", "given", "refused", "withdrawn", "expired"
    positions @2 :List(UInt64);
    validTo @3 :Int32 = -2147483648;
  }
}

struct Progress {
  done @0 :UInt64;
  total @1 :UInt64;
  # Events.
}

struct Rebuilt {
  same @0 :Bool;
  events @1 :UInt64;
  eventsPerSecond @2 :Float64;
  difference @3 :Text;
  # The first difference found; empty when the same.
  digest @4 :Text;
  # SHA-256 of the rebuilt state, in hex.
}

struct Proof {
  hashes @0 :List(Data);
  # 32 bytes each, in RFC 9162 order.
  size @1 :UInt64;
  # Of the (newer) tree the proof was made for.
}
