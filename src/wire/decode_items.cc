#include "wire/items.h"

namespace stafett::wire {

Basis read(schema::Basis::Reader from) {
  return {TreeSize(from.getSize()), text(from.getRuleSet()), instant_from_micros(from.getAt())};
}

Obligation read(schema::Obligation::Reader from) {
  Obligation out;
  out.rule = text(from.getRule());
  out.severity = severity(from.getSeverity());
  out.stream = text(from.getStream());
  out.case_id = text(from.getCaseId());
  out.subject = text(from.getSubject());
  out.unit = text(from.getUnit());
  out.state = state(from.getState());
  out.triggered_by = ordinal<Position>(from.getTriggeredBy());
  out.created_at = instant_from_micros(from.getCreatedAt());
  out.due_at = time(from.getDueAt());
  out.warn_at = time(from.getWarnAt());
  out.warning = from.getWarning();
  out.settled_by = ordinal<Position>(from.getSettledBy());
  out.settled_at = time(from.getSettledAt());
  out.legal_ref = text(from.getLegalRef());
  return out;
}

StoredEvent read(schema::StoredEvent::Reader from) {
  StoredEvent out;
  out.record = blob(from.getRecord());
  out.personal.erased = from.getErased();
  if (from.getPersonal().size() == 0) return out;
  event::Personal personal;
  for (auto entry : from.getPersonal()) personal.emplace_back(text(entry.getName()), text(entry.getValue()));
  out.personal.personal = std::move(personal);
  return out;
}

Child read(schema::Case::Child::Reader from) {
  return {text(from.getPersonId()), from.getInformed(),     from.getOffered(),
          from.getHeard(),          from.getViewRecorded(), from.getFeedback()};
}

Figure read(schema::Figure::Reader from) {
  Figure out;
  out.indicator = text(from.getIndicator());
  out.group = read(from.getGroup());
  out.numerator = read(from.getNumerator());
  out.denominator = read(from.getDenominator());
  out.pending = number(from.getPending());
  out.waived = number(from.getWaived());
  out.value = read(from.getValue());
  out.median = read(from.getMedian());
  out.p90 = read(from.getP90());
  out.suppressed = from.getSuppressed();
  out.show = text(from.getShow());
  return out;
}

Counted read(schema::Counted::Reader from) {
  Counted out;
  out.indicator = text(from.getIndicator());
  out.group = read(from.getGroup());
  out.case_id = text(from.getCaseId());
  out.subject = text(from.getSubject());
  out.stream = text(from.getStream());
  out.in_numerator = from.getInNumerator();
  out.standing = text(from.getStanding());
  out.measure = read(from.getMeasure());
  out.evidence = read(from.getEvidence());
  return out;
}

Rule read(schema::Rule::Reader from) {
  return {text(from.getRuleId()),   text(from.getKind()),        text(from.getSeverity()),
          text(from.getNameEn()),   text(from.getNameSv()),      text(from.getLimit()),
          text(from.getLegalRef()), text(from.getSource()),      text(from.getRuleSet()),
          text(from.getLimitSv()),  text(from.getMunicipality())};
}

CaseSummary read(schema::CaseSummary::Reader from) {
  CaseSummary out;
  out.case_id = text(from.getCaseId());
  out.kind = text(from.getKind());
  out.status = text(from.getStatus());
  out.phase = text(from.getPhase());
  out.area = text(from.getArea());
  out.subject = text(from.getSubject());
  out.unit = text(from.getUnit());
  out.household = text(from.getHousehold());
  out.opened_at = instant_from_micros(from.getOpenedAt());
  out.closed_at = time(from.getClosedAt());
  out.outcome = text(from.getOutcome());
  out.open = from.getOpen();
  out.fulfilled = from.getFulfilled();
  out.fulfilled_late = from.getFulfilledLate();
  out.overdue = from.getOverdue();
  out.waived = from.getWaived();
  out.breached = from.getBreached();
  return out;
}

LateEvent read(schema::LateEvent::Reader from) {
  return {Position(from.getPosition()),
          text(from.getStream()),
          text(from.getType()),
          text(from.getUnit()),
          text(from.getActorRole()),
          instant_from_micros(from.getTime()),
          instant_from_micros(from.getRecordedAt())};
}

Amendment read(schema::Amendment::Reader from) {
  Amendment out;
  out.correction = Position(from.getCorrection());
  out.corrected = Position(from.getCorrected());
  out.rule = text(from.getRule());
  out.case_id = text(from.getCaseId());
  out.subject = text(from.getSubject());
  out.before = state(from.getBefore());
  out.after = state(from.getAfter());
  out.recorded_at = instant_from_micros(from.getRecordedAt());
  out.actor = text(from.getActor());
  out.corrected_actor = text(from.getCorrectedActor());
  out.same_actor = from.getSameActor();
  out.gone = from.getGone();
  return out;
}

Explanation read(schema::Explanation::Reader from) {
  Explanation out;
  switch (from.which()) {
    case schema::Explanation::OBLIGATION:
      out.of = read(from.getObligation());
      break;
    case schema::Explanation::FIGURE:
      out.of = read(from.getFigure());
      break;
    case schema::Explanation::NONE:
      out.of = NoObligation{text(from.getNone().getRule()), text(from.getNone().getCaseId()),
                            text(from.getNone().getStream())};
      break;
  }
  for (auto step : from.getSteps())
    out.steps.push_back(
        {text(step.getKind()), text(step.getEn()), text(step.getSv()), read(step.getPositions())});
  return out;
}

Change<Obligation> read(schema::RuleChanges::ObligationChange::Reader from) {
  Change<Obligation> out;
  if (from.getBefore().isSome()) out.before = read(from.getBefore().getSome());
  if (from.getAfter().isSome()) out.after = read(from.getAfter().getSome());
  return out;
}

Change<Figure> read(schema::RuleChanges::FigureChange::Reader from) {
  Change<Figure> out;
  if (from.getBefore().isSome()) out.before = read(from.getBefore().getSome());
  if (from.getAfter().isSome()) out.after = read(from.getAfter().getSome());
  return out;
}

Frozen read(schema::Frozen::Reader from) {
  Frozen out;
  out.position = Position(from.getPosition());
  out.recorded_at = instant_from_micros(from.getRecordedAt());
  out.unit = text(from.getUnit());
  out.municipality = text(from.getMunicipality());
  out.from = Date{from.getFrom()};
  out.to = Date{from.getTo()};
  out.at = instant_from_micros(from.getAt());
  out.size = TreeSize(from.getSize());
  out.rule_set = text(from.getRuleSet());
  out.threshold = from.getThreshold();
  out.figures = read_all(from.getFigures());
  return out;
}

HeadAnswer read(schema::Head::Reader from) {
  HeadAnswer out;
  out.size = TreeSize(from.getSize());
  out.root = hash(from.getRoot());
  out.note = text(from.getNote());
  out.public_key = text(from.getPublicKey());
  out.origin = text(from.getOrigin());
  // A server of before signed heads says none.
  if (from.hasStreamsRoot()) out.streams_root = hash(from.getStreamsRoot());
  return out;
}

VerifiedAnswer::Problem read(schema::Verified::Problem::Reader from) {
  return {text(from.getWhere()), text(from.getWhat()), ordinal<Position>(from.getPosition())};
}

KeysAnswer::WrappedKey read(schema::Keys::WrappedKey::Reader from) {
  return {text(from.getStream()), blob(from.getWrapped())};
}

ConsentsAnswer::Giver read(schema::Consents::Giver::Reader from) {
  return {text(from.getPerson()), text(from.getState()), read(from.getPositions()), date(from.getValidTo())};
}

}  // namespace stafett::wire
