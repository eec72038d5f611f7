#pragma once

#include <memory>
#include <string>

#include "stafett/core/instant.h"
#include "stafett/core/result.h"
#include "stafett/ledger/ledger.h"
#include "stafett/projection/casebook.h"
#include "stafett/server/limits.h"

// The ledger on the network: the protocol of schema/protocol.capnp over TCP. One session a connection;
// appends of a connection enter the ledger in the order sent; questions are answered by a few threads beside
// the network's; a subscription reads the ledger at its own pace. Writes one line a connection to the
// diagnostic log at debug, and a warning with the peer's address where something was wrong; never content.
namespace stafett::server {

struct Options {
  std::string listen = "127.0.0.1:7411";  // HOST:PORT, [V6]:PORT; port 0 picks one
  Limits limits;
};

class Server {
 public:
  // Listens, and accepts until `stop`. The ledger, the casebook and the clock must outlive the server.
  // Errors: invalid_argument for an address that is none, unavailable when it cannot be listened on.
  static Result<std::unique_ptr<Server>> start(ledger::Ledger& ledger, projection::Casebook& casebook,
                                               const Clock& clock, Options options);
  // Stops if `stop` has not been called.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Where it listens: "127.0.0.1:7411", with the port that was picked.
  std::string address() const;
  std::size_t connections() const;

  // Accepts no more, reads no more requests, answers those that were accepted, ends subscriptions with
  // `unavailable`, and closes. Returns when all is done, at the latest about stop_timeout later: false when a
  // request was still running then, and the server must not be destroyed; the process should end. The
  // casebook is stopped when its questions take more than half of the time.
  bool stop();

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace stafett::server
