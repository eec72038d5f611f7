// Redis: a stream for each case; an entry's id is its version, so that Redis itself refuses one that is not
// after the last.
#include <fcntl.h>
#include <hiredis/hiredis.h>

#include <stdexcept>

#include "peer.h"

namespace {

using namespace stafett::peers;

class Redis final : public Connection {
 public:
  explicit Redis(const Settings& s) {
    const auto colon = s.address.rfind(':');
    context_ = redisConnect(s.address.substr(0, colon).c_str(), std::stoi(s.address.substr(colon + 1)));
    if (!context_ || context_->err) throw std::runtime_error(context_ ? context_->errstr : "no memory");
    // From here on nothing blocks.
    context_->flags &= ~REDIS_BLOCK;
    if (fcntl(context_->fd, F_SETFL, O_NONBLOCK) != 0) throw std::runtime_error("cannot stop blocking");
  }
  ~Redis() override { redisFree(context_); }

  int socket() const override { return context_->fd; }
  void append(const Event& e) override {
    const auto id = std::to_string(e.version + 1) + "-0";
    put({"XADD", e.stream, id, "id", e.id, "type", e.type, "data", e.data});
    wanted_ = REDIS_REPLY_STRING;
  }
  void history(const std::string& stream) override {
    put({"XRANGE", stream, "-", "+"});
    wanted_ = REDIS_REPLY_ARRAY;
  }
  bool write() override {
    int done = 0;
    if (redisBufferWrite(context_, &done) != REDIS_OK) throw std::runtime_error(context_->errstr);
    return done == 0;
  }
  std::size_t read() override {
    if (redisBufferRead(context_) != REDIS_OK) throw std::runtime_error(context_->errstr);
    std::size_t answers = 0;
    for (;; ++answers) {
      void* got = nullptr;
      if (redisGetReplyFromReader(context_, &got) != REDIS_OK) throw std::runtime_error(context_->errstr);
      if (!got) return answers;
      auto* reply = static_cast<redisReply*>(got);
      const bool good =
          reply->type == wanted_ && (wanted_ != REDIS_REPLY_ARRAY || reply->elements == stream_length);
      const std::string said = reply->type == REDIS_REPLY_ERROR ? reply->str : "an answer of another kind";
      freeReplyObject(got);
      if (!good) throw std::runtime_error(said);
    }
  }

 private:
  void put(const std::vector<std::string>& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (auto& word : words) texts.push_back(word.data()), sizes.push_back(word.size());
    redisAppendCommandArgv(context_, static_cast<int>(words.size()), texts.data(), sizes.data());
  }

  redisContext* context_;
  int wanted_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const Connect connect = [](const Settings& s) { return std::make_unique<Redis>(s); };
  return run(
      argc, argv, "Redis", {}, [&](const Settings& s) { return append_all(s, connect); },
      [&](const Settings& s) { return read_histories(s, connect); });
}
