#pragma once

#include <string>
#include <string_view>

#include "stafett/event/catalogue.h"

namespace stafett::event {

// Writes one line of JSON, in the order in which it is told.
class JsonWriter {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  void name(std::string_view member);  // must be followed by one value
  void string(std::string_view s);     // bytes that are not UTF-8 come out as U+FFFD
  void raw(std::string_view json);     // one value, already JSON
  void number(std::uint64_t n) { raw(std::to_string(n)); }
  void boolean(bool b) { raw(b ? "true" : "false"); }
  void instant(Instant t);  // RFC 3339, in Europe/Stockholm where that zone's offset can be written
  void value(const Field& field, const Value& v);  // a value that is present

  std::string take() { return std::move(out_); }

 private:
  void separate();
  void open(char bracket);
  void close(char bracket);
  void single(const Field& field, const Value& v);

  std::string out_;
  bool first_ = true;  // nothing stands before in the innermost object or array
};

}  // namespace stafett::event
