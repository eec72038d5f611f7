@0xd1a4c0e1f2b30109;
# What the ledger itself adds to the catalogue: receipts of erasure and statistics that were frozen. Section I.
# How absence is written stands in forms.capnp; what the forms allow, in annotations.capnp.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");
using label = import "../annotations.capnp".label;
using form = import "../annotations.capnp".form;
using required = import "../annotations.capnp".required;
using streams = import "../annotations.capnp".streams;
using F = import "../forms.capnp";
using Date = import "../forms.capnp".Date;
using Flag = import "../forms.capnp".Flag;
using FrozenFigure = import "../forms.capnp".FrozenFigure;
using Instant = import "../forms.capnp".Instant;

struct PersonalDataErased
    $streams([person, household, case, forum, unit, document, disagreement, deviation])
    $label(en = "Personal data erased", sv = "Personuppgifter gallrade") {
  # The receipt: the data key of this stream has been destroyed, and with it the personal content of the events
  # before this one.

  reason @0 :Text $form(code) $required $label(en = "Reason", sv = "Skäl");
  erasedAt @1 :Instant = F.absentInstant $form(instant) $required $label(en = "Erased at", sv = "Gallrad");
  events @2 :Int64 = -1 $form(u32) $required $label(en = "Events of the stream", sv = "Händelser i strömmen");
}

struct StatisticsFrozen $streams([unit]) $label(en = "Statistics frozen", sv = "Statistik fryst") {
  # The figures of a period that is over, as they may be published (domain 5.4). What they rest on is said, so that
  # whoever may can ask again.

  periodFrom @0 :Date = F.absentDate $form(date) $required $label(en = "From", sv = "Från");
  periodTo @1 :Date = F.absentDate $form(date) $required $label(en = "To (exclusive)", sv = "Till (ej med)");
  judgedAt @2 :Instant = F.absentInstant $form(instant) $required $label(en = "Judged as of", sv = "Bedömd per");
  size @3 :Text $form(code) $required $label(en = "Events taken in account", sv = "Beaktade händelser");
  # A count in decimal digits: the positions below it.
  ruleSet @4 :Text $form(text) $required $label(en = "Rule set", sv = "Regelverk");
  threshold @5 :Int64 = -1 $form(u32) $required $label(en = "Smallest group shown", sv = "Minsta redovisade grupp");
  figures @6 :List(FrozenFigure) $required $label(en = "Figures", sv = "Tal");
}
