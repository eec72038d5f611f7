#pragma once

#include <boost/outcome/basic_result.hpp>
#include <boost/outcome/policy/terminate.hpp>
#include <boost/outcome/try.hpp>
#include <string>
#include <utility>

#include "stafett/core/error.h"

// One door to Boost.Outcome. Only what std::expected also offers is used elsewhere, so that this file is all
// that changes when the compiler has it.
namespace stafett {

template <class T>
using Result =
    BOOST_OUTCOME_V2_NAMESPACE::basic_result<T, Error, BOOST_OUTCOME_V2_NAMESPACE::policy::terminate>;

// Success without a value.
inline Result<void> ok() { return BOOST_OUTCOME_V2_NAMESPACE::success(); }

// `return fail(ErrorCode::not_found, "…")` converts to any Result<T>.
inline auto fail(ErrorCode code, std::string message, std::string field = {}) {
  return BOOST_OUTCOME_V2_NAMESPACE::failure(Error{code, std::move(message), std::move(field), {}});
}
inline auto fail(Error error) { return BOOST_OUTCOME_V2_NAMESPACE::failure(std::move(error)); }

}  // namespace stafett

// STAFETT_TRY(auto x, expression) binds the value or returns the error; STAFETT_TRY(expression) drops the
// value.
#define STAFETT_TRY(...) BOOST_OUTCOME_TRY(__VA_ARGS__)
#define STAFETT_CO_TRY(...) BOOST_OUTCOME_CO_TRY(__VA_ARGS__)
