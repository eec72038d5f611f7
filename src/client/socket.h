#pragma once

#include <string>

#include "stafett/core/bytes.h"
#include "stafett/core/result.h"

namespace stafett::client {

// A connected TCP socket with blocking calls. One thread may send while another receives.
class Socket {
 public:
  // Tries each address of the name in turn. Errors: invalid_argument, unavailable.
  static Result<Socket> connect(const std::string& server);
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) noexcept;
  ~Socket();

  // All bytes. Errors: unavailable.
  Result<void> send(BytesView bytes);
  // At least one byte into `into`; 0 at the end. Errors: unavailable.
  Result<std::size_t> receive(std::span<std::byte> into);
  // Lets both calls end, from any thread.
  void shut_down();

 private:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

Error lost_connection(std::string why);

}  // namespace stafett::client
