#include "client/socket.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "stafett/client/connection.h"

namespace stafett::client {
namespace {

constexpr int connect_timeout_ms = 10'000;

struct Address {
  std::string host, port;
};

Result<Address> split(const std::string& server) {
  auto colon = server.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == server.size())
    return fail(ErrorCode::invalid_argument, "not an address of the form HOST:PORT: " + server);
  auto host = server.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  return Address{host, server.substr(colon + 1)};
}

// 0 or errno.
int connect_within(int descriptor, const addrinfo& to) {
  int flags = fcntl(descriptor, F_GETFL);
  fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
  if (::connect(descriptor, to.ai_addr, to.ai_addrlen) != 0) {
    if (errno != EINPROGRESS) return errno;
    pollfd waiting{descriptor, POLLOUT, 0};
    int ready;
    do {
      ready = poll(&waiting, 1, connect_timeout_ms);
    } while (ready < 0 && errno == EINTR);
    if (ready == 0) return ETIMEDOUT;
    int failure = 0;
    socklen_t size = sizeof failure;
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size);
    if (failure != 0) return failure;
  }
  fcntl(descriptor, F_SETFL, flags);
  return 0;
}

}  // namespace

Error lost_connection(std::string why) {
  return Error{ErrorCode::unavailable, std::move(why), server_field, {}};
}

Result<Socket> Socket::connect(const std::string& server) {
  STAFETT_TRY(auto address, split(server));
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  if (int failure = getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found); failure != 0)
    return fail(lost_connection("no address for " + server + ": " + gai_strerror(failure)));
  std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> held(found, freeaddrinfo);
  int failure = EADDRNOTAVAIL;
  for (auto* to = found; to != nullptr; to = to->ai_next) {
    int descriptor = socket(to->ai_family, to->ai_socktype | SOCK_CLOEXEC, to->ai_protocol);
    if (descriptor < 0) {
      failure = errno;
      continue;
    }
    Socket connected(descriptor);
    failure = connect_within(descriptor, *to);
    if (failure != 0) continue;
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    return connected;
  }
  return fail(lost_connection("cannot reach the server at " + server + ": " + std::strerror(failure)));
}

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Socket::~Socket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> Socket::send(BytesView bytes) {
  while (!bytes.empty()) {
    auto n = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0)
      return fail(
          lost_connection(std::string("the connection to the server was lost: ") + std::strerror(errno)));
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return ok();
}

Result<std::size_t> Socket::receive(std::span<std::byte> into) {
  for (;;) {
    auto n = ::recv(descriptor_, into.data(), into.size(), 0);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0)
      return fail(
          lost_connection(std::string("the connection to the server was lost: ") + std::strerror(errno)));
    return static_cast<std::size_t>(n);
  }
}

void Socket::shut_down() { ::shutdown(descriptor_, SHUT_RDWR); }

}  // namespace stafett::client
