#pragma once

#include <array>

#include "client/socket.h"
#include "stafett/client/connection.h"
#include "stafett/wire/frame.h"

namespace stafett::client {

// A socket that carries frames. One thread may send while another receives.
class Link {
 public:
  explicit Link(Socket socket) : socket_(std::move(socket)) {}

  Result<void> send(BytesView frames) { return socket_.send(frames); }
  // The next response, waiting for it. Errors: unavailable (lost), corruption when the server sends what is
  // none. What the server says about the connection itself (id 0) is a loss.
  Result<wire::Response> receive();
  void shut_down() { socket_.shut_down(); }

 private:
  Socket socket_;
  wire::FrameReader frames_;
  std::array<std::byte, 64u << 10> buffer_;
};

struct Connection::State {
  explicit State(Socket socket) : link(std::move(socket)) {}
  Link link;
  std::uint64_t last_id = 0;
};

}  // namespace stafett::client
