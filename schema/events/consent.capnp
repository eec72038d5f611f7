@0xd1a4c0e1f2b30105;
# Consent, secrecy and sharing: who may tell whom what, and who did. Section E of the event catalogue.
# How absence is written stands in forms.capnp; what the forms allow, in annotations.capnp.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");
using label = import "../annotations.capnp".label;
using form = import "../annotations.capnp".form;
using required = import "../annotations.capnp".required;
using refers = import "../annotations.capnp".refers;
using streams = import "../annotations.capnp".streams;
using F = import "../forms.capnp";
using ConsentScope = import "../forms.capnp".ConsentScope;
using Date = import "../forms.capnp".Date;
using Flag = import "../forms.capnp".Flag;
using Instant = import "../forms.capnp".Instant;

struct ConsentRequested $streams([case]) $label(en = "Consent requested", sv = "Samtycke efterfrågat") {
  # Linked to the answers by consentId.

  consentId @0 :Text $form(id) $required $label(en = "Consent", sv = "Samtycke");
  giverId @1 :Text $form(id) $refers(person) $required $label(en = "Giver", sv = "Den som samtycker");
  subjectId @2 :Text $form(id) $refers(person) $required
      $label(en = "Whom it concerns", sv = "Den samtycket gäller");
  scope @3 :ConsentScope $required $label(en = "Scope", sv = "Omfattning");
  recipients @4 :List(Text) $form(unitId) $required $label(en = "Recipients", sv = "Mottagare");
  # It never covers other units than these.
  written @5 :Flag $required $label(en = "Written", sv = "Skriftligt");
}

struct ConsentGiven $streams([case]) $label(en = "Consent given", sv = "Samtycke lämnat") {
  # Without a request that names the subject, the case's subject is meant.

  consentId @0 :Text $form(id) $required $label(en = "Consent", sv = "Samtycke");
  giverId @1 :Text $form(id) $refers(person) $required $label(en = "Giver", sv = "Den som samtycker");
  scope @2 :ConsentScope $required $label(en = "Scope", sv = "Omfattning");
  recipients @3 :List(Text) $form(unitId) $required $label(en = "Recipients", sv = "Mottagare");
  written @4 :Flag $required $label(en = "Written", sv = "Skriftligt");
  validTo @5 :Date = F.absentDate $form(date) $label(en = "Valid to (exclusive)", sv = "Gäller till (ej med)");
  # Exclusive. Absent: until withdrawn.
  documentRef @6 :Text $form(id) $label(en = "Document", sv = "Dokument");
  # Document kept elsewhere. Absent: none.
}

struct ConsentDenied $streams([case])
    $label(en = "Consent refused or withdrawn", sv = "Samtycke nekat eller återkallat") {
  consentId @0 :Text $form(id) $required $label(en = "Consent", sv = "Samtycke");
  giverId @1 :Text $form(id) $refers(person) $required $label(en = "Giver", sv = "Den som nekar");
  kind @2 :Kind $required $label(en = "Kind", sv = "Typ");
  partial @3 :Flag $label(en = "In part", sv = "Delvis");
  # Absent: wholly.

  enum Kind {
    unspecified @0;
    refused @1 $label(en = "Refused", sv = "Nekat");
    withdrawn @2 $label(en = "Withdrawn", sv = "Återkallat");
  }
}

struct InformationShared $streams([case])
    $label(en = "Information shared", sv = "Uppgift lämnad eller inhämtad") {
  # What was shared is never here; only that, with whom and on which ground.

  fromUnit @0 :Text $form(unitId) $required $label(en = "From unit", sv = "Från enhet");
  toUnit @1 :Text $form(unitId) $required $label(en = "To unit", sv = "Till enhet");
  # A unit, or the police.
  subjectIds @2 :List(Text) $form(id) $refers(person) $required
      $label(en = "Persons concerned", sv = "Personer uppgiften gäller");
  # Empty with anonymous advice.
  ground @3 :Ground $required $label(en = "Ground", sv = "Grund");
  consentId @4 :Text $form(id) $label(en = "Consent", sv = "Samtycke");
  # Absent: not on the ground of a consent.
  categories @5 :List(Text) $form(code) $label(en = "Kinds of information", sv = "Slag av uppgifter");
  # Absent: not recorded.
  requestedAt @6 :Instant = F.absentInstant $form(instant) $label(en = "Requested", sv = "Begärd");
  # Absent: given unasked.

  enum Ground {
    unspecified @0;
    consent @1 $label(en = "Consent", sv = "Samtycke");
    dutyToReport @2 $label(en = "Duty to report", sv = "Anmälningsskyldighet");
    openInvestigation @3 $label(en = "Open investigation", sv = "Pågående utredning");
    crimeSuspicion @4 $label(en = "Suspicion of crime", sv = "Misstanke om brott");
    anonymousAdvice @5 $label(en = "Anonymous advice", sv = "Anonym rådgivning");
    otherLaw @6 $label(en = "Other law", sv = "Annan lag");
  }
}

struct SecrecyInvoked $streams([case]) $label(en = "Secrecy invoked", sv = "Sekretess åberopad") {
  # A unit declines to share because of confidentiality.

  byUnit @0 :Text $form(unitId) $required $label(en = "By unit", sv = "Av enhet");
  againstUnit @1 :Text $form(unitId) $required $label(en = "Against unit", sv = "Mot enhet");
  consentAsked @2 :Flag $required $label(en = "Consent was asked for", sv = "Samtycke efterfrågat");
  legalRef @3 :Text $form(code) $label(en = "Legal reference", sv = "Lagrum");
  # Absent: none stated.
  alternativeOffered @4 :AlternativeOffered $label(en = "Alternative offered", sv = "Erbjudet alternativ");
  # Absent: not recorded.

  enum AlternativeOffered {
    unspecified @0;
    anonymousAdvice @1 $label(en = "Anonymous advice", sv = "Anonym rådgivning");
    consentProcess @2 $label(en = "Asking for consent", sv = "Inhämta samtycke");
    jointMeeting @3 $label(en = "Joint meeting", sv = "Gemensamt möte");
    none @4 $label(en = "None", sv = "Ingen");
  }
}
