@0xd1a4c0e1f2b30106;
# Collaboration in a case: contacts, responsibility, hand-overs, updates and disagreements between units.
# Section F of the event catalogue.
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

struct ContactRequested $streams([case, unit]) $label(en = "Contact requested", sv = "Kontakt begärd") {
  # Contact, advice or consultation; in a unit's stream when anonymous.

  requestId @0 :Text $form(id) $required $label(en = "Request", sv = "Begäran");
  fromUnit @1 :Text $form(unitId) $required $label(en = "From unit", sv = "Från enhet");
  toUnit @2 :Text $form(unitId) $required $label(en = "To unit", sv = "Till enhet");
  kind @3 :Kind $required $label(en = "Kind of contact", sv = "Typ av kontakt");
  childId @4 :Text $form(id) $refers(person) $label(en = "Child", sv = "Barn");
  # Absent: anonymous.
  urgent @5 :Flag $label(en = "Urgent", sv = "Brådskande");
  # Absent: no.
  purpose @6 :Text $form(code) $label(en = "Purpose", sv = "Syfte");
  # Absent: not stated.

  enum Kind {
    unspecified @0;
    contact @1 $label(en = "Contact", sv = "Kontakt");
    advice @2 $label(en = "Advice", sv = "Rådgivning");
    consultation @3 $label(en = "Consultation", sv = "Konsultation");
    existingContactCheck @4 $label(en = "Is there a contact already?", sv = "Finns kontakt redan?");
  }
}

struct ContactAnswered $streams([case, unit]) $label(en = "Contact answered", sv = "Kontakt besvarad") {
  # In the stream of the request.

  requestId @0 :Text $form(id) $required $label(en = "Request", sv = "Begäran");
  byUnit @1 :Text $form(unitId) $required $label(en = "By unit", sv = "Av enhet");
  answeredAt @2 :Instant = F.absentInstant $form(instant) $required $label(en = "Answered", sv = "Besvarad");
  result @3 :Result $label(en = "Result", sv = "Resultat");
  # Absent: answered, result not recorded.

  enum Result {
    unspecified @0;
    advised @1 $label(en = "Advised", sv = "Råd gavs");
    reportRecommended @2 $label(en = "Report recommended", sv = "Anmälan rekommenderad");
    meetingBooked @3 $label(en = "Meeting booked", sv = "Möte bokat");
    noContactExists @4 $label(en = "No contact exists", sv = "Ingen kontakt finns");
    contactExists @5 $label(en = "Contact exists", sv = "Kontakt finns");
    declined @6 $label(en = "Declined", sv = "Avböjt");
  }
}

struct ResponsibilityAssigned $streams([case])
    $label(en = "Responsibility assigned", sv = "Ansvarig enhet utsedd") {
  # Which unit answers for the case or for one part of it.

  unitId @0 :Text $form(unitId) $required $label(en = "Unit", sv = "Enhet");
  responsibility @1 :Responsibility $required $label(en = "Responsibility", sv = "Ansvar");
  from @2 :Instant = F.absentInstant $form(instant) $required $label(en = "From", sv = "Från");
  until @3 :Instant = F.absentInstant $form(instant) $label(en = "Until (exclusive)", sv = "Till (ej med)");
  # Exclusive. Absent: until another is assigned.
  agreedWith @4 :List(Text) $form(unitId) $label(en = "Agreed with", sv = "Överenskommet med");
  # Absent: with nobody.

  enum Responsibility {
    unspecified @0;
    case @1 $label(en = "Case", sv = "Ärende");
    childInformation @2 $label(en = "Information to the child", sv = "Information till barnet");
    eviction @3 $label(en = "Eviction", sv = "Vräkning");
    health @4 $label(en = "Health", sv = "Hälsa");
    schooling @5 $label(en = "Schooling", sv = "Skolgång");
  }
}

struct HandoverRequested $streams([case]) $label(en = "Handover requested", sv = "Överlämning begärd") {
  handoverId @0 :Text $form(id) $required $label(en = "Handover", sv = "Överlämning");
  fromUnit @1 :Text $form(unitId) $required $label(en = "From unit", sv = "Från enhet");
  toUnit @2 :Text $form(unitId) $required $label(en = "To unit", sv = "Till enhet");
  what @3 :What $required $label(en = "What", sv = "Vad");
  personId @4 :Text $form(id) $refers(person) $label(en = "Person", sv = "Person");
  # Absent: the case's subject.
  dueDate @5 :Date = F.absentDate $form(date) $label(en = "Due", sv = "Senast");
  # Absent: no day set.

  enum What {
    unspecified @0;
    case @1 $label(en = "Case", sv = "Ärende");
    childConversation @2 $label(en = "Conversation with the child", sv = "Barnsamtal");
    measure @3 $label(en = "Measure", sv = "Insats");
    person @4 $label(en = "Person", sv = "Person");
  }
}

struct HandoverAnswered $streams([case]) $label(en = "Handover answered", sv = "Överlämning besvarad") {
  handoverId @0 :Text $form(id) $required $label(en = "Handover", sv = "Överlämning");
  result @1 :Result $required $label(en = "Result", sv = "Resultat");
  reason @2 :Reason $label(en = "Reason", sv = "Skäl");
  # Absent: none given.

  enum Result {
    unspecified @0;
    accepted @1 $label(en = "Accepted", sv = "Accepterat");
    rejected @2 $label(en = "Rejected", sv = "Avvisad");
    moreInfo @3 $label(en = "More information wanted", sv = "Mer uppgifter önskas");
  }

  enum Reason {
    unspecified @0;
    notOurTarget @1 $label(en = "Not our target group", sv = "Ej vår målgrupp");
    noConsent @2 $label(en = "No consent", sv = "Samtycke saknas");
    noApplication @3 $label(en = "No application", sv = "Ansökan saknas");
    secrecy @4 $label(en = "Secrecy", sv = "Sekretess");
    capacity @5 $label(en = "Capacity", sv = "Resursbrist");
    other @6 $label(en = "Other", sv = "Annat");
  }
}

struct InternalCoordinationAgreed $streams([case])
    $label(en = "Internal coordination agreed", sv = "Intern samordning överenskommen") {
  # Units that share a family agree who does what.

  units @0 :List(Text) $form(unitId) $required $label(en = "Units", sv = "Enheter");
  joint @1 :Flag $required $label(en = "Joint investigation of needs", sv = "Gemensam undersökning av behov");
  leadForChildConversation @2 :Text $form(unitId)
      $label(en = "Leads the conversations with the child", sv = "Håller i barnsamtalen");
  # Absent: not settled.
  responsibleForChildInformation @3 :Text $form(unitId)
      $label(en = "Informs the child", sv = "Ansvarar för information till barnet");
  # Absent: not settled.
  otherContacts @4 :List(Text) $form(code) $label(en = "Other contacts", sv = "Andra kontakter");
  # Absent: not recorded.
  jointInitialMeeting @5 :Flag $label(en = "Joint first meeting", sv = "Gemensamt första möte");
  # Absent: not recorded.
}

struct MutualUpdateGiven $streams([case]) $label(en = "Mutual update given", sv = "Ömsesidig uppdatering") {
  fromUnit @0 :Text $form(unitId) $required $label(en = "From unit", sv = "Från enhet");
  toUnits @1 :List(Text) $form(unitId) $required $label(en = "To units", sv = "Till enheter");
  sharedCaseIds @2 :List(Text) $form(id) $refers(case) $required
      $label(en = "Shared cases", sv = "Gemensamma ärenden");
  ground @3 :Text $form(code) $label(en = "Ground", sv = "Grund");
  # Absent: not stated.
}

struct DisagreementRaised $streams([disagreement]) $describes
    $label(en = "Disagreement raised", sv = "Oenighet anmäld") {
  # Between units, about a case or more.

  disagreementId @0 :Text $form(id) $refers(disagreement) $required
      $label(en = "Disagreement", sv = "Oenighet");
  # The same as the stream's id.
  units @1 :List(Text) $form(unitId) $required $label(en = "Units", sv = "Enheter");
  topic @2 :Topic $required $label(en = "Topic", sv = "Fråga");
  caseIds @3 :List(Text) $form(id) $refers(case) $required $label(en = "Cases", sv = "Ärenden");
  childrenAffected @4 :List(Text) $form(id) $refers(person)
      $label(en = "Children affected", sv = "Berörda barn");
  # Absent: not recorded.

  enum Topic {
    unspecified @0;
    responsibility @1 $label(en = "Responsibility", sv = "Ansvar");
    cost @2 $label(en = "Cost", sv = "Kostnad");
    bestInterests @3 $label(en = "Best interests of the child", sv = "Barnets bästa");
    secrecy @4 $label(en = "Secrecy", sv = "Sekretess");
    measure @5 $label(en = "Measure", sv = "Insats");
    other @6 $label(en = "Other", sv = "Annat");
  }
}

struct DisagreementEscalated $streams([disagreement])
    $label(en = "Disagreement escalated", sv = "Oenighet lyft") {
  disagreementId @0 :Text $form(id) $refers(disagreement) $required
      $label(en = "Disagreement", sv = "Oenighet");
  toLevel @1 :Level $required $label(en = "To level", sv = "Till nivå");

  enum Level {
    unspecified @0;
    caseworker @1 $label(en = "Caseworker", sv = "Handläggare");
    unitManager @2 $label(en = "Unit manager", sv = "Enhetschef");
    headOfAdministration @3 $label(en = "Head of administration", sv = "Förvaltningschef");
    steeringGroup @4 $label(en = "Steering group", sv = "Styrgrupp");
    twoPlusTwo @5 $label(en = "2+2 meeting", sv = "2+2-möte");
  }
}

struct DisagreementResolved $streams([disagreement])
    $label(en = "Disagreement resolved", sv = "Oenighet löst") {
  disagreementId @0 :Text $form(id) $refers(disagreement) $required
      $label(en = "Disagreement", sv = "Oenighet");
  outcome @1 :Outcome $required $label(en = "Outcome", sv = "Utfall");
  level @2 :DisagreementEscalated.Level $required $label(en = "Level", sv = "Nivå");
  # Where it was settled.
  childBestReasoned @3 :Flag $label(en = "Reasoned about the child's best", sv = "Barnets bästa prövat");
  # Absent: not recorded.

  enum Outcome {
    unspecified @0;
    agreed @1 $label(en = "Agreed", sv = "Överens");
    decidedByLevel @2 $label(en = "Decided by the level", sv = "Avgjort på nivån");
    withdrawn @3 $label(en = "Withdrawn", sv = "Återtagen");
  }
}

struct CoordinatedPlanAdopted $streams([case])
    $label(en = "Coordinated plan adopted", sv = "Samordnad plan upprättad") {
  # A SIP, or an internal individual plan.

  planId @0 :Text $form(id) $required $label(en = "Plan", sv = "Plan");
  kind @1 :Kind $required $label(en = "Kind of plan", sv = "Plantyp");
  parties @2 :List(Text) $form(unitId) $required $label(en = "Parties", sv = "Parter");
  childId @3 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  nextFollowUp @4 :Date = F.absentDate $form(date) $required
      $label(en = "Next follow-up", sv = "Nästa uppföljning");
  leadUnit @5 :Text $form(unitId) $label(en = "Lead unit", sv = "Samordnande enhet");
  # Absent: not settled.
  childTookPart @6 :Flag $label(en = "Child took part", sv = "Barnet deltog");
  # Absent: not recorded.
  guardiansTookPart @7 :Flag $label(en = "Guardians took part", sv = "Vårdnadshavare deltog");
  # Absent: not recorded.
  goals @8 :Int64 = -1 $form(u32) $label(en = "Number of goals", sv = "Antal mål");
  # A count. Absent: not recorded.

  enum Kind {
    unspecified @0;
    sip @1 $label(en = "SIP", sv = "SIP");
    internal @2 $label(en = "Internal individual plan", sv = "Intern individuell plan");
  }
}
