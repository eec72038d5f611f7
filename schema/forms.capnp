@0xd1a4c0e1f2b30002;
# Types that several events share, and how absence is written.
#
# Absence. A field that was not given holds its default value, which is no value of the field:
#   text and lists   null pointer (an empty list is present: "asked, and there are none")
#   enumerations     unspecified, which is no enumerator in JSON
#   booleans         Flag.absent
#   counts           -1 (the carrier is the next wider signed integer)
#   reals            NaN
#   dates, instants  absentDate, absentInstant
# So one rule serves required and optional fields, and a required field that is missing is noticed on the wire too.
# A list holds at most 10 000 items.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");
using label = import "annotations.capnp".label;
using form = import "annotations.capnp".form;
using required = import "annotations.capnp".required;
using refers = import "annotations.capnp".refers;

using Date = Int32;
# Days since 1970-01-01 in the proleptic Gregorian calendar, no zone. Years 1 to 9999.
const absentDate :Int32 = -2147483648;

using Instant = Int64;
# Microseconds since 1970-01-01T00:00:00 UTC. Years 1 to 9999.
const absentInstant :Int64 = -9223372036854775808;

enum Flag {
  # A boolean that knows whether it was given. In JSON: false and true.
  absent @0;
  no @1 $label(en = "No", sv = "Nej");
  yes @2 $label(en = "Yes", sv = "Ja");
}

enum Role {
  # In which role somebody acts, is invited or is appointed.
  unspecified @0;
  child @1 $label(en = "Child", sv = "Barn");
  guardian @2 $label(en = "Guardian", sv = "Vårdnadshavare");
  reporter @3 $label(en = "Reporter", sv = "Anmälare");
  receptionOfficer @4 $label(en = "Reception officer", sv = "Mottagningshandläggare");
  childCaseworker @5 $label(en = "Child caseworker", sv = "Socialsekreterare barn och unga");
  adultCaseworker @6 $label(en = "Adult caseworker", sv = "Handläggare vuxna");
  schoolStaff @7 $label(en = "School staff", sv = "Skolpersonal");
  studentHealthStaff @8 $label(en = "Student health staff", sv = "Elevhälsopersonal");
  preschoolStaff @9 $label(en = "Preschool staff", sv = "Förskolepersonal");
  healthCareStaff @10 $label(en = "Health care staff", sv = "Hälso- och sjukvårdspersonal");
  fieldWorker @11 $label(en = "Field worker", sv = "Fältarbetare");
  police @12 $label(en = "Police", sv = "Polis");
  unitManager @13 $label(en = "Unit manager", sv = "Enhetschef");
  headOfAdministration @14 $label(en = "Head of administration", sv = "Förvaltningschef");
  boardChair @15 $label(en = "Chair of the board", sv = "Nämndordförande");
  childRightsCoordinator @16 $label(en = "Child-rights coordinator", sv = "Barnrättssamordnare");
  childRightsRepresentative @17 $label(en = "Child-rights representative", sv = "Barnrättsombud");
  qualityController @18 $label(en = "Quality controller", sv = "Kvalitetsgranskare");
  system @19 $label(en = "System", sv = "System");
}

enum MeasureKind {
  # What a measure is.
  unspecified @0;
  fosterHome @1 $label(en = "Foster home", sv = "Familjehem");
  emergencyFosterHome @2 $label(en = "Emergency foster home", sv = "Jourhem");
  residentialCare @3 $label(en = "Residential care", sv = "HVB");
  supportedHousing @4 $label(en = "Supported housing", sv = "Stödboende");
  shelteredHousing @5 $label(en = "Sheltered housing", sv = "Skyddat boende");
  openCare @6 $label(en = "Open care", sv = "Öppenvård");
  familyTherapy @7 $label(en = "Family therapy", sv = "Familjeterapi");
  treatment @8 $label(en = "Treatment", sv = "Behandling");
  contactPerson @9 $label(en = "Contact person", sv = "Kontaktperson");
  incomeSupport @10 $label(en = "Income support", sv = "Ekonomiskt bistånd");
  lss @11 $label(en = "Support under LSS", sv = "Insats enligt LSS");
  other @12 $label(en = "Other", sv = "Annat");
}

enum ConsentScope {
  # What a consent allows. It never covers more than its scope and its recipients.
  unspecified @0;
  contactBetweenUnits @1 $label(en = "Contact between units", sv = "Kontakt mellan enheter");
  informationSharing @2 $label(en = "Sharing of information", sv = "Utbyte av uppgifter");
  childConversationInAdultCase @3
      $label(en = "Conversation with the child in an adult's case", sv = "Barnsamtal i vuxenärende");
  teamDiscussion @4 $label(en = "Discussion in a team", sv = "Samtal i team");
  sip @5 $label(en = "Coordinated plan (SIP)", sv = "Samordnad plan (SIP)");
  care @6 $label(en = "Care", sv = "Vård");
}

struct JsonEntry {
  # One member of a JSON object whose names are not fixed by the schema. Entries are sorted by name, each name once.
  name @0 :Text;  # 1 to 64 of A-Z a-z 0-9 _ and -
  json @1 :Text;  # the value as JSON, without blanks and with the members of objects sorted by name
}

struct Participant {
  # Who was invited or attended: somebody in a role, from a unit or in person.
  role @0 :Role $required $label(en = "Role", sv = "Roll");
  unitId @1 :Text $form(unitId) $label(en = "Unit", sv = "Enhet");
  # Absent: takes part in person.
  personId @2 :Text $form(id) $refers(person) $label(en = "Person", sv = "Person");
  # Absent: whoever the unit sends.
}

struct AgendaItem {
  # One item of a meeting's agenda.
  item @0 :Text $form(text) $required $label(en = "Item", sv = "Punkt");
  childRights @1 :Flag $required $label(en = "Child rights", sv = "Barnrätt");
}

struct Score {
  # One answer of a questionnaire, as a number.
  item @0 :Text $form(code) $required $label(en = "Item", sv = "Fråga");
  value @1 :Float64 = nan $form(real) $required $label(en = "Value", sv = "Värde");
}

struct CheckResult {
  # One figure of a self-check.
  item @0 :Text $form(code) $required $label(en = "Item", sv = "Fråga");
  value @1 :Float64 = nan $form(real) $required $label(en = "Value", sv = "Värde");
  n @2 :Int64 = -1 $form(u32) $label(en = "Number of answers", sv = "Antal svar");
  # Absent: not known.
}

struct RuleEntry {
  # One rule or indicator of an adopted set, in summary.
  ruleId @0 :Text $form(id) $required $label(en = "Rule", sv = "Regel");
  severity @1 :Text $form(code) $label(en = "Severity", sv = "Allvarlighetsgrad");
  # must, should, agreed or advisory. Absent: as in the definition.
  limit @2 :Text $form(text) $label(en = "Limit", sv = "Tidsgräns");
  # As people read it, such as "14 days". Absent: no time limit.
  legalRef @3 :Text $form(text) $label(en = "Legal reference", sv = "Lagrum");
  # Absent: none.
  parameters @4 :List(JsonEntry) $label(en = "Parameters", sv = "Parametrar");
  # Absent: none.
}

struct FrozenFigure {
  # One line of an indicator: one group. Numbers that are absent are either hidden (suppressed) or not there.
  indicator @0 :Text $form(id) $required $label(en = "Indicator", sv = "Indikator");
  group @1 :List(JsonEntry) $required $label(en = "Group", sv = "Grupp");
  # Dimension to value.
  numerator @2 :Float64 = nan $form(real) $label(en = "Numerator", sv = "Täljare");
  denominator @3 :Float64 = nan $form(real) $label(en = "Denominator", sv = "Nämnare");
  pending @4 :Int64 = -1 $form(u32) $label(en = "Pending", sv = "Pågående");
  waived @5 :Int64 = -1 $form(u32) $label(en = "Waived", sv = "Undantagna");
  value @6 :Float64 = nan $form(real) $label(en = "Value", sv = "Värde");
  median @7 :Float64 = nan $form(real) $label(en = "Median (days)", sv = "Median (dagar)");
  p90 @8 :Float64 = nan $form(real) $label(en = "90th percentile (days)", sv = "90:e percentilen (dagar)");
  suppressed @9 :Flag $required $label(en = "Suppressed", sv = "Skyddad");
  show @10 :Text $form(code) $required $label(en = "Shown as", sv = "Visas som");
}
