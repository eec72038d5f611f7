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

// Calls, and puts the parts of an answer of kind A together: each is joined to the first by `add`.
template <class A, class Add>
Result<A> whole(Connection& connection, wire::RequestBody request, Add add) {
  std::optional<A> all;
  auto each = [&](wire::ResponseBody body) -> Result<void> {
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

template <class A>
Result<A> whole(Connection& connection, wire::RequestBody request) {
  return whole<A>(connection, std::move(request), [](A&, A&) {});
}

// Calls for an answer of kind A that comes after word of progress.
template <class A, class Add>
Result<A> after_progress(Connection& connection, wire::RequestBody request,
                         const std::function<void(wire::ProgressAnswer)>& progress, Add add) {
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

template <class A>
Result<A> after_progress(Connection& connection, wire::RequestBody request,
                         const std::function<void(wire::ProgressAnswer)>& progress) {
  return after_progress<A>(connection, std::move(request), progress, [](A&, A&) {});
}

}  // namespace stafett::client
