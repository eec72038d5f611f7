@0xd1a4c0e1f2b30101;
# Persons, organisation and rules: who there is, what has been agreed and which rules hold. Section A of the
# event catalogue.
# How absence is written stands in forms.capnp; what the forms allow, in annotations.capnp.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");
using label = import "../annotations.capnp".label;
using form = import "../annotations.capnp".form;
using required = import "../annotations.capnp".required;
using describes = import "../annotations.capnp".describes;
using identifying = import "../annotations.capnp".identifying;
using refers = import "../annotations.capnp".refers;
using streams = import "../annotations.capnp".streams;
using F = import "../forms.capnp";
using Date = import "../forms.capnp".Date;
using Flag = import "../forms.capnp".Flag;
using Role = import "../forms.capnp".Role;
using RuleEntry = import "../forms.capnp".RuleEntry;

struct PersonRegistered $streams([person]) $describes
    $label(en = "Person registered", sv = "Person registrerad") {
  # A person becomes known to the ledger, under a pseudonym. Name and personal number belong in `personal`.

  personId @0 :Text $form(id) $refers(person) $required $label(en = "Person", sv = "Person");
  # Pseudonym; the same as the stream's id.
  birthDate @1 :Date = F.absentDate $form(date) $identifying $required
      $label(en = "Date of birth", sv = "Födelsedatum");
  # With precision month or year the unknown parts are 01.
  birthDatePrecision @2 :BirthDatePrecision $required
      $label(en = "Precision of the date of birth", sv = "Födelsedatumets noggrannhet");
  # Less than day: counted as a child until the last possible 18th birthday.
  gender @3 :Gender $label(en = "Gender", sv = "Kön");
  # Absent: not recorded, the same as unknown in breakdowns.
  disability @4 :Disability $label(en = "Disability", sv = "Funktionsnedsättning");
  # Absent: not asked.
  unaccompanied @5 :Flag $label(en = "Unaccompanied child", sv = "Ensamkommande barn");
  # Absent: not known.
  protectedIdentity @6 :Flag $label(en = "Protected identity", sv = "Skyddade personuppgifter");
  # Absent: not known; shown with the same care as yes.

  enum BirthDatePrecision {
    unspecified @0;
    day @1 $label(en = "Day", sv = "Dag");
    month @2 $label(en = "Month", sv = "Månad");
    year @3 $label(en = "Year", sv = "År");
  }

  enum Gender {
    unspecified @0;
    female @1 $label(en = "Female", sv = "Kvinna");
    male @2 $label(en = "Male", sv = "Man");
    other @3 $label(en = "Other", sv = "Annat");
    unknown @4 $label(en = "Unknown", sv = "Okänt");
  }

  enum Disability {
    unspecified @0;
    none @1 $label(en = "None", sv = "Ingen");
    yes @2 $label(en = "Yes", sv = "Ja");
    unknown @3 $label(en = "Unknown", sv = "Okänt");
  }
}

struct FamilyRelationRecorded $streams([household])
    $label(en = "Family relation recorded", sv = "Familjerelation registrerad") {
  # A relation read from one person to another: from is the guardian (foster parent, trustee) of to.

  householdId @0 :Text $form(id) $refers(household) $required $label(en = "Household", sv = "Hushåll");
  # The same as the stream's id.
  fromPersonId @1 :Text $form(id) $refers(person) $required $label(en = "From person", sv = "Från person");
  # The guardian, foster parent or trustee.
  toPersonId @2 :Text $form(id) $refers(person) $required $label(en = "To person", sv = "Till person");
  # The child, as a rule.
  relation @3 :Relation $required $label(en = "Relation", sv = "Relation");
  validFrom @4 :Date = F.absentDate $form(date) $required $label(en = "Valid from", sv = "Gäller från");
  validTo @5 :Date = F.absentDate $form(date) $label(en = "Valid to (exclusive)", sv = "Gäller till (ej med)");
  # Exclusive. Absent: still holds.
  livesTogether @6 :Flag $label(en = "Live together", sv = "Bor tillsammans");
  # Absent: not known.

  enum Relation {
    unspecified @0;
    guardian @1 $label(en = "Guardian", sv = "Vårdnadshavare");
    specialGuardian @2 $label(en = "Specially appointed guardian", sv = "Särskilt förordnad vårdnadshavare");
    parentWithoutCustody @3 $label(en = "Parent without custody", sv = "Förälder utan vårdnad");
    householdMember @4 $label(en = "Household member", sv = "Hushållsmedlem");
    sibling @5 $label(en = "Sibling", sv = "Syskon");
    fosterParent @6 $label(en = "Foster parent", sv = "Familjehemsförälder");
    trustee @7 $label(en = "Trustee (unaccompanied child)", sv = "God man");
  }
}

struct RoleAppointed $streams([unit]) $label(en = "Role appointed", sv = "Uppdrag utsett") {
  # A unit has somebody in a role, such as child-rights representative.

  role @0 :Role $required $label(en = "Role", sv = "Roll");
  unitId @1 :Text $form(unitId) $required $label(en = "Unit", sv = "Enhet");
  validFrom @2 :Date = F.absentDate $form(date) $required $label(en = "Valid from", sv = "Gäller från");
  validTo @3 :Date = F.absentDate $form(date) $label(en = "Valid to (exclusive)", sv = "Gäller till (ej med)");
  # Exclusive. Absent: until further notice.
  personPseudonym @4 :Text $form(id) $identifying $label(en = "Person appointed", sv = "Utsedd person");
  # Absent: the role is filled, by whom is not recorded.
}

struct SteeringDocumentAdopted $streams([document]) $describes
    $label(en = "Steering document adopted", sv = "Styrdokument antaget") {
  # An agreement, plan, routine or guideline is in force; agreement rules bind its parties from validFrom.

  documentId @0 :Text $form(id) $refers(document) $required $label(en = "Document", sv = "Dokument");
  # The same as the stream's id.
  kind @1 :Kind $required $label(en = "Kind of document", sv = "Dokumenttyp");
  version @2 :Int64 = -1 $form(u32) $required
      $label(en = "Version of the document", sv = "Dokumentets version");
  adoptedBy @3 :Text $form(unitId) $required $label(en = "Adopted by", sv = "Antaget av");
  # The board or unit that decided.
  validFrom @4 :Date = F.absentDate $form(date) $required $label(en = "Valid from", sv = "Gäller från");
  validTo @5 :Date = F.absentDate $form(date) $label(en = "Valid to (exclusive)", sv = "Gäller till (ej med)");
  # Exclusive. Absent: until replaced.
  parties @6 :List(Text) $form(unitId) $label(en = "Parties", sv = "Parter");
  # Absent: binds nobody by itself.
  area @7 :Text $form(code) $label(en = "Area", sv = "Område");
  # Absent: all areas.
  bindingLevel @8 :BindingLevel $label(en = "Binding level", sv = "Bindningsgrad");
  # Absent: not stated in the document.
  replaces @9 :Text $form(id) $refers(document) $label(en = "Replaces document", sv = "Ersätter dokument");
  # Absent: replaces none.
  childRightsText @10 :Flag $label(en = "Mentions the rights of the child", sv = "Nämner barnets rättigheter");
  # Absent: not reviewed.
  targets @11 :List(Text) $form(text) $label(en = "Targets", sv = "Mål");
  # As worded in the document. Absent: none recorded.

  enum Kind {
    unspecified @0;
    agreement @1 $label(en = "Agreement", sv = "Överenskommelse");
    collaborationPlan @2 $label(en = "Collaboration plan", sv = "Samverkansplan");
    activityPlan @3 $label(en = "Activity plan", sv = "Aktivitetsplan");
    implementationPlan @4 $label(en = "Implementation plan", sv = "Genomförandeplan");
    actionPlan @5 $label(en = "Action plan", sv = "Handlingsplan");
    routine @6 $label(en = "Routine", sv = "Rutin");
    guideline @7 $label(en = "Guideline", sv = "Riktlinje");
    checklist @8 $label(en = "Checklist", sv = "Checklista");
    supportMaterial @9 $label(en = "Support material", sv = "Stödmaterial");
  }

  enum BindingLevel {
    unspecified @0;
    must @1 $label(en = "Must", sv = "Ska");
    should @2 $label(en = "Should", sv = "Bör");
    recommended @3 $label(en = "Recommended", sv = "Rekommenderas");
  }
}

struct RuleSetAdopted $streams([rules]) $describes $label(en = "Rule set adopted", sv = "Regelverk antaget") {
  # Rules and indicators take effect. The ledger's first event adopts the shipped base set.

  ruleSetId @0 :Text $form(id) $refers(rules) $required $label(en = "Rule set", sv = "Regelverk");
  # The same as the stream's id.
  inForceFrom @1 :Date = F.absentDate $form(date) $required $label(en = "In force from", sv = "I kraft från");
  rules @2 :List(RuleEntry) $required $label(en = "Rules", sv = "Regler");
  # A summary; the whole is in definition.
  inForceTo @3 :Date = F.absentDate $form(date)
      $label(en = "In force to (exclusive)", sv = "I kraft till (ej med)");
  # Exclusive. Absent: until further notice.
  municipality @4 :Text $form(municipality) $label(en = "Municipality", sv = "Kommun");
  # Absent: holds for all municipalities.
  replaces @5 :Text $form(id) $refers(rules) $label(en = "Replaces rule set", sv = "Ersätter regelverk");
  # Absent: adds to those in force.
  definition @6 :Text $form(document) $label(en = "Definition", sv = "Definition");
  # The JSON text of the whole rule set as adopted, up to 2 MiB. It is what judges. Absent: the event is a record
  # that a set was adopted somewhere, and judges nothing; rules is all there is.
}

struct ForumEstablished $streams([forum]) $describes $label(en = "Forum established", sv = "Forum inrättat") {
  # A standing forum with members and a meeting frequency, such as 2+2, a child team or LEFA.

  forumId @0 :Text $form(id) $refers(forum) $required $label(en = "Forum", sv = "Forum");
  # The same as the stream's id.
  kind @1 :Kind $required $label(en = "Kind of forum", sv = "Forumtyp");
  purpose @2 :Text $form(text) $required $label(en = "Purpose", sv = "Syfte");
  parties @3 :List(Text) $form(unitId) $required $label(en = "Parties", sv = "Parter");
  validFrom @4 :Date = F.absentDate $form(date) $required $label(en = "Valid from", sv = "Gäller från");
  minMeetingsPerYear @5 :Int64 = -1 $form(u32)
      $label(en = "Minimum meetings a year", sv = "Minsta antal möten per år");
  # Absent: none required.
  minMeetingsPerTerm @6 :Int64 = -1 $form(u32)
      $label(en = "Minimum meetings a term", sv = "Minsta antal möten per termin");
  # Absent: none required.
  memberRoles @7 :List(Role) $label(en = "Roles of members", sv = "Medlemmarnas roller");
  # Absent: not laid down.
  ageBandFrom @8 :Int16 = -1 $form(u8) $label(en = "Children from age", sv = "Barn från ålder");
  # Whole years, inclusive. Absent: no lower bound.
  ageBandTo @9 :Int16 = -1 $form(u8) $label(en = "Children to age", sv = "Barn till ålder");
  # Whole years, inclusive. Absent: no upper bound.
  orgLevel @10 :OrgLevel $label(en = "Organisational level", sv = "Organisationsnivå");
  # Absent: not stated.
  childRightsStanding @11 :Flag $label(en = "Child rights a standing item", sv = "Barnrätt stående punkt");
  # Absent: no.
  validTo @12 :Date = F.absentDate $form(date)
      $label(en = "Valid to (exclusive)", sv = "Gäller till (ej med)");
  # Exclusive. Absent: until further notice.

  enum Kind {
    unspecified @0;
    twoPlusTwo @1 $label(en = "2+2 meeting", sv = "2+2-möte");
    steeringGroup @2 $label(en = "Steering group", sv = "Styrgrupp");
    workingGroup @3 $label(en = "Working group", sv = "Arbetsgrupp");
    childTeam @4 $label(en = "Child team", sv = "Barnteam");
    childHealthTeam @5 $label(en = "Child health team", sv = "Barnhälsoteam");
    lefa @6 $label(en = "LEFA", sv = "LEFA");
    familyCentre @7 $label(en = "Family centre", sv = "Familjecentral");
    managerNetwork @8 $label(en = "Network of managers", sv = "Chefsnätverk");
    coordinatorNetwork @9 $label(en = "Network of coordinators", sv = "Samordnarnätverk");
    representativeGroup @10 $label(en = "Group of child-rights representatives", sv = "Barnrättsombudsgrupp");
    jointManagement @11 $label(en = "Joint management", sv = "Gemensam ledningsgrupp");
    other @12 $label(en = "Other", sv = "Annat");
  }

  enum OrgLevel {
    unspecified @0;
    political @1 $label(en = "Political", sv = "Politisk");
    administration @2 $label(en = "Administration", sv = "Förvaltning");
    unit @3 $label(en = "Unit", sv = "Enhet");
    staff @4 $label(en = "Staff", sv = "Medarbetare");
  }
}
