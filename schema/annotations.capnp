@0xd1a4c0e1f2b30001;
# What the event schema says about itself beyond types: labels, forms and rules of use. Programs read these by
# reflection (include/stafett/event/catalogue.h), so a field that is added here needs no code.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");

struct Label {
  en @0 :Text;  # English
  sv @1 :Text;  # Swedish, the term that social services use
}

enum Category {
  # The kinds of streams; a stream is named `category/id`.
  person @0 $label(en = "Person", sv = "Person");
  household @1 $label(en = "Household", sv = "Hushåll");
  case @2 $label(en = "Case", sv = "Ärende");
  forum @3 $label(en = "Forum", sv = "Forum");
  unit @4 $label(en = "Unit", sv = "Enhet");
  document @5 $label(en = "Document", sv = "Dokument");
  disagreement @6 $label(en = "Disagreement", sv = "Oenighet");
  deviation @7 $label(en = "Deviation", sv = "Avvikelse");
  rules @8 $label(en = "Rule sets", sv = "Regelverk");
}

enum Form {
  # What may stand in a field, and how it looks in JSON. Types narrower than their carrier are marked; the forms
  # without a mark (boolean, enumerator, row, map) follow from the field's type.
  unmarked @0;
  u8 @1;            # Int16, or UInt8 in a list: 0 to 255
  u16 @2;           # Int32: 0 to 65 535
  u32 @3;           # Int64: 0 to 4 294 967 295
  real @4;          # Float64: any finite number
  share @5;         # Float64: 0 to 1
  id @6;            # Text: 1 to 128 of A-Z a-z 0-9 . _ - :
  unitId @7;        # Text: an id that may also contain /
  code @8;          # Text: 1 to 64 of A-Z a-z 0-9 - _ . : / and blank
  text @9;          # Text: 1 to 1000 bytes of UTF-8, no personal data
  document @10;     # Text: JSON, 1 byte to 2 MiB
  uuid @11;         # Text: 36 characters, an event's id
  municipality @12; # Text: the four digits of a Swedish municipality; 0000 stands for all
  instant @13;      # Int64: microseconds since 1970-01-01T00:00:00Z; in JSON RFC 3339 with offset
  date @14;         # Int32: days since 1970-01-01; in JSON YYYY-MM-DD
}

annotation label @0xd1a4c0e1f2b3a001 (struct, field, enum, enumerant) :Label;
# What people read.

annotation form @0xd1a4c0e1f2b3a002 (field) :Form;

annotation required @0xd1a4c0e1f2b3a003 (field) :Void;
# An event without this field is refused. Fields added after the first release never carry it.

annotation streams @0xd1a4c0e1f2b3a004 (struct) :List(Category);
# On an event: the categories of streams it may be appended to.

annotation refers @0xd1a4c0e1f2b3a005 (field) :Category;
# The ids in the field are those of streams of this category. A field of form unitId refers to units without it. Events
# that name the same person, household or case are judged together, and exports relate events to what they refer to.

annotation loose @0xd1a4c0e1f2b3a006 (field) :Void;
# The reference does not make events be judged together: a person who is suspected is not of the family.

annotation describes @0xd1a4c0e1f2b3a007 (struct) :Void;
# On an event: its fields say what the subject of its stream is like from then on.

annotation identifying @0xd1a4c0e1f2b3a008 (field) :Void;
# Tells who somebody is. Exports leave it out, or of a date keep the year, unless they are asked for it.
