@0xd1a4c0e1f2b30104;
# Child participation: what the child was told and asked, and what it said. Section D of the event catalogue.
# How absence is written stands in forms.capnp; what the forms allow, in annotations.capnp.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");
using label = import "../annotations.capnp".label;
using form = import "../annotations.capnp".form;
using required = import "../annotations.capnp".required;
using refers = import "../annotations.capnp".refers;
using streams = import "../annotations.capnp".streams;
using SchoolSituationReported = import "intake.capnp".SchoolSituationReported;
using F = import "../forms.capnp";
using Date = import "../forms.capnp".Date;
using Flag = import "../forms.capnp".Flag;
using Instant = import "../forms.capnp".Instant;
using Score = import "../forms.capnp".Score;

struct ChildInformed $streams([case]) $label(en = "Child informed", sv = "Barn informerat") {
  # The child is told something, in a way suited to it.

  childId @0 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  about @1 :About $required $label(en = "About", sv = "Om");
  channel @2 :Channel $required $label(en = "Channel", sv = "Kanal");
  adapted @3 :Flag $required $label(en = "Adapted to the child", sv = "Anpassad till barnet");
  language @4 :Text $form(code) $label(en = "Language", sv = "Språk");
  # Absent: Swedish, or not recorded.
  stage @5 :Text $form(code) $label(en = "Stage", sv = "Skede");
  # Absent: not recorded.

  enum About {
    unspecified @0;
    rights @1 $label(en = "Rights", sv = "Rättigheter");
    report @2 $label(en = "Report of concern", sv = "Orosanmälan");
    investigation @3 $label(en = "Investigation", sv = "Utredning");
    parentMeasure @4 $label(en = "The parent's measure", sv = "Förälderns insats");
    decision @5 $label(en = "Decision", sv = "Beslut");
    missingOther @6 $label(en = "Missing or other", sv = "Försvinnande eller annat");
  }

  enum Channel {
    unspecified @0;
    conversation @1 $label(en = "Conversation", sv = "Samtal");
    letter @2 $label(en = "Letter", sv = "Brev");
    brochure @3 $label(en = "Brochure", sv = "Broschyr");
    digital @4 $label(en = "Digital", sv = "Digitalt");
  }
}

struct ChildConversationOffered $streams([case])
    $label(en = "Conversation offered to the child", sv = "Barnsamtal erbjudet") {
  childId @0 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  byUnit @1 :Text $form(unitId) $required $label(en = "By unit", sv = "Av enhet");
  response @2 :Response $label(en = "Response", sv = "Svar");
  # Absent: none yet.
  place @3 :Text $form(code) $label(en = "Place", sv = "Plats");
  # Absent: not recorded.

  enum Response {
    unspecified @0;
    accepted @1 $label(en = "Accepted", sv = "Accepterat");
    declined @2 $label(en = "Declined", sv = "Avböjt");
    noAnswer @3 $label(en = "No answer", sv = "Inget svar");
  }
}

struct ChildHeard $streams([case]) $label(en = "Child heard", sv = "Barnsamtal genomfört") {
  # The child itself has spoken, with a unit that has its case or leads the conversations.

  childId @0 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  conversationKind @1 :ConversationKind $required $label(en = "Kind of conversation", sv = "Samtalstyp");
  heldAt @2 :Instant = F.absentInstant $form(instant) $required $label(en = "Held", sv = "Hölls");
  byUnit @3 :Text $form(unitId) $required $label(en = "By unit", sv = "Av enhet");
  guardianPresent @4 :Flag $required $label(en = "Guardian present", sv = "Vårdnadshavare närvarande");
  method @5 :Method $label(en = "Method", sv = "Metod");
  # Absent: not recorded.
  interpreter @6 :Interpreter $label(en = "Interpreter", sv = "Tolk");
  # Absent: not recorded.
  durationMin @7 :Int64 = -1 $form(u32) $label(en = "Duration (minutes)", sv = "Längd (minuter)");
  # Minutes. Absent: not recorded.
  stage @8 :Stage $label(en = "Stage", sv = "Skede");
  # Absent: not recorded.

  enum ConversationKind {
    unspecified @0;
    informing @1 $label(en = "Informing", sv = "Informerande");
    supporting @2 $label(en = "Supporting", sv = "Stödjande");
    investigating @3 $label(en = "Investigating", sv = "Utredande");
  }

  enum Method {
    unspecified @0;
    conversation @1 $label(en = "Conversation", sv = "Samtal");
    game @2 $label(en = "Game", sv = "Lek");
    bra @3 $label(en = "BRA", sv = "BRA");
    signsOfSafety @4 $label(en = "Signs of Safety", sv = "Signs of Safety");
    viewpoint @5 $label(en = "Viewpoint", sv = "Viewpoint");
    other @6 $label(en = "Other", sv = "Annat");
  }

  enum Interpreter {
    unspecified @0;
    none @1 $label(en = "None", sv = "Ingen");
    professional @2 $label(en = "Professional", sv = "Auktoriserad tolk");
    relative @3 $label(en = "Relative", sv = "Anhörig");
    child @4 $label(en = "Child", sv = "Barn");
  }

  enum Stage {
    unspecified @0;
    intake @1 $label(en = "Intake", sv = "Mottagande");
    investigation @2 $label(en = "Investigation", sv = "Utredning");
    measure @3 $label(en = "Measure", sv = "Insats");
    followUp @4 $label(en = "Follow-up", sv = "Uppföljning");
  }
}

struct ChildViewRecorded $streams([case])
    $label(en = "Child's view recorded", sv = "Barnets åsikt dokumenterad") {
  # What the child thinks, kept in the file; the words themselves belong in `personal` or elsewhere.

  childId @0 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  source @1 :Source $required $label(en = "Source", sv = "Källa");
  # Only child is the child's own view.
  regarding @2 :Regarding $required $label(en = "Regarding", sv = "Gäller");
  weightGiven @3 :WeightGiven $label(en = "Weight given", sv = "Vikt som getts");
  # Absent: not recorded.
  textRef @4 :Text $form(id) $label(en = "Text", sv = "Text");
  # Document kept elsewhere. Absent: none.

  enum Source {
    unspecified @0;
    child @1 $label(en = "Child", sv = "Barn");
    adultOnBehalf @2 $label(en = "An adult on the child's behalf", sv = "Vuxen för barnet");
    observation @3 $label(en = "Observation", sv = "Iakttagelse");
  }

  enum Regarding {
    unspecified @0;
    situation @1 $label(en = "Situation", sv = "Situation");
    measure @2 $label(en = "Measure", sv = "Insats");
    housing @3 $label(en = "Housing", sv = "Boende");
    school @4 $label(en = "School", sv = "Skola");
    contact @5 $label(en = "Contact", sv = "Kontakt");
    decision @6 $label(en = "Decision", sv = "Beslut");
    other @7 $label(en = "Other", sv = "Annat");
  }

  enum WeightGiven {
    unspecified @0;
    followed @1 $label(en = "Followed", sv = "Följd");
    partly @2 $label(en = "Partly", sv = "Delvis");
    notFollowed @3 $label(en = "Not followed", sv = "Ej följd");
  }
}

struct ChildNotHeard $streams([case]) $label(en = "Child not heard", sv = "Barn ej hört") {
  # Why a child was not heard. It explains and never counts as heard.

  childId @0 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  reason @1 :Reason $required $label(en = "Reason", sv = "Skäl");
  plannedDate @2 :Date = F.absentDate $form(date) $label(en = "Planned day", sv = "Planerad dag");
  # Of a later conversation. Absent: none planned.

  enum Reason {
    unspecified @0;
    age @1 $label(en = "Age", sv = "Ålder");
    declinedByChild @2 $label(en = "Declined by the child", sv = "Barnet avböjde");
    consentRefused @3 $label(en = "Consent refused", sv = "Samtycke nekat");
    risk @4 $label(en = "Risk", sv = "Risk");
    unreachable @5 $label(en = "Unreachable", sv = "Onåbar");
    acute @6 $label(en = "Acute situation", sv = "Akut läge");
    timeShortage @7 $label(en = "Shortage of time", sv = "Tidsbrist");
    other @8 $label(en = "Other", sv = "Annat");
  }
}

struct ParticipationSupportProvided $streams([case])
    $label(en = "Participation support provided", sv = "Stöd för delaktighet gett") {
  # Adapted support, communication tool or interpreter.

  childId @0 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  kind @1 :Kind $required $label(en = "Kind of support", sv = "Typ av stöd");

  enum Kind {
    unspecified @0;
    communicationTool @1 $label(en = "Communication tool", sv = "Kommunikationsverktyg");
    pictures @2 $label(en = "Pictures", sv = "Bildstöd");
    interpreter @3 $label(en = "Interpreter", sv = "Tolk");
    signLanguage @4 $label(en = "Sign language", sv = "Teckenspråk");
    specialistStaff @5 $label(en = "Specialist staff", sv = "Specialistpersonal");
    other @6 $label(en = "Other", sv = "Annat");
  }
}

struct FeedbackGivenToChild $streams([case])
    $label(en = "Feedback given to the child", sv = "Återkoppling till barnet") {
  # The child is told what was decided, how its view was used and how its best interests were judged.

  childId @0 :Text $form(id) $refers(person) $required $label(en = "Child", sv = "Barn");
  regarding @1 :Regarding $required $label(en = "Regarding", sv = "Gäller");
  refId @2 :Text $form(id) $required $label(en = "Refers to", sv = "Avser");
  # The case id (investigation), decisionId, reportId or measureId, by regarding.
  givenAt @3 :Instant = F.absentInstant $form(instant) $required $label(en = "Given", sv = "Gavs");
  decisionTold @4 :Flag $required $label(en = "Told the decision", sv = "Beslutet berättat");
  viewUseTold @5 :Flag $required
      $label(en = "Told how its view was used", sv = "Hur åsikten använts berättat");
  bestInterestsTold @6 :Flag $required
      $label(en = "Told about its best interests", sv = "Barnets bästa förklarat");
  channel @7 :Channel $label(en = "Channel", sv = "Kanal");
  # Absent: not recorded. A letter informs; it is not a feedback talk.
  declinedByChild @8 :Flag $label(en = "Declined by the child", sv = "Barnet avböjde");
  # Absent: no.

  enum Regarding {
    unspecified @0;
    investigation @1 $label(en = "Investigation", sv = "Utredning");
    decision @2 $label(en = "Decision", sv = "Beslut");
    report @3 $label(en = "Report of concern", sv = "Orosanmälan");
    measure @4 $label(en = "Measure", sv = "Insats");
  }

  enum Channel {
    unspecified @0;
    conversation @1 $label(en = "Conversation", sv = "Samtal");
    letter @2 $label(en = "Letter", sv = "Brev");
    digital @3 $label(en = "Digital", sv = "Digitalt");
  }
}

struct SurveyAnswered $streams([case, unit]) $label(en = "Survey answered", sv = "Enkät besvarad") {
  # Viewpoint, ORS/SRS or another questionnaire; in a unit's stream when anonymous.

  instrument @0 :Instrument $required $label(en = "Instrument", sv = "Instrument");
  sentAt @1 :Instant = F.absentInstant $form(instant) $required $label(en = "Sent", sv = "Skickad");
  answeredAt @2 :Instant = F.absentInstant $form(instant) $label(en = "Answered", sv = "Besvarad");
  # Absent: not answered.
  childId @3 :Text $form(id) $refers(person) $label(en = "Child", sv = "Barn");
  # Absent: anonymous.
  scores @4 :List(Score) $label(en = "Scores", sv = "Poäng");
  # Absent: none kept.
  usedInConversation @5 :Flag $label(en = "Used in a conversation", sv = "Använd i samtal");
  # Absent: not recorded.
  round @6 :Int64 = -1 $form(u32) $label(en = "Round", sv = "Omgång");
  # Absent: not a repeated survey.
  stage @7 :ChildHeard.Stage $label(en = "Stage", sv = "Skede");
  # Absent: not recorded.
  measureId @8 :Text $form(id) $label(en = "Measure", sv = "Insats");
  # The measure it follows. Absent: none.
  trend @9 :SchoolSituationReported.Trend $label(en = "Trend", sv = "Utveckling");
  # Against the round before. Absent: no earlier round to compare with.

  enum Instrument {
    unspecified @0;
    viewpoint @1 $label(en = "Viewpoint", sv = "Viewpoint");
    ors @2 $label(en = "ORS", sv = "ORS");
    srs @3 $label(en = "SRS", sv = "SRS");
    childQuestionnaire @4 $label(en = "Child questionnaire", sv = "Barnenkät");
    vasternorrland @5 $label(en = "The Västernorrland survey", sv = "Västernorrlandsenkäten");
    userEvaluation @6 $label(en = "User evaluation", sv = "Brukarutvärdering");
  }
}
