#include "client/link.h"

#include "stafett/wire/codec.h"

namespace stafett::client {

Result<wire::Response> Link::receive() {
  for (;;) {
    if (auto frame = frames_.next()) {
      STAFETT_TRY(auto response, wire::decode_response(*frame));
      if (response.id == 0)
        if (auto* failure = std::get_if<wire::Failure>(&response.body))
          return fail(lost_connection("the server turns the connection away (" +
                                      std::string(to_string(failure->error.code)) +
                                      "): " + failure->error.message));
      return response;
    }
    STAFETT_TRY(auto bytes, socket_.receive(buffer_));
    if (bytes == 0) return fail(lost_connection("the server has closed the connection"));
    STAFETT_TRY(frames_.feed(BytesView(buffer_).first(bytes)));
  }
}

}  // namespace stafett::client
