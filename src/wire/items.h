#pragma once

#include "wire/fields.h"

// The items that answers are lists of, into and out of Cap'n Proto.
namespace stafett::wire {

unsigned count(const auto& list) { return static_cast<unsigned>(list.size()); }

inline void write(const std::vector<Position>& from, capnp::List<std::uint64_t>::Builder to) {
  for (unsigned i = 0; i < from.size(); ++i) to.set(i, from[i].value);
}
inline std::vector<Position> read(capnp::List<std::uint64_t>::Reader from) {
  std::vector<Position> out;
  out.reserve(from.size());
  for (auto position : from) out.push_back(Position(position));
  return out;
}

void write(const Basis& from, schema::Basis::Builder to);
Basis read(schema::Basis::Reader from);
void write(const Obligation& from, schema::Obligation::Builder to);
Obligation read(schema::Obligation::Reader from);
void write(const StoredEvent& from, schema::StoredEvent::Builder to);
StoredEvent read(schema::StoredEvent::Reader from);
void write(const Child& from, schema::Case::Child::Builder to);
Child read(schema::Case::Child::Reader from);
void write(const Figure& from, schema::Figure::Builder to);
Figure read(schema::Figure::Reader from);
void write(const Counted& from, schema::Counted::Builder to);
Counted read(schema::Counted::Reader from);
void write(const Rule& from, schema::Rule::Builder to);
Rule read(schema::Rule::Reader from);
void write(const CaseSummary& from, schema::CaseSummary::Builder to);
CaseSummary read(schema::CaseSummary::Reader from);
void write(const LateEvent& from, schema::LateEvent::Builder to);
LateEvent read(schema::LateEvent::Reader from);
void write(const Amendment& from, schema::Amendment::Builder to);
Amendment read(schema::Amendment::Reader from);
void write(const Explanation& from, schema::Explanation::Builder to);
Explanation read(schema::Explanation::Reader from);
void write(const Change<Obligation>& from, schema::RuleChanges::ObligationChange::Builder to);
Change<Obligation> read(schema::RuleChanges::ObligationChange::Reader from);
void write(const Change<Figure>& from, schema::RuleChanges::FigureChange::Builder to);
Change<Figure> read(schema::RuleChanges::FigureChange::Reader from);
void write(const Frozen& from, schema::Frozen::Builder to);
Frozen read(schema::Frozen::Reader from);
void write(const HeadAnswer& from, schema::Head::Builder to);
HeadAnswer read(schema::Head::Reader from);
void write(const VerifiedAnswer::Problem& from, schema::Verified::Problem::Builder to);
VerifiedAnswer::Problem read(schema::Verified::Problem::Reader from);
void write(const KeysAnswer::WrappedKey& from, schema::Keys::WrappedKey::Builder to);
KeysAnswer::WrappedKey read(schema::Keys::WrappedKey::Reader from);
void write(const ConsentsAnswer::Giver& from, schema::Consents::Giver::Builder to);
ConsentsAnswer::Giver read(schema::Consents::Giver::Reader from);

// Lists of items.
template <class Item, class Builder>
void write_all(const std::vector<Item>& from, Builder to) {
  for (unsigned i = 0; i < from.size(); ++i) write(from[i], to[i]);
}
template <class Readers>
auto read_all(Readers from) {
  std::vector<decltype(read(from[0]))> out;
  out.reserve(from.size());
  for (auto item : from) out.push_back(read(item));
  return out;
}

}  // namespace stafett::wire
