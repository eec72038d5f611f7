@0xd1a4c0e1f2b30108;
# Quality, governance and prevention: plans, self-checks, training, outreach, deviations and corrections.
# Section H of the event catalogue.
# How absence is written stands in forms.capnp; what the forms allow, in annotations.capnp.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");
using label = import "../annotations.capnp".label;
using form = import "../annotations.capnp".form;
using required = import "../annotations.capnp".required;
using describes = import "../annotations.capnp".describes;
using refers = import "../annotations.capnp".refers;
using streams = import "../annotations.capnp".streams;
using F = import "../forms.capnp";
using CheckResult = import "../forms.capnp".CheckResult;
using Date = import "../forms.capnp".Date;
using Flag = import "../forms.capnp".Flag;
using Instant = import "../forms.capnp".Instant;
using JsonEntry = import "../forms.capnp".JsonEntry;
using Role = import "../forms.capnp".Role;

struct PlanActivityRecorded $streams([document])
    $label(en = "Plan activity recorded", sv = "Planaktivitet registrerad") {
  # One activity through the cycle plan, do, follow up, analyse, act; each event is one phase.

  activityId @0 :Text $form(id) $required $label(en = "Activity", sv = "Aktivitet");
  planId @1 :Text $form(id) $refers(document) $required $label(en = "Plan", sv = "Plan");
  # The documentId of the plan.
  phase @2 :Phase $required $label(en = "Phase", sv = "Fas");
  at @3 :Date = F.absentDate $form(date) $required $label(en = "Day", sv = "Dag");
  dueDate @4 :Date = F.absentDate $form(date) $label(en = "Due", sv = "Senast");
  # Absent: no day set.
  ownerForum @5 :Text $form(id) $refers(forum) $label(en = "Responsible forum", sv = "Ansvarigt forum");
  # Absent: not settled.
  origin @6 :Origin $label(en = "Origin", sv = "Ursprung");
  # Absent: not recorded.
  pillar @7 :Pillar $label(en = "Pillar", sv = "Grundpelare");
  # Absent: not recorded.
  focus @8 :Focus $label(en = "Focus", sv = "Inriktning");
  # Absent: not recorded.

  enum Phase {
    unspecified @0;
    planned @1 $label(en = "Planned", sv = "Planerad");
    done @2 $label(en = "Done", sv = "Genomförd");
    followedUp @3 $label(en = "Followed up", sv = "Uppföljd");
    analysed @4 $label(en = "Analysed", sv = "Analyserad");
    acted @5 $label(en = "Acted on", sv = "Åtgärdad");
    dropped @6 $label(en = "Dropped", sv = "Struken");
  }

  enum Origin {
    unspecified @0;
    plan @1 $label(en = "Plan", sv = "Plan");
    directive @2 $label(en = "Directive", sv = "Uppdrag");
    deviation @3 $label(en = "Deviation", sv = "Avvikelse");
    evaluation @4 $label(en = "Evaluation", sv = "Utvärdering");
  }

  enum Pillar {
    unspecified @0;
    governance @1 $label(en = "Governance", sv = "Styrning");
    structure @2 $label(en = "Structure", sv = "Struktur");
    sharedView @3 $label(en = "Shared view", sv = "Samsyn");
  }

  enum Focus {
    unspecified @0;
    participation @1 $label(en = "Participation", sv = "Delaktighet");
    bestInterests @2 $label(en = "Best interests of the child", sv = "Barnets bästa");
    collaboration @3 $label(en = "Collaboration", sv = "Samverkan");
  }
}

struct SelfCheckCompleted $streams([unit]) $label(en = "Self-check completed", sv = "Egenkontroll gjord") {
  # Checklist, survey, inventory, mapping or evaluation of a unit.

  kind @0 :Kind $required $label(en = "Kind of self-check", sv = "Typ av egenkontroll");
  period @1 :Text $form(code) $required $label(en = "Period", sv = "Period");
  # Such as 2019 or 2019-H1.
  instrument @2 :Text $form(code) $label(en = "Instrument", sv = "Instrument");
  # Absent: none in particular.
  results @3 :List(CheckResult) $label(en = "Results", sv = "Resultat");
  # Absent: none kept.
  responseRate @4 :Float64 = nan $form(share) $label(en = "Response rate", sv = "Svarsfrekvens");
  # 0 to 1. Absent: not a survey.
  nextDue @5 :Date = F.absentDate $form(date) $label(en = "Next due", sv = "Nästa gång senast");
  # Absent: no day set.
  pillar @6 :PlanActivityRecorded.Pillar $label(en = "Pillar", sv = "Grundpelare");
  # What was looked at. Absent: not recorded.

  enum Kind {
    unspecified @0;
    checklist @1 $label(en = "Checklist", sv = "Checklista");
    currentState @2 $label(en = "Current-state analysis", sv = "Nulägesanalys");
    staffSurvey @3 $label(en = "Staff survey", sv = "Medarbetarenkät");
    caseInventory @4 $label(en = "Case inventory", sv = "Ärendeinventering");
    mapping @5 $label(en = "Mapping", sv = "Kartläggning");
    evaluation @6 $label(en = "Evaluation", sv = "Utvärdering");
    externalEvaluation @7 $label(en = "External evaluation", sv = "Extern utvärdering");
  }
}

struct StatusReportSubmitted $streams([unit])
    $label(en = "Status report submitted", sv = "Statusrapport lämnad") {
  year @0 :Int32 = -1 $form(u16) $required $label(en = "Year", sv = "År");
  # The calendar year reported on.
  submittedTo @1 :Text $form(unitId) $required $label(en = "Submitted to", sv = "Lämnad till");
  documentRef @2 :Text $form(id) $label(en = "Document", sv = "Dokument");
  # Document kept elsewhere. Absent: none.
  focusAreas @3 :List(Text) $form(code) $label(en = "Focus areas", sv = "Fokusområden");
  # Absent: not recorded.
}

struct TrainingHeld $streams([unit]) $label(en = "Training held", sv = "Utbildning hållen") {
  topic @0 :Topic $required $label(en = "Topic", sv = "Ämne");
  kind @1 :Kind $required $label(en = "Kind of training", sv = "Utbildningsform");
  heldOn @2 :Date = F.absentDate $form(date) $required $label(en = "Held", sv = "Hölls");
  participants @3 :Int64 = -1 $form(u32) $required $label(en = "Participants", sv = "Deltagare");
  # A count.
  participantUnits @4 :List(Text) $form(unitId)
      $label(en = "Units of participants", sv = "Deltagarnas enheter");
  # Absent: the unit of the stream alone.
  roles @5 :List(Role) $label(en = "Roles of participants", sv = "Deltagarnas roller");
  # Absent: not recorded.
  childRightsModule @6 :Flag $label(en = "Has a child-rights module", sv = "Har barnrättsavsnitt");
  # Absent: not recorded.

  enum Topic {
    unspecified @0;
    childRights @1 $label(en = "Child rights", sv = "Barnets rättigheter");
    cia @2 $label(en = "Child impact analysis", sv = "Barnkonsekvensanalys");
    childConversation @3 $label(en = "Conversation with the child", sv = "Barnsamtal");
    violence @4 $label(en = "Violence", sv = "Våld");
    signsOfSafety @5 $label(en = "Signs of Safety", sv = "Signs of Safety");
    mutualKnowledge @6 $label(en = "Knowledge of each other", sv = "Kunskap om varandra");
    bra @7 $label(en = "BRA", sv = "BRA");
    reportingDuty @8 $label(en = "Duty to report", sv = "Anmälningsskyldighet");
    other @9 $label(en = "Other", sv = "Annat");
  }

  enum Kind {
    unspecified @0;
    induction @1 $label(en = "Induction", sv = "Introduktion");
    workshop @2 $label(en = "Workshop", sv = "Workshop");
    lecture @3 $label(en = "Lecture", sv = "Föreläsning");
    course @4 $label(en = "Course", sv = "Kurs");
    supervision @5 $label(en = "Supervision", sv = "Handledning");
  }
}

struct OutreachRecorded $streams([unit]) $label(en = "Outreach recorded", sv = "Uppsökande arbete redovisat") {
  # Aggregates of low-threshold work. No person is ever named.

  kind @0 :Kind $required $label(en = "Kind of outreach", sv = "Verksamhet");
  periodFrom @1 :Date = F.absentDate $form(date) $required $label(en = "Period from", sv = "Period från");
  periodTo @2 :Date = F.absentDate $form(date) $required
      $label(en = "Period to (exclusive)", sv = "Period till (ej med)");
  contacts @3 :Int64 = -1 $form(u32) $required $label(en = "Contacts", sv = "Kontakter");
  # A count.
  place @4 :Text $form(code) $label(en = "Place", sv = "Plats");
  # Absent: not recorded.
  ageBand @5 :Text $form(code) $label(en = "Age band", sv = "Åldersgrupp");
  # Such as 13-15. Absent: not recorded.
  talks @6 :Int64 = -1 $form(u32) $label(en = "Conversations", sv = "Samtal");
  # A count. Absent: not counted.
  guidedToSocialServices @7 :Int64 = -1 $form(u32)
      $label(en = "Guided to the social services", sv = "Vägledda till socialtjänsten");
  # A count. Absent: not counted.

  enum Kind {
    unspecified @0;
    fieldWork @1 $label(en = "Field work", sv = "Fältarbete");
    youthLeader @2 $label(en = "Youth leader", sv = "Fritidsledare");
    adviceSupport @3 $label(en = "Advice and support", sv = "Råd och stöd");
    counselling @4 $label(en = "Counselling", sv = "Rådgivningssamtal");
    youthClinic @5 $label(en = "Youth clinic", sv = "Ungdomsmottagning");
    leisure @6 $label(en = "Leisure", sv = "Fritidsverksamhet");
  }
}

struct DeviationReported $streams([deviation]) $describes
    $label(en = "Deviation reported", sv = "Avvikelse rapporterad") {
  # Something did not go as agreed or required.

  deviationId @0 :Text $form(id) $refers(deviation) $required $label(en = "Deviation", sv = "Avvikelse");
  # The same as the stream's id.
  kind @1 :Kind $required $label(en = "Kind of deviation", sv = "Avvikelsetyp");
  units @2 :List(Text) $form(unitId) $required $label(en = "Units", sv = "Enheter");
  occurredOn @3 :Date = F.absentDate $form(date) $required $label(en = "Occurred", sv = "Inträffade");
  caseId @4 :Text $form(id) $refers(case) $label(en = "Case", sv = "Ärende");
  # Absent: not about one case.
  agreementId @5 :Text $form(id) $refers(document) $label(en = "Agreement", sv = "Överenskommelse");
  # Absent: not about an agreement.
  severity @6 :Text $form(code) $label(en = "Severity", sv = "Allvarlighetsgrad");
  # Absent: not graded.

  enum Kind {
    unspecified @0;
    collaborationObstacle @1 $label(en = "Obstacle to collaboration", sv = "Hinder för samverkan");
    agreementBreach @2 $label(en = "Breach of agreement", sv = "Brott mot överenskommelse");
    missedDeadline @3 $label(en = "Missed deadline", sv = "Missad tidsgräns");
    childAsInterpreter @4 $label(en = "Child as interpreter", sv = "Barn som tolk");
    premises @5 $label(en = "Premises", sv = "Lokaler");
    missingRoutine @6 $label(en = "Missing routine", sv = "Rutin saknas");
    consentBreach @7 $label(en = "Breach of consent", sv = "Brott mot samtycke");
    other @8 $label(en = "Other", sv = "Annat");
  }
}

struct DeviationResolved $streams([deviation]) $label(en = "Deviation followed up", sv = "Avvikelse uppföljd") {
  deviationId @0 :Text $form(id) $refers(deviation) $required $label(en = "Deviation", sv = "Avvikelse");
  action @1 :Action $required $label(en = "Action", sv = "Åtgärd");
  at @2 :Instant = F.absentInstant $form(instant) $required $label(en = "At", sv = "Tidpunkt");
  activityId @3 :Text $form(id) $label(en = "Activity", sv = "Aktivitet");
  # In a plan. Absent: none.

  enum Action {
    unspecified @0;
    routineChanged @1 $label(en = "Routine changed", sv = "Rutin ändrad");
    training @2 $label(en = "Training", sv = "Utbildning");
    resolvedInCase @3 $label(en = "Resolved in the case", sv = "Löst i ärendet");
    escalated @4 $label(en = "Escalated", sv = "Lyft");
    noAction @5 $label(en = "No action", sv = "Ingen åtgärd");
  }
}

struct EventCorrected
    $streams([person, household, case, forum, unit, document, disagreement, deviation, rules])
    $label(en = "Event corrected", sv = "Händelse rättad") {
  # A correction is a new event in the stream of the one it corrects; nothing is rewritten.

  correctsEventId @0 :Text $form(uuid) $required $label(en = "Corrected event", sv = "Rättad händelse");
  reason @1 :Reason $required $label(en = "Reason", sv = "Skäl");
  correctedFields @2 :List(JsonEntry) $required $label(en = "Corrected fields", sv = "Rättade fält");
  # By field name of the corrected event, each once; null clears an optional field.
  voids @3 :Flag $label(en = "Makes the event void", sv = "Upphäver händelsen");
  # Absent: no.

  enum Reason {
    unspecified @0;
    inputError @1 $label(en = "Input error", sv = "Inmatningsfel");
    wrongPerson @2 $label(en = "Wrong person", sv = "Fel person");
    late @3 $label(en = "Late", sv = "Sent registrerat");
    other @4 $label(en = "Other", sv = "Annat");
  }
}
