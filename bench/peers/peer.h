#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "load/latencies.h"

// What users would pick instead, measured with the same load: events of the same size into streams of ten,
// over so many connections with so many unanswered each, then the histories of such streams.
namespace stafett::peers {

struct Settings {
  std::string address;  // HOST:PORT, or a file
  std::size_t connections = 8, depth = 1, events = 10000, size = 512, histories = 0, readers = 8;
  std::uint64_t seed = 1;
  bool json = false;
};

inline constexpr std::size_t stream_length = 10;

// An event as these stores see it: names to look it up by, and bytes. All of it together has about the size
// asked for.
struct Event {
  std::string stream, id, type, data;
  std::uint64_t version = 0;
};
std::string stream_name(std::uint64_t seed, std::size_t connection, std::size_t number);
Event event_of(const Settings& settings, std::size_t connection, std::size_t number);

// One connection of a client that does not block; answers come in the order of the requests. Trouble is a
// std::runtime_error.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual int socket() const = 0;
  virtual void append(const Event& event) = 0;          // puts the request in the client's buffer
  virtual void history(const std::string& stream) = 0;  // likewise; ten events are expected
  virtual bool write() = 0;                             // sends what it can; whether anything is left
  virtual std::size_t read() = 0;                       // takes what there is: so many answers
};

using Connect = std::function<std::unique_ptr<Connection>(const Settings&)>;

struct Measured {
  double seconds = 0;
  load::Latencies latencies;
};

// Closed loop on one thread, as stafett-load's.
Measured append_all(const Settings& settings, const Connect& connect);
Measured read_histories(const Settings& settings, const Connect& connect);

// Parses the command line, measures both, prints. The exit code of main.
int run(int argc, char** argv, const char* name, Settings settings,
        const std::function<Measured(const Settings&)>& append,
        const std::function<Measured(const Settings&)>& read);

}  // namespace stafett::peers
