#pragma once

#include <string>

#include "stafett/core/bytes.h"

namespace stafett::system_test {

// A TCP connection that sends and receives whatever bytes one likes.
class RawSocket {
 public:
  explicit RawSocket(const std::string& address);
  ~RawSocket();
  RawSocket(RawSocket&& other) noexcept;
  RawSocket& operator=(RawSocket&&) = delete;

  // False when the other side does not take it any more.
  bool send(BytesView bytes);
  void end_sending();
  // Everything until the other side closes; gives up after a minute by failing.
  Bytes until_closed();
  // Closes with a reset.
  void abort();

 private:
  int descriptor_;
};

}  // namespace stafett::system_test
