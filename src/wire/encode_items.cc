#include "wire/items.h"

namespace stafett::wire {

void write(const Basis& from, schema::Basis::Builder to) {
  to.setSize(from.size.value);
  to.setRuleSet(text(from.rule_set));
  to.setAt(micros(from.at));
}

void write(const Obligation& from, schema::Obligation::Builder to) {
  to.setRule(text(from.rule));
  to.setSeverity(severity(from.severity));
  to.setStream(text(from.stream));
  to.setCaseId(text(from.case_id));
  to.setSubject(text(from.subject));
  to.setUnit(text(from.unit));
  to.setState(state(from.state));
  to.setTriggeredBy(ordinal(from.triggered_by));
  to.setCreatedAt(micros(from.created_at));
  to.setDueAt(time(from.due_at));
  to.setWarnAt(time(from.warn_at));
  to.setWarning(from.warning);
  to.setSettledBy(ordinal(from.settled_by));
  to.setSettledAt(time(from.settled_at));
  to.setLegalRef(text(from.legal_ref));
}

void write(const StoredEvent& from, schema::StoredEvent::Builder to) {
  to.setRecord(blob(from.record));
  to.setErased(from.personal.erased);
  if (!from.personal.personal) return;
  auto entries = to.initPersonal(count(*from.personal.personal));
  unsigned i = 0;
  for (auto& [name, value] : *from.personal.personal) {
    entries[i].setName(text(name));
    entries[i++].setValue(text(value));
  }
}

void write(const Child& from, schema::Case::Child::Builder to) {
  to.setPersonId(text(from.person_id));
  to.setInformed(from.informed);
  to.setOffered(from.offered);
  to.setHeard(from.heard);
  to.setViewRecorded(from.view_recorded);
  to.setFeedback(from.feedback);
}

void write(const Figure& from, schema::Figure::Builder to) {
  to.setIndicator(text(from.indicator));
  write(from.group, to.initGroup(count(from.group)));
  write(from.numerator, to.initNumerator());
  write(from.denominator, to.initDenominator());
  to.setPending(number(from.pending));
  to.setWaived(number(from.waived));
  write(from.value, to.initValue());
  write(from.median, to.initMedian());
  write(from.p90, to.initP90());
  to.setSuppressed(from.suppressed);
  to.setShow(text(from.show));
}

void write(const Counted& from, schema::Counted::Builder to) {
  to.setIndicator(text(from.indicator));
  write(from.group, to.initGroup(count(from.group)));
  to.setCaseId(text(from.case_id));
  to.setSubject(text(from.subject));
  to.setStream(text(from.stream));
  to.setInNumerator(from.in_numerator);
  to.setStanding(text(from.standing));
  write(from.measure, to.initMeasure());
  write(from.evidence, to.initEvidence(count(from.evidence)));
}

void write(const Rule& from, schema::Rule::Builder to) {
  to.setRuleId(text(from.rule_id));
  to.setKind(text(from.kind));
  to.setSeverity(text(from.severity));
  to.setNameEn(text(from.name_en));
  to.setNameSv(text(from.name_sv));
  to.setLimit(text(from.limit));
  to.setLegalRef(text(from.legal_ref));
  to.setSource(text(from.source));
  to.setRuleSet(text(from.rule_set));
  to.setLimitSv(text(from.limit_sv));
  to.setMunicipality(text(from.municipality));
}

void write(const CaseSummary& from, schema::CaseSummary::Builder to) {
  to.setCaseId(text(from.case_id));
  to.setKind(text(from.kind));
  to.setStatus(text(from.status));
  to.setPhase(text(from.phase));
  to.setArea(text(from.area));
  to.setSubject(text(from.subject));
  to.setUnit(text(from.unit));
  to.setHousehold(text(from.household));
  to.setOpenedAt(micros(from.opened_at));
  to.setClosedAt(time(from.closed_at));
  to.setOutcome(text(from.outcome));
  to.setOpen(from.open);
  to.setFulfilled(from.fulfilled);
  to.setFulfilledLate(from.fulfilled_late);
  to.setOverdue(from.overdue);
  to.setWaived(from.waived);
  to.setBreached(from.breached);
}

void write(const LateEvent& from, schema::LateEvent::Builder to) {
  to.setPosition(from.position.value);
  to.setStream(text(from.stream));
  to.setType(text(from.type));
  to.setUnit(text(from.unit));
  to.setActorRole(text(from.actor_role));
  to.setTime(micros(from.time));
  to.setRecordedAt(micros(from.recorded_at));
}

void write(const Amendment& from, schema::Amendment::Builder to) {
  to.setCorrection(from.correction.value);
  to.setCorrected(from.corrected.value);
  to.setRule(text(from.rule));
  to.setCaseId(text(from.case_id));
  to.setSubject(text(from.subject));
  to.setBefore(state(from.before));
  to.setAfter(state(from.after));
  to.setRecordedAt(micros(from.recorded_at));
  to.setActor(text(from.actor));
  to.setCorrectedActor(text(from.corrected_actor));
  to.setSameActor(from.same_actor);
  to.setGone(from.gone);
}

void write(const Explanation& from, schema::Explanation::Builder to) {
  if (auto* obligation = std::get_if<Obligation>(&from.of)) {
    write(*obligation, to.initObligation());
  } else if (auto* figure = std::get_if<Figure>(&from.of)) {
    write(*figure, to.initFigure());
  } else {
    auto& none = std::get<NoObligation>(from.of);
    auto out = to.initNone();
    out.setRule(text(none.rule));
    out.setCaseId(text(none.case_id));
    out.setStream(text(none.stream));
  }
  auto steps = to.initSteps(count(from.steps));
  for (unsigned i = 0; i < from.steps.size(); ++i) {
    steps[i].setKind(text(from.steps[i].kind));
    steps[i].setEn(text(from.steps[i].en));
    steps[i].setSv(text(from.steps[i].sv));
    write(from.steps[i].positions, steps[i].initPositions(count(from.steps[i].positions)));
  }
}

void write(const Change<Obligation>& from, schema::RuleChanges::ObligationChange::Builder to) {
  if (from.before) write(*from.before, to.getBefore().initSome());
  if (from.after) write(*from.after, to.getAfter().initSome());
}

void write(const Change<Figure>& from, schema::RuleChanges::FigureChange::Builder to) {
  if (from.before) write(*from.before, to.getBefore().initSome());
  if (from.after) write(*from.after, to.getAfter().initSome());
}

void write(const Frozen& from, schema::Frozen::Builder to) {
  to.setPosition(from.position.value);
  to.setRecordedAt(micros(from.recorded_at));
  to.setUnit(text(from.unit));
  to.setMunicipality(text(from.municipality));
  to.setFrom(from.from.days);
  to.setTo(from.to.days);
  to.setAt(micros(from.at));
  to.setSize(from.size.value);
  to.setRuleSet(text(from.rule_set));
  to.setThreshold(from.threshold);
  write_all(from.figures, to.initFigures(count(from.figures)));
}

void write(const HeadAnswer& from, schema::Head::Builder to) {
  to.setSize(from.size.value);
  to.setRoot(blob(from.root));
  to.setNote(text(from.note));
  to.setPublicKey(text(from.public_key));
  to.setOrigin(text(from.origin));
  to.setStreamsRoot(blob(from.streams_root));
}

void write(const VerifiedAnswer::Problem& from, schema::Verified::Problem::Builder to) {
  to.setWhere(text(from.where));
  to.setWhat(text(from.what));
  to.setPosition(ordinal(from.position));
}

void write(const KeysAnswer::WrappedKey& from, schema::Keys::WrappedKey::Builder to) {
  to.setStream(text(from.stream));
  to.setWrapped(blob(from.wrapped));
}

void write(const ConsentsAnswer::Giver& from, schema::Consents::Giver::Builder to) {
  to.setPerson(text(from.person));
  to.setState(text(from.state));
  write(from.positions, to.initPositions(count(from.positions)));
  to.setValidTo(date(from.valid_to));
}

}  // namespace stafett::wire
