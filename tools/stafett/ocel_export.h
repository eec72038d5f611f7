#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "stafett/casework/corrections.h"
#include "stafett/client/connection.h"
#include "stafett/ocel_scope.h"
#include "stafett/output_file.h"

namespace stafett::tools::ocel {

// Writes the events of a ledger as one log. The ledger is read twice: for its corrections, since an event may
// be corrected long after it, and for its events, which are written as they come. Objects come last, each
// from the history of its own stream. What is held in memory is the corrections and the names of the objects.
class Export {
 public:
  using Say = std::function<void(const char* what, std::uint64_t count)>;  // "events" or "objects", so far
  Export(client::Connection& connection, OutputFile& out, bool identifying, Say say);

  // Reads the corrections, and so how far the log goes: not to what is appended while it is written.
  Result<void> survey();
  // Errors: not_found, with nothing written, when no event is in the scope; io_error; those of the
  // connection.
  Result<void> write(const Scope& scope);

  Position end() const { return end_; }
  std::uint64_t events() const { return events_; }
  std::uint64_t objects() const { return objects_.size(); }

 private:
  using Counted = std::function<void(const Corrected&)>;
  // With its corrections; not at all when one makes it void.
  void counted(const event::RecordedEvent& event, const Counted& each) const;
  // The events of a stream as they count, in order.
  Result<void> replay(const std::string& stream, const Counted& each);

  Result<void> write_event(const Scope& scope, const wire::StoredEvent& stored);
  Result<void> write_objects();
  Result<void> write_object(const std::string& name);
  Result<void> read_relations();
  // Lists of values, one a line.
  Result<void> begin(const char* name);
  Result<void> item(const Json& value);
  Result<void> write_list(const char* name, const std::vector<Json>& values);

  client::Connection& connection_;
  OutputFile& out_;
  bool identifying_;
  Say say_;
  bool first_ = true;
  Position end_;
  std::vector<event::RecordedEvent> corrected_by_;
  casework::Corrections corrections_{{}};
  std::set<std::uint16_t> types_;
  std::set<std::string, std::less<>> objects_;  // whatever an event of the log is related to
  std::map<std::string, std::set<Relationship>, std::less<>> relations_;  // of persons, from the households
  std::uint64_t events_ = 0;
};

}  // namespace stafett::tools::ocel
