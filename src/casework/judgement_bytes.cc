#include "stafett/casework/judgement_bytes.h"

#include <cstring>

namespace stafett::casework {
namespace {

void put(std::string& out, std::uint64_t n) {
  for (int i = 0; i < 8; ++i) out += static_cast<char>(n >> (8 * i));
}
void put(std::string& out, std::string_view s) {
  put(out, std::uint64_t{s.size()});
  out += s;
}
void put(std::string& out, double d) {
  std::uint64_t bits;
  std::memcpy(&bits, &d, sizeof bits);
  put(out, bits);
}
void put(std::string& out, Instant t) { put(out, static_cast<std::uint64_t>(micros(t))); }
void put(std::string& out, Position p) { put(out, p.value); }
template <class T>
void put(std::string& out, const std::optional<T>& v) {
  out += v ? '\1' : '\0';
  if (v) put(out, *v);
}

}  // namespace

std::string to_bytes(const Judgement& judgement) {
  std::string out;
  put(out, std::uint64_t{judgement.judged.size()});
  for (auto& j : judgement.judged) {
    auto& o = j.obligation;
    for (std::string_view s :
         {o.rule, o.stream, o.case_id, o.subject, o.unit, o.legal_ref, j.part, j.household})
      put(out, s);
    out += static_cast<char>(o.severity);
    out += static_cast<char>(o.state);
    out += o.warning ? '\1' : '\0';
    put(out, o.triggered_by);
    put(out, o.created_at);
    put(out, o.due_at);
    put(out, o.warn_at);
    put(out, o.settled_by);
    put(out, o.settled_at);
    put(out, std::uint64_t{j.of_rule});
    put(out, std::uint64_t{j.trigger_type});
    put(out, j.matched);
    put(out, j.needed);
    put(out, std::uint64_t{j.evidence.size()});
    for (auto p : j.evidence) put(out, p);
    for (auto& d : *j.dimensions) put(out, d);
    put(out, j.measure);
    for (auto* list : {&j.covers, &j.children}) {
      put(out, std::uint64_t{list->size()});
      for (auto value : *list) put(out, value);
    }
    put(out, std::uint64_t{j.splits.size()});
    for (auto& [name, value] : j.splits) {
      put(out, name);
      put(out, value);
    }
  }
  put(out, std::uint64_t{judgement.registered.size()});
  for (auto& r : judgement.registered) {
    put(out, r.position);
    put(out, static_cast<std::uint64_t>(r.on.days));
    put(out, static_cast<double>(r.days));
    put(out, std::uint64_t{r.type});
    put(out, judgement.origins[r.origin].first);
    put(out, judgement.origins[r.origin].second);
  }
  return out;
}

}  // namespace stafett::casework
