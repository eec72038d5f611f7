#pragma once

#include <functional>
#include <iterator>
#include <optional>
#include <vector>

#include "stafett/client/connection.h"

// Answers in parts, put together.
namespace stafett::client {

inline Error unexpected() {
  return {ErrorCode::corruption, "the server answers another question than was asked", {}, {}};
}

// Continues a list with the next part's.
template <class T>
void join(std::vector<T>& all, std::vector<T>& part) {
  all.insert(all.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
}

using Progress = std::function<void(wire::ProgressAnswer)>;

// Calls, and puts the parts of an answer of kind A together: each is joined to the first by `add`. Word of
// progress may come before any of them.
template <class A, class Add>
Result<A> whole(Connection& connection, wire::RequestBody request, Add add, const Progress& progress = {}) {
  std::optional<A> all;
  auto each = [&](wire::ResponseBody body) -> Result<void> {
    if (auto* done = std::get_if<wire::ProgressAnswer>(&body)) {
      if (progress) progress(*done);
      return ok();
    }
    auto* part = std::get_if<A>(&body);
    if (!part) return fail(unexpected());
    if (all)
      add(*all, *part);
    else
      all = std::move(*part);
    return ok();
  };
  STAFETT_TRY(connection.call(std::move(request), each));
  if (!all) return fail(unexpected());
  return std::move(*all);
}

// Of an answer that has nothing to join.
template <class A>
Result<A> whole(Connection& connection, wire::RequestBody request, const Progress& progress = {}) {
  return whole<A>(
      connection, std::move(request), [](A&, A&) {}, progress);
}

}  // namespace stafett::client
