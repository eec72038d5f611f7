@0xd1a4c0e1f2b30103;
# Investigation, decision and measure: the exercise of authority, and what becomes of it. Section C of the
# event catalogue.
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
using Date = import "../forms.capnp".Date;
using Flag = import "../forms.capnp".Flag;
using Instant = import "../forms.capnp".Instant;
using MeasureKind = import "../forms.capnp".MeasureKind;
using Role = import "../forms.capnp".Role;

struct InvestigationExtended $streams([case]) $label(en = "Investigation extended", sv = "Utredning förlängd") {
  # The due time of the investigation moves to the end of newDueDate.

  newDueDate @0 :Date = F.absentDate $form(date) $required $label(en = "New due day", sv = "Ny sista dag");
  reasonCode @1 :ReasonCode $required $label(en = "Reason", sv = "Skäl");
  decidedBy @2 :Role $required $label(en = "Decided by", sv = "Beslutat av");

  enum ReasonCode {
    unspecified @0;
    specialReasons @1 $label(en = "Special reasons", sv = "Särskilda skäl");
  }
}

struct InvestigationConcluded $streams([case])
    $label(en = "Investigation concluded", sv = "Utredning avslutad") {
  # The investigation ends with an outcome.

  concludedAt @0 :Instant = F.absentInstant $form(instant) $required $label(en = "Concluded", sv = "Avslutad");
  outcome @1 :Outcome $required $label(en = "Outcome", sv = "Utfall");
  needsAssessed @2 :Flag $label(en = "Needs assessed", sv = "Behov bedömda");
  # Absent: not recorded.
  parentalAbilityAssessed @3 :Flag $label(en = "Parental ability assessed", sv = "Föräldraförmåga bedömd");
  # Absent: not recorded.
  schoolingConsidered @4 :Flag $label(en = "Schooling considered", sv = "Skolgång beaktad");
  # Absent: not recorded.

  enum Outcome {
    unspecified @0;
    measure @1 $label(en = "Measure", sv = "Insats");
    noMeasure @2 $label(en = "No measure", sv = "Ingen insats");
    applyLvu @3 $label(en = "Apply for compulsory care (LVU)", sv = "Ansökan om LVU");
    transferred @4 $label(en = "Transferred", sv = "Överflyttad");
    withdrawn @5 $label(en = "Withdrawn", sv = "Återtagen");
  }
}

struct BestInterestsAssessed $streams([case])
    $label(en = "Best interests assessed", sv = "Barnets bästa bedömt") {
  # A unit's assessment of what is best for one child.

  childId @0 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  byUnit @1 :Text $form(unitId) $required $label(en = "By unit", sv = "Av enhet");
  result @2 :Result $required $label(en = "Result", sv = "Resultat");
  # Of the decision or measure with the child's best interests.
  guidelineId @3 :Text $form(id) $refers(document) $label(en = "Guideline", sv = "Riktlinje");
  # Absent: none used.
  childViewConsidered @4 :Flag $label(en = "Child's view considered", sv = "Barnets åsikt beaktad");
  # Absent: not recorded.
  articles @5 :List(UInt8) $form(u8)
      $label(en = "Articles of the Convention", sv = "Artiklar i barnkonventionen");
  # Article numbers. Absent: not recorded.

  enum Result {
    unspecified @0;
    inLine @1 $label(en = "In line with it", sv = "I linje");
    conflict @2 $label(en = "In conflict with it", sv = "I konflikt");
    unclear @3 $label(en = "Unclear", sv = "Oklart");
  }
}

struct ChildChecklistCompleted $streams([case])
    $label(en = "Child checklist completed", sv = "Barnchecklista ifylld") {
  # In an adult's case: are there children, and are they affected?

  childrenFound @0 :List(Text) $form(id) $refers(person) $required
      $label(en = "Children found", sv = "Barn som finns");
  # An empty list: there are none.
  childAffected @1 :ChildAffected $required $label(en = "Child affected", sv = "Barn berörs");
  instrument @2 :Text $form(code) $label(en = "Instrument", sv = "Instrument");
  # Absent: none in particular.
  visitRights @3 :Flag $label(en = "Has visiting rights", sv = "Har umgängesrätt");
  # Absent: not recorded.

  enum ChildAffected {
    unspecified @0;
    yes @1 $label(en = "Yes", sv = "Ja");
    no @2 $label(en = "No", sv = "Nej");
    unknown @3 $label(en = "Unknown", sv = "Okänt");
  }
}

struct ChildImpactAnalysisCompleted $streams([case])
    $label(en = "Child impact analysis completed", sv = "Barnkonsekvensanalys gjord") {
  # What a coming decision means for one child.

  analysisId @0 :Text $form(id) $required $label(en = "Analysis", sv = "Analys");
  childId @1 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  concernsDecisionDraft @2 :Text $form(id) $required
      $label(en = "Concerns the decision", sv = "Gäller beslutet");
  # The decisionId of the later DecisionMade.
  byUnit @3 :Text $form(unitId) $required $label(en = "By unit", sv = "Av enhet");
  completedAt @4 :Instant = F.absentInstant $form(instant) $required $label(en = "Completed", sv = "Färdig");
  joint @5 :Flag $label(en = "Made jointly", sv = "Gjord gemensamt");
  # Absent: no.
  participatingUnits @6 :List(Text) $form(unitId)
      $label(en = "Participating units", sv = "Deltagande enheter");
  # Absent: byUnit alone.
  childHeardBefore @7 :Flag $label(en = "Child heard before", sv = "Barnet hört innan");
  # Absent: not recorded.
  notHeardReason @8 :Text $form(code) $label(en = "Reason not heard", sv = "Skäl att barnet inte hörts");
  # Absent: none given.
  positiveEffects @9 :Flag $label(en = "Positive effects described", sv = "Positiva följder beskrivna");
  # Absent: not recorded.
  negativeEffects @10 :Flag $label(en = "Negative effects described", sv = "Negativa följder beskrivna");
  # Absent: not recorded.
  mitigation @11 :Flag $label(en = "Compensating measures described", sv = "Kompenserande åtgärder beskrivna");
  # Absent: not recorded.
  articles @12 :List(UInt8) $form(u8)
      $label(en = "Articles of the Convention", sv = "Artiklar i barnkonventionen");
  # Article numbers. Absent: not recorded.
  instrument @13 :Text $form(code) $label(en = "Instrument", sv = "Instrument");
  # Absent: none in particular.
  childView @14 :ChildView $label(en = "The child's own view", sv = "Barnets egen åsikt");
  # Absent: not recorded.

  enum ChildView {
    unspecified @0;
    included @1 $label(en = "Included", sv = "Med");
    notAvailable @2 $label(en = "Not available", sv = "Finns inte");
  }
}

struct DecisionMade $streams([case]) $label(en = "Decision made", sv = "Beslut fattat") {
  # The deciding unit is the event's source.

  decisionId @0 :Text $form(id) $required $label(en = "Decision", sv = "Beslut");
  kind @1 :Kind $required $label(en = "Kind of decision", sv = "Beslutstyp");
  subjectPersonId @2 :Text $form(id) $refers(person) $required
      $label(en = "Person the decision is about", sv = "Person beslutet gäller");
  decidedAt @3 :Instant = F.absentInstant $form(instant) $required $label(en = "Decided", sv = "Beslutat");
  childAffected @4 :ChildAffected $required $label(en = "Child affected", sv = "Barn berörs");
  # notAssessed is never taken as no.
  measureKind @5 :MeasureKind $label(en = "Measure", sv = "Insats");
  # Absent: no measure.
  childrenAffected @6 :List(Text) $form(id) $refers(person)
      $label(en = "Children affected", sv = "Berörda barn");
  # Absent: not recorded.

  enum Kind {
    unspecified @0;
    grant @1 $label(en = "Grant", sv = "Bifall");
    reject @2 $label(en = "Reject", sv = "Avslag");
    placement @3 $label(en = "Placement", sv = "Placering");
    shelteredHousing @4 $label(en = "Sheltered housing", sv = "Skyddat boende");
    incomeSupport @5 $label(en = "Income support", sv = "Ekonomiskt bistånd");
    rentDebt @6 $label(en = "Rent debt", sv = "Hyresskuld");
    applyLvu @7 $label(en = "Apply for compulsory care (LVU)", sv = "Ansökan om LVU");
    endMeasure @8 $label(en = "End of measure", sv = "Avslut av insats");
    other @9 $label(en = "Other", sv = "Annat");
  }

  enum ChildAffected {
    unspecified @0;
    yes @1 $label(en = "Yes", sv = "Ja");
    no @2 $label(en = "No", sv = "Nej");
    notAssessed @3 $label(en = "Not assessed", sv = "Ej bedömt");
  }
}

struct MeasureStatusChanged $streams([case])
    $label(en = "Measure started, paused or ended", sv = "Insats påbörjad, pausad eller avslutad") {
  # One measure through its life, by measureId.

  measureId @0 :Text $form(id) $required $label(en = "Measure (id)", sv = "Insats (id)");
  measureKind @1 :MeasureKind $required $label(en = "Measure", sv = "Insats");
  status @2 :Status $required $label(en = "Status", sv = "Status");
  at @3 :Instant = F.absentInstant $form(instant) $required $label(en = "At", sv = "Tidpunkt");
  endReason @4 :Text $form(code) $label(en = "Reason for ending", sv = "Skäl för avslut");
  # Absent: not ended, or none given.
  voluntary @5 :Flag $label(en = "Voluntary", sv = "Frivillig");
  # Absent: not recorded.

  enum Status {
    unspecified @0;
    started @1 $label(en = "Started", sv = "Påbörjad");
    paused @2 $label(en = "Paused", sv = "Pausad");
    ended @3 $label(en = "Ended", sv = "Avslutad");
  }
}

struct FollowUpRecorded $streams([case]) $label(en = "Follow-up recorded", sv = "Uppföljning gjord") {
  # A measure, plan, agreement or the original concern is followed up.

  target @0 :Target $required $label(en = "What was followed up", sv = "Vad som följts upp");
  targetId @1 :Text $form(id) $required $label(en = "Followed up (id)", sv = "Följt upp (id)");
  # The measureId, planId, reportId or documentId, by target.
  effect @2 :Effect $required $label(en = "Effect", sv = "Effekt");
  childAsStartingPoint @3 :Flag $required
      $label(en = "Child as starting point", sv = "Barnet som utgångspunkt");
  stage @4 :Stage $label(en = "Stage", sv = "Skede");
  # Absent: not recorded.
  nextDue @5 :Date = F.absentDate $form(date) $label(en = "Next due", sv = "Nästa gång senast");
  # Absent: no day set.

  enum Target {
    unspecified @0;
    measure @1 $label(en = "Measure", sv = "Insats");
    coordinatedPlan @2 $label(en = "Coordinated plan", sv = "Samordnad plan");
    originalConcern @3 $label(en = "The original concern", sv = "Den ursprungliga oron");
    agreement @4 $label(en = "Agreement", sv = "Överenskommelse");
  }

  enum Effect {
    unspecified @0;
    desired @1 $label(en = "As desired", sv = "Önskad");
    partly @2 $label(en = "Partly", sv = "Delvis");
    none @3 $label(en = "None", sv = "Ingen");
    worse @4 $label(en = "Worse", sv = "Sämre");
    unknown @5 $label(en = "Unknown", sv = "Okänt");
  }

  enum Stage {
    unspecified @0;
    reception @1 $label(en = "Reception", sv = "Mottagning");
    investigation @2 $label(en = "Investigation", sv = "Utredning");
    openCare @3 $label(en = "Open care", sv = "Öppenvård");
  }
}

struct HealthFollowUpRecorded $streams([case])
    $label(en = "Health follow-up recorded", sv = "Hälsouppföljning gjord") {
  # Of a child in placement.

  childId @0 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  healthCardInFile @1 :Flag $required $label(en = "Health card in the file", sv = "Hälsokort i akten");
  healthExam @2 :Date = F.absentDate $form(date) $label(en = "Health examination", sv = "Hälsoundersökning");
  # Absent: none known.
  dentalExam @3 :Date = F.absentDate $form(date) $label(en = "Dental examination", sv = "Tandundersökning");
  # Absent: none known.
  routineStep @4 :Text $form(code) $label(en = "Step of the routine", sv = "Steg i rutinen");
  # Absent: not recorded.
  nextDue @5 :Date = F.absentDate $form(date) $label(en = "Next due", sv = "Nästa gång senast");
  # Absent: no day set.
}

struct CaseClosed $streams([case]) $describes $label(en = "Case closed", sv = "Ärende avslutat") {
  # What is owed to a person stays owed after closing.

  reason @0 :Reason $required $label(en = "Reason", sv = "Skäl");
  handedTo @1 :Text $form(unitId) $label(en = "Handed to", sv = "Överlämnat till");
  # Absent: to no other unit.

  enum Reason {
    unspecified @0;
    notOpened @1 $label(en = "Not opened", sv = "Ej inlett");
    concluded @2 $label(en = "Concluded", sv = "Utrett");
    measureEnded @3 $label(en = "Measure ended", sv = "Insats avslutad");
    moved @4 $label(en = "Moved", sv = "Flyttat");
    turned18 @5 $label(en = "Turned 18", sv = "Fyllt 18");
    other @6 $label(en = "Other", sv = "Annat");
  }
}
