@0xd1a4c0e1f2b30102;
# Intake and risk: what comes in about a child or an adult, and the first answers to it. Section B of the
# event catalogue.
# How absence is written stands in forms.capnp; what the forms allow, in annotations.capnp.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");
using label = import "../annotations.capnp".label;
using form = import "../annotations.capnp".form;
using required = import "../annotations.capnp".required;
using describes = import "../annotations.capnp".describes;
using loose = import "../annotations.capnp".loose;
using refers = import "../annotations.capnp".refers;
using streams = import "../annotations.capnp".streams;
using F = import "../forms.capnp";
using Date = import "../forms.capnp".Date;
using Flag = import "../forms.capnp".Flag;
using Instant = import "../forms.capnp".Instant;

struct CaseOpened $streams([case]) $describes $label(en = "Case opened", sv = "Ärende aktualiserat") {
  # A person becomes known to a unit. Always the first event of a case's stream; one case a person.

  caseId @0 :Text $form(id) $refers(case) $required $label(en = "Case", sv = "Ärende");
  # The same as the stream's id.
  caseKind @1 :CaseKind $required $label(en = "Kind of case", sv = "Ärendetyp");
  subjectPersonId @2 :Text $form(id) $refers(person) $required
      $label(en = "Person the case is about", sv = "Person ärendet gäller");
  unitId @3 :Text $form(unitId) $required $label(en = "Unit", sv = "Enhet");
  # The unit responsible until another is assigned.
  area @4 :Area $required $label(en = "Area", sv = "Verksamhetsområde");
  householdId @5 :Text $form(id) $refers(household) $label(en = "Household", sv = "Hushåll");
  # Absent: no household known.
  childrenInHousehold @6 :List(Text) $form(id) $refers(person)
      $label(en = "Children in the household", sv = "Barn i hushållet");
  # Absent: not asked; an empty list: asked, none.
  district @7 :Text $form(unitId) $label(en = "District", sv = "Stadsdel");
  # The district administration. Absent: a municipality without districts.

  enum CaseKind {
    unspecified @0;
    child @1 $label(en = "Child", sv = "Barn");
    adult @2 $label(en = "Adult", sv = "Vuxen");
  }

  enum Area {
    unspecified @0;
    childWelfare @1 $label(en = "Child welfare", sv = "Barn och unga");
    incomeSupport @2 $label(en = "Income support", sv = "Ekonomiskt bistånd");
    adultMisuse @3 $label(en = "Adult substance misuse", sv = "Missbruk vuxna");
    relationshipViolence @4 $label(en = "Relationship violence", sv = "Våld i nära relation");
    disability @5 $label(en = "Disability", sv = "Funktionsnedsättning");
    homelessness @6 $label(en = "Homelessness", sv = "Hemlöshet");
    familyLaw @7 $label(en = "Family law", sv = "Familjerätt");
    openCare @8 $label(en = "Open care", sv = "Öppenvård");
  }
}

struct ConcernReported $streams([case]) $label(en = "Concern reported", sv = "Orosanmälan inkommen") {
  # Somebody reports concern about a child. The clock of the preliminary assessment starts at receivedAt.

  reportId @0 :Text $form(id) $required $label(en = "Report", sv = "Anmälan");
  childId @1 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  receivedAt @2 :Instant = F.absentInstant $form(instant) $required $label(en = "Received", sv = "Inkom");
  reporterKind @3 :ReporterKind $required $label(en = "Reporter", sv = "Anmälare");
  reporterMandated @4 :Flag $required
      $label(en = "Reporter is bound to report", sv = "Anmälningsskyldig anmälare");
  concernKinds @5 :List(ConcernKind) $required $label(en = "Concerns", sv = "Oro för");
  violenceExposed @6 :Flag $required $label(en = "Exposed to violence", sv = "Utsatt för våld");
  violenceWitnessed @7 :Flag $required $label(en = "Witnessed violence", sv = "Bevittnat våld");
  reporterUnitId @8 :Text $form(unitId) $label(en = "Reporting unit", sv = "Anmälande enhet");
  # Absent: not a unit, or anonymous.
  visibleInjury @9 :Flag $label(en = "Visible injury", sv = "Synlig skada");
  # Absent: not known.
  suspectedPersonId @10 :Text $form(id) $refers(person) $loose
      $label(en = "Suspected person", sv = "Misstänkt person");
  # Absent: nobody named.
  preparedWith @11 :List(Preparer) $label(en = "Prepared with", sv = "Förberedd med");
  # Absent: not stated; an empty list: with nobody.
  homeMunicipality @12 :Text $form(municipality)
      $label(en = "Home municipality of the child", sv = "Barnets hemkommun");
  # Absent: the event's municipality.
  textRef @13 :Text $form(id) $label(en = "Text of the report", sv = "Anmälans text");
  # Document kept elsewhere. Absent: none.

  enum ReporterKind {
    unspecified @0;
    school @1 $label(en = "School", sv = "Skola");
    preschool @2 $label(en = "Preschool", sv = "Förskola");
    healthCare @3 $label(en = "Health care", sv = "Hälso- och sjukvård");
    police @4 $label(en = "Police", sv = "Polis");
    socialServices @5 $label(en = "Social services", sv = "Socialtjänst");
    leisure @6 $label(en = "Leisure", sv = "Fritidsverksamhet");
    public @7 $label(en = "The public", sv = "Allmänheten");
    anonymous @8 $label(en = "Anonymous", sv = "Anonym");
    self @9 $label(en = "Self", sv = "Den enskilde själv");
    other @10 $label(en = "Other", sv = "Annat");
  }

  enum ConcernKind {
    unspecified @0;
    violence @1 $label(en = "Violence", sv = "Våld");
    neglect @2 $label(en = "Neglect", sv = "Omsorgssvikt");
    misuse @3 $label(en = "Substance misuse", sv = "Missbruk");
    crime @4 $label(en = "Crime", sv = "Brottslighet");
    absence @5 $label(en = "Absence from school", sv = "Skolfrånvaro");
    selfHarm @6 $label(en = "Self-harm", sv = "Självskada");
    honour @7 $label(en = "Honour-related oppression", sv = "Hedersförtryck");
    sexualAbuse @8 $label(en = "Sexual abuse", sv = "Sexuella övergrepp");
    bullying @9 $label(en = "Bullying", sv = "Mobbning");
    economicEviction @10 $label(en = "Economy or eviction", sv = "Ekonomi eller vräkning");
    familyRelation @11 $label(en = "Family relations", sv = "Familjerelationer");
    other @12 $label(en = "Other", sv = "Annat");
  }

  enum Preparer {
    unspecified @0;
    schoolManagement @1 $label(en = "School management", sv = "Skolledning");
    studentHealth @2 $label(en = "Student health service", sv = "Elevhälsa");
    guardians @3 $label(en = "Guardians", sv = "Vårdnadshavare");
  }
}

struct ApplicationReceived $streams([case]) $label(en = "Application received", sv = "Ansökan inkommen") {
  # Somebody applies for aid or a measure.

  applicantId @0 :Text $form(id) $refers(person) $required $label(en = "Applicant", sv = "Sökande");
  applicationKind @1 :ApplicationKind $required $label(en = "Kind of application", sv = "Ansökan avser");
  receivedAt @2 :Instant = F.absentInstant $form(instant) $required $label(en = "Received", sv = "Inkom");
  childrenConcerned @3 :List(Text) $form(id) $refers(person)
      $label(en = "Children concerned", sv = "Berörda barn");
  # Absent: not asked; an empty list: asked, none.

  enum ApplicationKind {
    unspecified @0;
    incomeSupport @1 $label(en = "Income support", sv = "Ekonomiskt bistånd");
    treatment @2 $label(en = "Treatment", sv = "Behandling");
    shelteredHousing @3 $label(en = "Sheltered housing", sv = "Skyddat boende");
    familySupport @4 $label(en = "Family support", sv = "Familjestöd");
    lss @5 $label(en = "Support under LSS", sv = "Insats enligt LSS");
    otherAid @6 $label(en = "Other aid", sv = "Annat bistånd");
  }
}

struct ProtectionAssessed $streams([case])
    $label(en = "Immediate protection assessed", sv = "Skyddsbedömning gjord") {
  # Whether the child needs protection at once (omedelbart skydd).

  reportId @0 :Text $form(id) $required $label(en = "Report", sv = "Anmälan");
  immediateNeed @1 :Flag $required $label(en = "Immediate need of protection", sv = "Omedelbart skyddsbehov");
  assessedAt @2 :Instant = F.absentInstant $form(instant) $required $label(en = "Assessed", sv = "Bedömt");
  actions @3 :List(Action) $label(en = "Actions", sv = "Åtgärder");
  # Absent: not recorded.
  childSeen @4 :Flag $label(en = "Child seen", sv = "Barnet träffat");
  # Absent: not recorded.
  siblingsConsidered @5 :List(Text) $form(id) $refers(person)
      $label(en = "Siblings considered", sv = "Syskon beaktade");
  # Absent: not recorded; an empty list: none considered.

  enum Action {
    unspecified @0;
    shelteredHousing @1 $label(en = "Sheltered housing", sv = "Skyddat boende");
    placement @2 $label(en = "Placement", sv = "Placering");
    safetyPlan @3 $label(en = "Safety plan", sv = "Säkerhetsplan");
    policeContact @4 $label(en = "Contact with the police", sv = "Kontakt med polisen");
    none @5 $label(en = "None", sv = "Ingen");
  }
}

struct InvestigationDecided $streams([case]) $label(en = "Investigation decided", sv = "Beslut om utredning") {
  # The decision to open, or not to open, an investigation.

  outcome @0 :Outcome $required $label(en = "Outcome", sv = "Utfall");
  decidedAt @1 :Instant = F.absentInstant $form(instant) $required $label(en = "Decided", sv = "Beslutat");
  legalRef @2 :Text $form(code) $required $label(en = "Legal reference", sv = "Lagrum");
  reportId @3 :Text $form(id) $label(en = "Report", sv = "Anmälan");
  # Absent: not decided on a report.
  applicationId @4 :Text $form(id) $label(en = "Application", sv = "Ansökan");
  # Absent: not decided on an application.
  preliminaryAssessmentMade @5 :Flag
      $label(en = "Preliminary assessment made", sv = "Förhandsbedömning gjord");
  # Absent: not recorded.
  reasonCode @6 :Text $form(code) $label(en = "Reason", sv = "Skäl");
  # Absent: none recorded.
  delayReason @7 :DelayReason $label(en = "Reason for delay", sv = "Skäl för dröjsmål");
  # Absent: none given.

  enum Outcome {
    unspecified @0;
    open @1 $label(en = "Open", sv = "Inled");
    notOpen @2 $label(en = "Do not open", sv = "Inled inte");
    alreadyOpen @3 $label(en = "Already open", sv = "Redan inledd");
  }

  enum DelayReason {
    unspecified @0;
    extraordinary @1 $label(en = "Extraordinary circumstances", sv = "Synnerliga skäl");
    none @2 $label(en = "None", sv = "Ingen");
  }
}

struct GuardiansInformed $streams([case]) $label(en = "Guardian informed", sv = "Vårdnadshavare informerad") {
  # One guardian is told, or telling is put off with a reason.

  guardianId @0 :Text $form(id) $refers(person) $required $label(en = "Guardian", sv = "Vårdnadshavare");
  status @1 :Status $required $label(en = "Status", sv = "Status");
  about @2 :About $required $label(en = "About", sv = "Om");
  deferReason @3 :DeferReason $label(en = "Reason for putting off", sv = "Skäl att vänta");
  # Absent: none given.
  reviewDate @4 :Date = F.absentDate $form(date) $label(en = "To be reconsidered", sv = "Omprövas");
  # Absent: no day set.

  enum Status {
    unspecified @0;
    informed @1 $label(en = "Informed", sv = "Informerad");
    deferred @2 $label(en = "Put off", sv = "Uppskjuten");
  }

  enum About {
    unspecified @0;
    report @1 $label(en = "Report of concern", sv = "Orosanmälan");
    investigationOpened @2 $label(en = "Investigation opened", sv = "Utredning inledd");
    decision @3 $label(en = "Decision", sv = "Beslut");
  }

  enum DeferReason {
    unspecified @0;
    riskToChild @1 $label(en = "Risk to the child", sv = "Risk för barnet");
    crimeInvestigation @2 $label(en = "Criminal investigation", sv = "Förundersökning");
    unreachable @3 $label(en = "Unreachable", sv = "Onåbar");
    other @4 $label(en = "Other", sv = "Annat");
  }
}

struct ViolenceIndicated $streams([case]) $label(en = "Violence indicated", sv = "Uppgift om våld") {
  # Information that somebody was exposed to or witnessed violence. A child's words in a parent's meeting
  # belong here; they are not a hearing.

  source @0 :Source $required $label(en = "Source", sv = "Källa");
  victims @1 :List(Text) $form(id) $refers(person) $required $label(en = "Victims", sv = "Våldsutsatta");
  exposed @2 :Flag $required $label(en = "Exposed", sv = "Utsatt");
  witnessed @3 :Flag $required $label(en = "Witnessed", sv = "Bevittnat");
  suspectedPersonId @4 :Text $form(id) $refers(person) $loose
      $label(en = "Suspected person", sv = "Misstänkt person");
  # Absent: nobody named.
  lastOccurredOn @5 :Date = F.absentDate $form(date) $label(en = "Last occurred", sv = "Inträffade senast");
  # Absent: not known.
  visibleInjury @6 :Flag $label(en = "Visible injury", sv = "Synlig skada");
  # Absent: not known.
  injuredPersonIds @7 :List(Text) $form(id) $refers(person)
      $label(en = "Injured persons", sv = "Skadade personer");
  # Absent: not known.
  honourContext @8 :Flag $label(en = "Honour context", sv = "Hederskontext");
  # Absent: not known.

  enum Source {
    unspecified @0;
    child @1 $label(en = "Child", sv = "Barn");
    parent @2 $label(en = "Parent", sv = "Förälder");
    sibling @3 $label(en = "Sibling", sv = "Syskon");
    staffObservation @4 $label(en = "Observed by staff", sv = "Iakttaget av personal");
    report @5 $label(en = "Report of concern", sv = "Orosanmälan");
    other @6 $label(en = "Other", sv = "Annat");
  }
}

struct ViolenceAsked $streams([case])
    $label(en = "Question about violence asked", sv = "Fråga om våld ställd") {
  # The question was put; what was answered is a code, never the words.

  askedPersonId @0 :Text $form(id) $refers(person) $required
      $label(en = "Person asked", sv = "Tillfrågad person");
  isChild @1 :Flag $required $label(en = "Is a child", sv = "Är barn");
  setting @2 :Setting $required $label(en = "Setting", sv = "Samtalssituation");
  answered @3 :Answered $label(en = "Answer", sv = "Svar");
  # Absent: the same as notRecorded.

  enum Setting {
    unspecified @0;
    alone @1 $label(en = "Alone", sv = "Enskilt");
    withOthers @2 $label(en = "With others", sv = "Tillsammans med andra");
  }

  enum Answered {
    unspecified @0;
    yes @1 $label(en = "Yes", sv = "Ja");
    no @2 $label(en = "No", sv = "Nej");
    noAnswer @3 $label(en = "No answer", sv = "Inget svar");
    notRecorded @4 $label(en = "Not recorded", sv = "Ej dokumenterat");
  }
}

struct RiskSituationNotified $streams([case, household])
    $label(en = "Risk situation notified", sv = "Risksituation uppmärksammad") {
  # Eviction, homelessness or a missing child, and how it goes on: a later event with another status updates
  # it.

  kind @0 :Kind $required $label(en = "Kind of situation", sv = "Typ av situation");
  notifiedAt @1 :Instant = F.absentInstant $form(instant) $required
      $label(en = "Notified", sv = "Uppmärksammat");
  status @2 :Status $required $label(en = "Status", sv = "Status");
  plannedDate @3 :Date = F.absentDate $form(date) $label(en = "Planned day", sv = "Planerad dag");
  # Of the eviction. Absent: no day set.
  cause @4 :Text $form(code) $label(en = "Cause", sv = "Orsak");
  # Absent: not recorded.
  childrenAffected @5 :List(Text) $form(id) $refers(person)
      $label(en = "Children affected", sv = "Berörda barn");
  # Absent: not asked; an empty list: none.
  notifier @6 :Notifier $label(en = "Notified by", sv = "Uppmärksammat av");
  # Absent: not recorded.

  enum Kind {
    unspecified @0;
    eviction @1 $label(en = "Eviction", sv = "Vräkning");
    homelessness @2 $label(en = "Homelessness", sv = "Hemlöshet");
    missingChild @3 $label(en = "Missing child", sv = "Försvunnet barn");
  }

  enum Status {
    unspecified @0;
    open @1 $label(en = "Open", sv = "Pågår");
    averted @2 $label(en = "Averted", sv = "Avvärjd");
    executed @3 $label(en = "Executed", sv = "Verkställd");
    found @4 $label(en = "Found", sv = "Återfunnen");
  }

  enum Notifier {
    unspecified @0;
    landlord @1 $label(en = "Landlord", sv = "Hyresvärd");
    enforcementAuthority @2 $label(en = "Enforcement authority", sv = "Kronofogden");
    unit @3 $label(en = "Unit", sv = "Enhet");
    other @4 $label(en = "Other", sv = "Annat");
  }
}

struct SchoolSituationReported $streams([case])
    $label(en = "School situation reported", sv = "Skolsituation rapporterad") {
  # How the child's schooling goes, as of a day.

  childId @0 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  asOf @1 :Date = F.absentDate $form(date) $required $label(en = "As of", sv = "Per den");
  attendance @2 :Attendance $required $label(en = "Attendance", sv = "Närvaro");
  trend @3 :Trend $label(en = "Trend", sv = "Utveckling");
  # Absent: no earlier report to compare with.
  supportPlan @4 :SupportPlan $label(en = "Support plan", sv = "Stödplan");
  # Absent: not recorded.
  pupilTookPart @5 :Flag $label(en = "Pupil took part", sv = "Eleven deltog");
  # Absent: not recorded.
  reason @6 :Reason $label(en = "Reason of the report", sv = "Anledning till rapporten");
  # Absent: none in particular.

  enum Attendance {
    unspecified @0;
    normal @1 $label(en = "Normal", sv = "Normal");
    concern @2 $label(en = "Cause for concern", sv = "Oroande");
    highAbsence @3 $label(en = "High absence", sv = "Hög frånvaro");
    none @4 $label(en = "None", sv = "Ingen");
    unknown @5 $label(en = "Unknown", sv = "Okänt");
  }

  enum Trend {
    unspecified @0;
    better @1 $label(en = "Better", sv = "Bättre");
    same @2 $label(en = "The same", sv = "Oförändrat");
    worse @3 $label(en = "Worse", sv = "Sämre");
  }

  enum SupportPlan {
    unspecified @0;
    none @1 $label(en = "None", sv = "Ingen");
    actionProgramme @2 $label(en = "Action programme", sv = "Åtgärdsprogram");
    developmentPlan @3 $label(en = "Development plan", sv = "Utvecklingsplan");
  }

  enum Reason {
    unspecified @0;
    placement @1 $label(en = "Placement", sv = "Placering");
    shelteredHousing @2 $label(en = "Sheltered housing", sv = "Skyddat boende");
    investigation @3 $label(en = "Investigation", sv = "Utredning");
    followUp @4 $label(en = "Follow-up", sv = "Uppföljning");
  }
}
