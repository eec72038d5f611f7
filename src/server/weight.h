#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "stafett/wire/messages.h"

// What items of an answer hold in memory, to count them in a budget: near enough, and never far below.
namespace stafett::server {

inline std::size_t weight(const std::string& text) {
  constexpr std::size_t kept_in_place = 15;  // texts up to this long lie in the string itself
  return text.capacity() > kept_in_place ? text.capacity() + 1 + 2 * sizeof(void*) : 0;
}

inline std::size_t weight(const wire::Group& group) {
  constexpr std::size_t node = 4 * sizeof(void*) + 2 * sizeof(std::string);
  std::size_t out = 0;
  for (auto& [dimension, value] : group) out += node + weight(dimension) + weight(value);
  return out;
}

inline std::size_t weight(const wire::Obligation& o) {
  return weight(o.rule) + weight(o.stream) + weight(o.case_id) + weight(o.subject) + weight(o.unit) +
         weight(o.legal_ref);
}

inline std::size_t weight(const wire::CaseSummary& c) {
  return weight(c.case_id) + weight(c.kind) + weight(c.status) + weight(c.phase) + weight(c.area) +
         weight(c.subject) + weight(c.unit) + weight(c.household) + weight(c.outcome);
}

inline std::size_t weight(const wire::Figure& f) { return weight(f.indicator) + weight(f.group); }

inline std::size_t weight(const wire::Frozen& f) {
  auto out = weight(f.unit) + weight(f.municipality) + weight(f.rule_set) +
             f.figures.capacity() * sizeof(wire::Figure);
  for (auto& figure : f.figures) out += weight(figure);
  return out;
}

inline std::size_t weight(const wire::Counted& c) {
  return weight(c.indicator) + weight(c.group) + weight(c.case_id) + weight(c.subject) + weight(c.stream) +
         weight(c.standing) + c.evidence.capacity() * sizeof(Position);
}

inline std::size_t weight(const wire::Rule& r) {
  return weight(r.rule_id) + weight(r.kind) + weight(r.severity) + weight(r.name_en) + weight(r.name_sv) +
         weight(r.limit) + weight(r.legal_ref) + weight(r.source) + weight(r.rule_set) + weight(r.limit_sv) +
         weight(r.municipality);
}

inline std::size_t weight(const wire::Change<wire::Obligation>& c) {
  return (c.before ? weight(*c.before) : 0) + (c.after ? weight(*c.after) : 0);
}

inline std::size_t weight(const wire::Amendment& a) {
  return weight(a.rule) + weight(a.case_id) + weight(a.subject) + weight(a.actor) + weight(a.corrected_actor);
}

inline std::size_t weight(const wire::ConsentsAnswer::Giver& g) {
  return weight(g.person) + weight(g.state) + g.positions.capacity() * sizeof(Position);
}

inline std::size_t weight(const wire::NoObligation& n) {
  return weight(n.rule) + weight(n.case_id) + weight(n.stream);
}

inline std::size_t weight(const wire::Explanation& e) {
  std::size_t out = e.steps.capacity() * sizeof(wire::Explanation::Step);
  for (auto& step : e.steps)
    out +=
        weight(step.kind) + weight(step.en) + weight(step.sv) + step.positions.capacity() * sizeof(Position);
  return out + std::visit([](auto& of) { return weight(of); }, e.of);
}

template <class Item>
std::size_t weight(const std::vector<Item>& items) {
  std::size_t out = items.capacity() * sizeof(Item);
  for (auto& item : items) out += weight(item);
  return out;
}

}  // namespace stafett::server
