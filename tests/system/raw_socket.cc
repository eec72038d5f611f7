#include "system/raw_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace stafett::system_test {

RawSocket::RawSocket(const std::string& address)
    : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  auto colon = address.rfind(':');
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
  inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
  if (connect(descriptor_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
    throw std::runtime_error("cannot connect to " + address);
}

RawSocket::RawSocket(RawSocket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

RawSocket::~RawSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool RawSocket::send(BytesView bytes) {
  while (!bytes.empty()) {
    auto n = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return true;
}

void RawSocket::end_sending() { ::shutdown(descriptor_, SHUT_WR); }

Bytes RawSocket::until_closed() {
  Bytes all;
  for (;;) {
    pollfd waiting{descriptor_, POLLIN, 0};
    if (poll(&waiting, 1, 60'000) <= 0) throw std::runtime_error("the server does not close the connection");
    std::byte buffer[65536];
    auto n = ::recv(descriptor_, buffer, sizeof buffer, 0);
    if (n <= 0) return all;
    all.insert(all.end(), buffer, buffer + n);
  }
}

void RawSocket::abort() {
  linger off{1, 0};
  setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &off, sizeof off);
  ::close(descriptor_);
  descriptor_ = -1;
}

}  // namespace stafett::system_test
