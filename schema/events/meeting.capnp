@0xd1a4c0e1f2b30107;
# Meetings: called and held, in a forum or about a case. Section G of the event catalogue.
# How absence is written stands in forms.capnp; what the forms allow, in annotations.capnp.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");
using label = import "../annotations.capnp".label;
using form = import "../annotations.capnp".form;
using required = import "../annotations.capnp".required;
using refers = import "../annotations.capnp".refers;
using streams = import "../annotations.capnp".streams;
using F = import "../forms.capnp";
using AgendaItem = import "../forms.capnp".AgendaItem;
using Flag = import "../forms.capnp".Flag;
using Instant = import "../forms.capnp".Instant;
using Participant = import "../forms.capnp".Participant;

struct MeetingCalled $streams([forum, case]) $label(en = "Meeting called", sv = "Kallelse till möte") {
  # A meeting is called or offered. A superseded call does not count.

  meetingId @0 :Text $form(id) $required $label(en = "Meeting", sv = "Möte");
  kind @1 :Kind $required $label(en = "Kind of meeting", sv = "Mötestyp");
  plannedAt @2 :Instant = F.absentInstant $form(instant) $required
      $label(en = "Planned", sv = "Planerat till");
  purpose @3 :Text $form(text) $required $label(en = "Purpose", sv = "Syfte");
  # What the meeting is for. No personal data.
  invited @4 :List(Participant) $required $label(en = "Invited", sv = "Kallade");
  agenda @5 :List(AgendaItem) $label(en = "Agenda", sv = "Dagordning");
  # Absent: none sent.
  supersedes @6 :Text $form(id) $label(en = "Supersedes meeting", sv = "Ersätter möte");
  # Absent: none.
  cancelled @7 :Flag $label(en = "Cancelled", sv = "Inställt");
  # Absent: no.

  enum Kind {
    unspecified @0;
    forum @1 $label(en = "Forum", sv = "Forum");
    case @2 $label(en = "Case", sv = "Ärende");
    concernMeeting @3 $label(en = "Concern meeting", sv = "Orosmöte");
    sip @4 $label(en = "SIP", sv = "SIP");
    jointInitial @5 $label(en = "Joint first meeting", sv = "Gemensamt första möte");
    network @6 $label(en = "Network meeting", sv = "Nätverksmöte");
    caseConference @7 $label(en = "Case conference", sv = "Ärendekonferens");
  }
}

struct MeetingHeld $streams([forum, case]) $label(en = "Meeting held", sv = "Möte hållet") {
  meetingId @0 :Text $form(id) $required $label(en = "Meeting", sv = "Möte");
  heldAt @1 :Instant = F.absentInstant $form(instant) $required $label(en = "Held", sv = "Hölls");
  attended @2 :List(Participant) $required $label(en = "Attended", sv = "Närvarande");
  childRightsItem @3 :Flag $required $label(en = "Child rights discussed", sv = "Barnrättspunkten behandlad");
  childPresent @4 :Flag $label(en = "Child present", sv = "Barnet närvarande");
  # Absent: not recorded.
  guardiansPresent @5 :Int16 = -1 $form(u8) $label(en = "Guardians present", sv = "Antal vårdnadshavare");
  # A count. Absent: not recorded.
  decisions @6 :List(Text) $form(id) $label(en = "Activities decided", sv = "Beslutade aktiviteter");
  # Activity ids. Absent: none recorded.
  caseRefs @7 :List(Text) $form(id) $refers(case) $label(en = "Cases discussed", sv = "Behandlade ärenden");
  # Case ids. Absent: none.
  quorumByRole @8 :Flag $label(en = "Quorum by role", sv = "Beslutsfört per roll");
  # Absent: not recorded.
}
