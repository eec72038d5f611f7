#include "listen_address.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace stafett::tools {
namespace {

struct Address {
  std::string host, port;
};

// The same form as the server's.
Result<Address> split(const std::string& address) {
  auto malformed = [&] {
    return fail(ErrorCode::invalid_argument,
                "not an address of the form HOST:PORT with a port from 0 to 65535: " + address);
  };
  auto colon = address.rfind(':');
  if (colon == std::string::npos) return malformed();
  auto host = address.substr(0, colon), port = address.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (host.empty() || port.empty() || port.size() > 5 ||
      port.find_first_not_of("0123456789") != std::string::npos || std::stoul(port) > 65535)
    return malformed();
  return Address{std::move(host), std::move(port)};
}

}  // namespace

Result<void> can_listen(const std::string& address) {
  STAFETT_TRY(auto parts, split(address));
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (int failure = getaddrinfo(parts.host.c_str(), parts.port.c_str(), &hints, &found); failure != 0)
    return fail(ErrorCode::unavailable,
                "no address is known for " + parts.host + ": " + gai_strerror(failure));
  std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> held(found, freeaddrinfo);
  int descriptor = socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC, found->ai_protocol);
  // As the server binds: an address that others listen on is refused, one that was left a moment ago is not.
  // Bound and not listened on, it takes no client away from the server to come.
  int on = 1;
  bool free = descriptor >= 0 && setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
              bind(descriptor, found->ai_addr, found->ai_addrlen) == 0;
  int failure = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!free)
    return fail(ErrorCode::unavailable, "cannot listen on " + address + ": " + std::strerror(failure));
  return ok();
}

}  // namespace stafett::tools
