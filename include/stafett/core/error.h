#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stafett {

// The closed list of operating errors. Each maps one to one to the wire and to the command line's exit code.
enum class ErrorCode : unsigned char {
  invalid_argument,  // the request is malformed; sending it again unchanged will fail again
  not_found,         // what the request names does not exist (a stream, a position, a case)
  version_conflict,  // the stream is not at the expected version: read it again, then decide
  id_conflict,       // the event id is taken by another content; ids are never reused
  too_large,         // over a documented size limit; split the request
  forbidden,         // the caller may not do this
  unavailable,       // overloaded, out of disk space or stopping: nothing was done, try again later
  io_error,          // the disk failed; what was acknowledged earlier is still on it
  corruption,        // stored bytes are not what was written: stop, keep the disk, restore a backup
};

// "invalid_argument" and so on: the spelling on the wire and in JSON.
std::string_view to_string(ErrorCode code);
std::optional<ErrorCode> error_code_from(std::string_view name);

// What went wrong, for the operator (message) and for a program (code, field). Never holds personal content.
struct Error {
  ErrorCode code = ErrorCode::invalid_argument;
  std::string message;
  std::string field;  // path of the offending field, e.g. "data.childId"; empty if none
  std::optional<unsigned long long>
      actual_version;  // with version_conflict: the stream's version, absent if no stream
};

}  // namespace stafett
