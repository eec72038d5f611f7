// PostgreSQL: one append-only table, unique (stream, version), one function that appends (events.sql).
// Pipeline mode with a sync after each request, so that each is a transaction of its own.
#include <libpq-fe.h>

#include <stdexcept>

#include "peer.h"

namespace {

using namespace stafett::peers;

class Postgres final : public Connection {
 public:
  explicit Postgres(const Settings& s) {
    const auto colon = s.address.rfind(':');
    const auto where = "host=" + s.address.substr(0, colon) + " port=" + s.address.substr(colon + 1) +
                       " dbname=postgres user=postgres";
    connection_ = PQconnectdb(where.c_str());
    if (PQstatus(connection_) != CONNECTION_OK) complain();
    prepare("append", "SELECT append($1, $2, $3, $4, $5)");
    prepare("history",
            "SELECT version, id, type, recorded_at, data FROM events WHERE stream = $1 ORDER BY version");
    if (PQsetnonblocking(connection_, 1) != 0 || PQenterPipelineMode(connection_) != 1) complain();
  }
  ~Postgres() override { PQfinish(connection_); }

  int socket() const override { return PQsocket(connection_); }
  void append(const Event& e) override {
    const auto version = std::to_string(e.version);
    const char* values[] = {e.stream.c_str(), version.c_str(), e.id.c_str(), e.type.c_str(), e.data.data()};
    const int lengths[] = {0, 0, 0, 0, static_cast<int>(e.data.size())};
    const int formats[] = {0, 0, 0, 0, 1};
    wanted_ = 1;
    send("append", 5, values, lengths, formats);
  }
  void history(const std::string& stream) override {
    const char* values[] = {stream.c_str()};
    wanted_ = stream_length;
    send("history", 1, values, nullptr, nullptr);
  }
  bool write() override {
    const int left = PQflush(connection_);
    if (left < 0) complain();
    return left == 1;
  }
  std::size_t read() override {
    if (PQconsumeInput(connection_) != 1) complain();
    std::size_t answers = 0;
    // A request's rows, the end of them (null), and the mark of its sync.
    while (!PQisBusy(connection_)) {
      auto* result = PQgetResult(connection_);
      if (!result) {
        if (++ends_ > 1) break;
        continue;
      }
      ends_ = 0;
      const auto status = PQresultStatus(result);
      const auto rows = static_cast<std::size_t>(PQntuples(result));
      const std::string said = PQresultErrorMessage(result);
      PQclear(result);
      if (status == PGRES_PIPELINE_SYNC)
        ++answers;
      else if (status != PGRES_TUPLES_OK || rows != wanted_)
        throw std::runtime_error(said.empty() ? "an answer with other rows" : said);
    }
    ends_ = 0;
    return answers;
  }

 private:
  [[noreturn]] void complain() const { throw std::runtime_error(PQerrorMessage(connection_)); }
  void prepare(const char* name, const char* query) {
    auto* result = PQprepare(connection_, name, query, 0, nullptr);
    const bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!done) complain();
  }
  void send(const char* name, int count, const char* const* values, const int* lengths, const int* formats) {
    // Binary answers: the client should not be what is measured.
    if (PQsendQueryPrepared(connection_, name, count, values, lengths, formats, 1) != 1 ||
        PQpipelineSync(connection_) != 1)
      complain();
  }

  PGconn* connection_;
  std::size_t wanted_ = 1;
  int ends_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const Connect connect = [](const Settings& s) { return std::make_unique<Postgres>(s); };
  return run(
      argc, argv, "PostgreSQL", {}, [&](const Settings& s) { return append_all(s, connect); },
      [&](const Settings& s) { return read_histories(s, connect); });
}
