// SQLite in this process: a thread for each connection, writing in turns as a server around it would have
// them do, a transaction for each `depth` events. WAL, synchronous=FULL: a commit is on disk when it returns.
#include <sqlite3.h>

#include <chrono>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "municipality/chance.h"
#include "peer.h"

namespace {

using namespace stafett::peers;
using Steady = std::chrono::steady_clock;

class Database {
 public:
  explicit Database(const Settings& s) {
    check(sqlite3_open(s.address.c_str(), &db_));
    sqlite3_busy_timeout(db_, 60000);
    execute("PRAGMA journal_mode=WAL");
    execute("PRAGMA synchronous=FULL");
    execute(
        "CREATE TABLE IF NOT EXISTS events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, version "
        "INTEGER NOT "
        "NULL, id TEXT NOT NULL, type TEXT NOT NULL, recorded_at REAL NOT NULL DEFAULT (julianday('now')), "
        "data BLOB NOT "
        "NULL, UNIQUE (stream, version))");
    check(sqlite3_prepare_v2(db_,
                             "INSERT INTO events (stream, version, id, type, data) VALUES (?, ?, ?, ?, ?)",
                             -1, &append_, nullptr));
    check(sqlite3_prepare_v2(
        db_, "SELECT version, id, type, recorded_at, data FROM events WHERE stream = ? ORDER BY version", -1,
        &history_, nullptr));
  }
  ~Database() {
    sqlite3_finalize(append_);
    sqlite3_finalize(history_);
    sqlite3_close(db_);
  }
  void execute(const char* sql) { check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }
  void append(const Event& e) {
    text(append_, 1, e.stream);
    check(sqlite3_bind_int64(append_, 2, static_cast<sqlite3_int64>(e.version)));
    text(append_, 3, e.id);
    text(append_, 4, e.type);
    check(sqlite3_bind_blob(append_, 5, e.data.data(), static_cast<int>(e.data.size()), SQLITE_STATIC));
    if (sqlite3_step(append_) != SQLITE_DONE) complain();
    check(sqlite3_reset(append_));
  }
  void history(const std::string& stream) {
    text(history_, 1, stream);
    std::size_t rows = 0;
    int step;
    while ((step = sqlite3_step(history_)) == SQLITE_ROW) rows += sqlite3_column_bytes(history_, 4) > 0;
    check(sqlite3_reset(history_));
    if (step != SQLITE_DONE || rows != stream_length) throw std::runtime_error("an answer with other rows");
  }

 private:
  [[noreturn]] void complain() const { throw std::runtime_error(sqlite3_errmsg(db_)); }
  void check(int code) const {
    if (code != SQLITE_OK) complain();
  }
  void text(sqlite3_stmt* to, int place, const std::string& s) const {
    check(sqlite3_bind_text(to, place, s.data(), static_cast<int>(s.size()), SQLITE_STATIC));
  }

  sqlite3* db_ = nullptr;
  sqlite3_stmt *append_ = nullptr, *history_ = nullptr;
};

// `work` is done by each thread with its own database and its own latencies.
Measured on_threads(
    const Settings& s, std::size_t threads,
    const std::function<void(Database&, std::size_t thread, stafett::load::Latencies&)>& work) {
  std::vector<std::unique_ptr<Database>> databases;
  for (std::size_t i = 0; i < threads; ++i) databases.push_back(std::make_unique<Database>(s));
  std::vector<stafett::load::Latencies> latencies(threads);
  std::vector<std::string> trouble(threads);
  std::vector<std::thread> running;
  const auto begin = Steady::now();
  for (std::size_t i = 0; i < threads; ++i)
    running.emplace_back([&, i] {
      try {
        work(*databases[i], i, latencies[i]);
      } catch (const std::exception& e) {
        trouble[i] = e.what();
      }
    });
  for (auto& thread : running) thread.join();
  Measured out;
  out.seconds = std::chrono::duration<double>(Steady::now() - begin).count();
  for (std::size_t i = 0; i < threads; ++i) {
    if (!trouble[i].empty()) throw std::runtime_error(trouble[i]);
    out.latencies.add(latencies[i]);
  }
  return out;
}

std::uint32_t us_since(Steady::time_point begin) {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - begin).count());
}

Measured append_in_turns(const Settings& s) {
  const auto each = s.events / s.connections;
  std::vector<std::vector<Event>> events(s.connections);
  for (std::size_t i = 0; i < s.connections; ++i)
    for (std::size_t n = 0; n < each; ++n) events[i].push_back(event_of(s, i, n));
  std::mutex turn;
  return on_threads(s, s.connections,
                    [&](Database& db, std::size_t thread, stafett::load::Latencies& latencies) {
                      for (std::size_t n = 0; n < each;) {
                        const auto begin = Steady::now();
                        const auto until = std::min(each, n + s.depth);
                        const auto first = n;
                        {
                          std::lock_guard lock(turn);
                          db.execute("BEGIN IMMEDIATE");
                          for (; n < until; ++n) db.append(events[thread][n]);
                          db.execute("COMMIT");
                        }
                        for (auto i = first; i < until; ++i) latencies.add(us_since(begin));
                      }
                    });
}

Measured read_together(const Settings& s) {
  return on_threads(s, s.readers, [&](Database& db, std::size_t thread, stafett::load::Latencies& latencies) {
    stafett::municipality::Chance chance(s.seed + thread);
    for (std::size_t n = 0; n < s.histories / s.readers; ++n) {
      const auto of = chance.below(static_cast<std::uint32_t>(s.connections));
      const auto stream =
          stream_name(s.seed, of, chance.below(static_cast<std::uint32_t>(s.events / s.connections)));
      const auto begin = Steady::now();
      db.history(stream);
      latencies.add(us_since(begin));
    }
  });
}

}  // namespace

int main(int argc, char** argv) { return run(argc, argv, "SQLite", {}, append_in_turns, read_together); }
