@0xd1a4c0e1f2b30003;
# An event as it is proposed by an appender and as it is kept in a record.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");
using F = import "forms.capnp";
using Organisation = import "events/organisation.capnp";
using Intake = import "events/intake.capnp";
using Investigation = import "events/investigation.capnp";
using Participation = import "events/participation.capnp";
using Consent = import "events/consent.capnp";
using Collaboration = import "events/collaboration.capnp";
using Meeting = import "events/meeting.capnp";
using Quality = import "events/quality.capnp";
using Ledger = import "events/ledger.capnp";

struct Event {
  # The attributes are those of CloudEvents 1.0; in JSON their names are in lower case, `type` is "se.stafett." and
  # the name of the struct in `data`, and `time`, `data` and `personal` (inside data) are as here.

  id @0 :Data;
  # 16 bytes: a UUID chosen by the sender, in the order it is written. Required. The same id with the same content is
  # the same event.
  source @1 :Text;
  # The unit whose event this is (form unitId). Required.
  subject @2 :Text;
  # The stream: `category/id`, a category that the event's struct allows. Required.
  time @3 :F.Instant = F.absentInstant;
  # When it happened in the world. Required. At most 24 h ahead of the ledger's clock.
  municipality @4 :Text;
  # Four digits. Required.
  actor @5 :Text;
  # Pseudonym of who acted (form id). Absent: not stated.
  actorRole @6 :F.Role;
  # In which role. Absent: not stated.
  correlationId @7 :Text;
  # What ties events of several streams together: a household or a report (form id). Absent: nothing.
  causationId @8 :Text;
  # The event, by its id, or whatever else led to this one (form id). Absent: nothing.
  personal @9 :List(PersonalItem);
  # Names, personal numbers and free text: the only place for them. On the wire only; a record keeps them sealed. At
  # most 64 entries, sorted by name, each name once. Absent or empty: none.

  data :union {
    # What happened. The number of an event type is its ordinal here minus 10; numbers are never reused.
    none @10 :Void;
    # Not an event: refused.

    # A. Persons, organisation and rules
    personRegistered @11 :Organisation.PersonRegistered;
    familyRelationRecorded @12 :Organisation.FamilyRelationRecorded;
    roleAppointed @13 :Organisation.RoleAppointed;
    steeringDocumentAdopted @14 :Organisation.SteeringDocumentAdopted;
    ruleSetAdopted @15 :Organisation.RuleSetAdopted;
    forumEstablished @16 :Organisation.ForumEstablished;
    # B. Intake and risk
    caseOpened @17 :Intake.CaseOpened;
    concernReported @18 :Intake.ConcernReported;
    applicationReceived @19 :Intake.ApplicationReceived;
    protectionAssessed @20 :Intake.ProtectionAssessed;
    investigationDecided @21 :Intake.InvestigationDecided;
    guardiansInformed @22 :Intake.GuardiansInformed;
    violenceIndicated @23 :Intake.ViolenceIndicated;
    violenceAsked @24 :Intake.ViolenceAsked;
    riskSituationNotified @25 :Intake.RiskSituationNotified;
    schoolSituationReported @26 :Intake.SchoolSituationReported;
    # C. Investigation, decision and measure
    investigationExtended @27 :Investigation.InvestigationExtended;
    investigationConcluded @28 :Investigation.InvestigationConcluded;
    bestInterestsAssessed @29 :Investigation.BestInterestsAssessed;
    childChecklistCompleted @30 :Investigation.ChildChecklistCompleted;
    childImpactAnalysisCompleted @31 :Investigation.ChildImpactAnalysisCompleted;
    decisionMade @32 :Investigation.DecisionMade;
    measureStatusChanged @33 :Investigation.MeasureStatusChanged;
    followUpRecorded @34 :Investigation.FollowUpRecorded;
    healthFollowUpRecorded @35 :Investigation.HealthFollowUpRecorded;
    caseClosed @36 :Investigation.CaseClosed;
    # D. Child participation
    childInformed @37 :Participation.ChildInformed;
    childConversationOffered @38 :Participation.ChildConversationOffered;
    childHeard @39 :Participation.ChildHeard;
    childViewRecorded @40 :Participation.ChildViewRecorded;
    childNotHeard @41 :Participation.ChildNotHeard;
    participationSupportProvided @42 :Participation.ParticipationSupportProvided;
    feedbackGivenToChild @43 :Participation.FeedbackGivenToChild;
    surveyAnswered @44 :Participation.SurveyAnswered;
    # E. Consent, secrecy and sharing
    consentRequested @45 :Consent.ConsentRequested;
    consentGiven @46 :Consent.ConsentGiven;
    consentDenied @47 :Consent.ConsentDenied;
    informationShared @48 :Consent.InformationShared;
    secrecyInvoked @49 :Consent.SecrecyInvoked;
    # F. Collaboration in a case
    contactRequested @50 :Collaboration.ContactRequested;
    contactAnswered @51 :Collaboration.ContactAnswered;
    responsibilityAssigned @52 :Collaboration.ResponsibilityAssigned;
    handoverRequested @53 :Collaboration.HandoverRequested;
    handoverAnswered @54 :Collaboration.HandoverAnswered;
    internalCoordinationAgreed @55 :Collaboration.InternalCoordinationAgreed;
    mutualUpdateGiven @56 :Collaboration.MutualUpdateGiven;
    disagreementRaised @57 :Collaboration.DisagreementRaised;
    disagreementEscalated @58 :Collaboration.DisagreementEscalated;
    disagreementResolved @59 :Collaboration.DisagreementResolved;
    coordinatedPlanAdopted @60 :Collaboration.CoordinatedPlanAdopted;
    # G. Meetings
    meetingCalled @61 :Meeting.MeetingCalled;
    meetingHeld @62 :Meeting.MeetingHeld;
    # H. Quality, governance and prevention
    planActivityRecorded @63 :Quality.PlanActivityRecorded;
    selfCheckCompleted @64 :Quality.SelfCheckCompleted;
    statusReportSubmitted @65 :Quality.StatusReportSubmitted;
    trainingHeld @66 :Quality.TrainingHeld;
    outreachRecorded @67 :Quality.OutreachRecorded;
    deviationReported @68 :Quality.DeviationReported;
    deviationResolved @69 :Quality.DeviationResolved;
    eventCorrected @70 :Quality.EventCorrected;
    # I. The ledger's own
    personalDataErased @71 :Ledger.PersonalDataErased;
    statisticsFrozen @72 :Ledger.StatisticsFrozen;
  }
}

struct PersonalItem {
  # One piece of personal content.
  name @0 :Text;   # 1 to 64 of A-Z a-z 0-9 _ and -
  value @1 :Text;  # UTF-8, up to 64 KiB
}

struct Personal {
  # What is sealed: the personal content of one event, as one canonical segment.
  entries @0 :List(PersonalItem);  # sorted by name
}
