#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "stafett/wire/codec.h"
#include "stafett/wire/frame.h"
#include "system/running_server.h"

// What `stafett` makes of what it is told: by its user, and by a server.

using namespace stafett;
using namespace stafett::system_test;

namespace {

// A server that answers the first request of its one connection with an error, and goes on listening to it
// until the client leaves.
class RefusingServer {
 public:
  explicit RefusingServer(Error error) : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&at), size) == 0);
    REQUIRE(listen(listener_, 1) == 0);
    REQUIRE(getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) == 0);
    address_ = "127.0.0.1:" + std::to_string(ntohs(at.sin_port));
    thread_ = std::thread([this, error = std::move(error)] { answer(error); });
  }
  ~RefusingServer() {
    thread_.join();
    ::close(listener_);
  }
  RefusingServer(const RefusingServer&) = delete;
  RefusingServer& operator=(const RefusingServer&) = delete;

  const std::string& address() const { return address_; }

 private:
  void answer(const Error& error) const {
    pollfd waiting{listener_, POLLIN, 0};
    if (poll(&waiting, 1, 60'000) <= 0) return;
    int client = ::accept(listener_, nullptr, nullptr);
    wire::FrameReader frames;
    std::byte buffer[4096];
    for (ssize_t n; (n = ::recv(client, buffer, sizeof buffer, 0)) > 0;) {
      if (!frames.feed(BytesView(buffer).first(static_cast<std::size_t>(n)))) break;
      while (auto frame = frames.next()) {
        auto decoded = wire::decode_request(*frame);
        auto* request = std::get_if<wire::Request>(&decoded);
        if (!request) break;
        auto response = wire::encode(wire::Response{request->id, false, wire::Failure{error, {}}});
        ::send(client, response.value().data(), response.value().size(), MSG_NOSIGNAL);
      }
    }
    ::close(client);
  }

  int listener_;
  std::string address_;
  std::thread thread_;
};

std::size_t times(const std::string& what, const std::string& in) {
  std::size_t count = 0;
  for (auto at = in.find(what); at != std::string::npos; at = in.find(what, at + what.size())) ++count;
  return count;
}

// A rule set with one rule, of which `member` is put in or replaced.
std::string rule_set_with(const std::string& member, const Json& value) {
  auto rule = Json::parse(
      R"({"id":"X01","severity":"must","name":{"en":"A","sv":"A"},"clauses":[{"when":{"event":"ConcernReported"},
          "for":"child","must":{"event":"ProtectionAssessed"},"within":{"days":1}}]})");
  rule[member] = value;
  return Json{{"ruleSetId", "x"}, {"inForceFrom", "2019-01-01"}, {"rules", {rule}}}.dump();
}

}  // namespace

TEST_CASE("a server that says it is at its limit was reached: the question ends with 1 and its words",
          "[system]") {
  for (std::vector<std::string> question : {std::vector<std::string>{"case", "c-1"},
                                            {"obligations"},
                                            {"indicators"},
                                            {"read"},
                                            {"head"},
                                            {"read", "--follow"},
                                            {"rebuild"}}) {
    RefusingServer server({ErrorCode::unavailable, "so busy today", {}, {}});
    question.insert(question.begin(), program("stafett"));
    question.insert(question.end(), {"--server", server.address()});
    auto ended = run(question);
    INFO(question[1]);
    CHECK(ended.code == 1);
    CHECK(ended.errors == "stafett: so busy today\n");
  }
}

TEST_CASE("a filter that is empty is a usage error", "[system]") {
  for (std::vector<std::string> filter : {std::vector<std::string>{"--rule", ""},
                                          {"--case", ""},
                                          {"--case", "case/"},
                                          {"--unit", ""},
                                          {"--rule="},
                                          {"--state", ""}}) {
    filter.insert(filter.begin(), {program("stafett"), "obligations", "--server", "127.0.0.1:1"});
    auto ended = run(filter);
    INFO(filter[4] << ": " << ended.errors);
    CHECK(ended.code == 2);
  }
}

TEST_CASE("with one end of the period given, the other is that of its calendar year", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto figures = [&](std::vector<std::string> period) {
    period.insert(period.begin(), {"indicators", "--at", "2021-06-30"});
    return server.json(period);
  };
  auto of_the_year = figures({"--from", "2019-01-01", "--to", "2020-01-01"});
  REQUIRE(of_the_year != figures({}));  // 2021, of which the scenario tells nothing
  CHECK(figures({"--to", "2020-01-01"}) == of_the_year);
  CHECK(figures({"--from", "2019-01-01"}) == of_the_year);
  auto from_march = figures({"--from", "2019-03-14", "--to", "2020-01-01"});
  CHECK(from_march != of_the_year);
  CHECK(figures({"--from", "2019-03-14"}) == from_march);
  auto to_march = figures({"--from", "2019-01-01", "--to", "2019-03-14"});
  CHECK(to_march != of_the_year);
  CHECK(figures({"--to", "2019-03-14"}) == to_march);
}

TEST_CASE("a period of no day is a usage error, whoever takes one", "[system]") {
  for (const std::vector<std::string>& command : {std::vector<std::string>{"indicators"},
                                                  {"indicators", "--frozen"},
                                                  {"export", "figures"},
                                                  {"explain", "--indicator", "I08"},
                                                  {"timeline", "c-1"},
                                                  {"late"}})
    for (auto to : {"2019-03-01", "2019-02-28"}) {
      std::vector<std::string> asked{program("stafett"), "--server", "127.0.0.1:1"};
      asked.insert(asked.end(), command.begin(), command.end());
      asked.insert(asked.end(), {"--from", "2019-03-01", "--to", to});
      auto ended = run(asked);
      INFO(command[0] << ": " << ended.errors);
      CHECK(ended.code == 2);
      CHECK(ended.errors.find("--to: not after --from") != std::string::npos);
    }
}

TEST_CASE("a mean is shown as a number, a share of all as 100 %", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  std::vector<std::string> year{"indicators", "--from", "2019-01-01", "--to",
                                "2020-01-01", "--at",   "2020-03-01"};
  std::set<std::string> whole;
  std::optional<double> level;
  for (auto& f : server.json(year)) {
    if (f.at("denominator").is_null() || f.at("value").is_null()) continue;
    if (f.at("indicator") == "I07b") level = f.at("value").get<double>();
    if (f.at("numerator") == f.at("denominator") && f.at("median").is_null())
      whole.insert(f.at("indicator").get<std::string>());
  }
  REQUIRE(level);
  REQUIRE(*level > 1);
  REQUIRE_FALSE(whole.empty());
  for (auto& line : server.stafett(year).lines()) {
    INFO(line);
    auto id = line.substr(0, line.find(' '));
    if (whole.contains(id)) CHECK(line.find(" 100 % ") != std::string::npos);
    if (id != "I07b") continue;
    CHECK(line.find('%') == std::string::npos);
    char shown[32];
    std::snprintf(shown, sizeof shown, *level == static_cast<int>(*level) ? " %.0f " : " %.2f ", *level);
    CHECK(line.find(shown) != std::string::npos);
  }
}

TEST_CASE("rules show is rules, also with a time", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  CHECK(server.json({"rules", "show"}) == server.json({"rules"}));
  // The set that a ledger begins with is in force for all times, also before it was recorded.
  CHECK(server.json({"rules", "show", "--known-at", "2019-01-01"}).size() > 50);
  CHECK(server.stafett({"rules", "show", "adopt"}).code == 2);
  CHECK(server.stafett({"rules", "shew"}).code == 2);
  // Adopting is done now, and a dry run is of now.
  support::write(dir / "set.json", rule_set_with("source", "none"));
  const auto set = (dir / "set.json").string();
  for (std::string time : {"--at", "--known-at"}) {
    CHECK(server.stafett({"rules", "adopt", set, time, "2019-01-01"}).code == 2);
    CHECK(server.stafett({"rules", time, "2019-01-01", "adopt", set}).code == 2);
    CHECK(server.stafett({"rules", "adopt", set, "--dry-run", time, "2019-01-01"}).code == 2);
  }
  CHECK(server.json({"head"}).at(0).at("size") == 1);
  CHECK(server.stafett({"rules", "adopt", set}).code == 0);
}

TEST_CASE("what is wrong with a rule set is said once, with its place, and in no library's words",
          "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto refused = [&](const std::string& text) {
    support::write(dir / "set.json", text);
    auto ended = server.stafett({"rules", "adopt", (dir / "set.json").string()});
    CHECK(ended.code == 1);
    CHECK(ended.errors.find("json.exception") == std::string::npos);
    CHECK(times("\n", ended.errors) == 1);
    return ended.errors;
  };
  auto wrong = refused(rule_set_with("severity", "perhaps"));
  CHECK(times("rules[0].severity", wrong) == 1);
  CHECK(wrong.starts_with("stafett: rules[0].severity: "));
  CHECK(refused("{\"ruleSetId\":\n oops").find("line 2") != std::string::npos);
  CHECK(refused("[]").size() > 20);
  CHECK(refused(rule_set_with("legalRefs", Json::parse(R"([{"act":"SoL","verified":"maybe"}])"))).size() >
        20);
  CHECK(server.json({"head"}).at(0).at("size") == 1);
}

TEST_CASE("a stream's name that none can have is refused before anybody is asked", "[system]") {
  auto said = [](const std::string& stream) {
    auto ended = run({program("stafett"), "history", stream, "--server", "127.0.0.1:1"});
    INFO(stream);
    CHECK(ended.code == 1);
    return ended.errors;
  };
  for (auto malformed : {"nostream", "case/", "/c-1", ""})
    CHECK(said(malformed).find("category/id") != std::string::npos);
  auto unknown = said("foo/bar");
  CHECK(unknown.find("\"foo\"") != std::string::npos);
  CHECK(unknown.find("household") != std::string::npos);
}

TEST_CASE("a unit's stream with an empty segment is refused", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto appointed = Json::parse(case_opened(1, "c-1"));
  appointed["source"] = "eskilstuna//ifoChild";
  auto refused = server.stafett({"append", "--json"}, appointed.dump() + "\n");
  CHECK(refused.code == 1);
  CHECK(parsed(refused.lines()).at(0).at("field") == "source");
}

TEST_CASE("there is no consistency proof from the empty tree", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  for (auto newer : {"0", "1"}) {
    auto refused = server.stafett({"prove", "consistency", "0", newer});
    CHECK(refused.code == 1);
    CHECK(refused.out.empty());
    CHECK(refused.errors.find("out of range") != std::string::npos);
  }
  CHECK(server.json({"prove", "consistency", "1", "1"}).at(0).at("hashes").empty());
}

TEST_CASE("in Swedish, groups, severities, limits and refusals are said in Swedish", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto figures = server.stafett({"indicators", "I01", "--from", "2019-01-01", "--to", "2020-01-01", "--by",
                                 "caseKind,ageBand,violence,unit", "--lang", "sv"});
  CHECK(figures.code == 0);
  for (auto swedish : {"ärendetyp: Barn", "åldersgrupp: ", "våld: ja", "enhet: eskilstuna/"}) {
    INFO(swedish << "\n" << figures.out);
    CHECK(figures.out.find(swedish) != std::string::npos);
  }
  for (auto english : {"caseKind", "ageBand", "violence", "unit:", ": yes"})
    CHECK(figures.out.find(english) == std::string::npos);

  // Every limit of the base set that has words has Swedish ones.
  auto rules = server.stafett({"rules", "--lang", "sv"});
  std::set<std::string> limits;
  for (auto& rule : server.json({"rules"}))
    if (rule.at("limit").is_string()) limits.insert(rule.at("limit").get<std::string>());
  REQUIRE(limits.size() > 30);
  for (auto& limit : limits) {
    INFO(limit);
    CHECK(rules.out.find("  " + limit + "  ") == std::string::npos);
  }
  CHECK(rules.out.find("  samma dag  ") != std::string::npos);
  CHECK(rules.out.find("  överenskommet  ") != std::string::npos);
  for (auto severity : {"must", "should", "agreed", "advisory"})
    CHECK(rules.out.find(std::string("  ") + severity + "  ") == std::string::npos);

  auto refused = server.stafett({"append", "--lang", "sv"}, child_heard(1, "c-none"));
  CHECK(refused.code == 1);
  CHECK(refused.out.find("avvisad, finns inte: ") != std::string::npos);
  auto open = server.stafett(
      {"indicators", "I01", "--from", "2019-01-01", "--to", "2020-01-01", "--open", "--lang", "sv"});
  CHECK(open.out.find("räknas") != std::string::npos);
  CHECK(open.out.find("counted") == std::string::npos);
}

TEST_CASE("a path that leads to the wrong thing is refused with a message that names it", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  const auto file = (dir / "file").string(), folder = dir.path().string(), backup = (dir / "backup").string();
  support::write(file, "mine");
  REQUIRE(server.stafett({"backup", backup}).code == 0);
  for (const std::vector<std::string>& command : {std::vector<std::string>{"rules", "adopt", folder},
                                                  {"rules", "adopt", folder, "--dry-run"},
                                                  {"rules", "adopt", file + "/x"},
                                                  {"backup", "/dev/null"},
                                                  {"backup", file},
                                                  {"backup", file + "/x"},
                                                  {"backup", "--verify", file},
                                                  {"restore", file, "--data", (dir / "new").string()},
                                                  {"restore", backup, "--data", file},
                                                  {"restore", backup, "--data", ""},
                                                  {"verify", "--data", ""},
                                                  {"verify", "--data", file},
                                                  {"append", folder},
                                                  {"check", folder, "--key", file},
                                                  {"bundle", "c-1", "-o", folder},
                                                  {"head", "--since", folder},
                                                  {"head", "--remember", folder},
                                                  {"cosign", folder},
                                                  {"cosign", "/proc/self/mem"},  // opens, and cannot be read
                                                  {"export", "events", "--out", folder}}) {
    auto ended = server.stafett(command);
    INFO(command[0] << " " << command.back() << ": " << ended.errors);
    CHECK((ended.code == 1 || ended.code == 2));
    CHECK(ended.errors.starts_with("stafett: "));
    CHECK(times("\n", ended.errors) == 1);
  }
  CHECK(content_of(file) == "mine");
  CHECK(server.json({"head"}).at(0).at("size") == 1);
}

TEST_CASE("output that cannot be written is an error of every command, said once", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  REQUIRE(server.stafett({"backup", (dir / "backup").string()}).code == 0);
  for (const std::vector<std::string>& command : {std::vector<std::string>{"indicators"},
                                                  {"indicators", "--publish", "--csv", "--period", "2019"},
                                                  {"--json", "indicators"},
                                                  {"--json", "obligations"},
                                                  {"timeline", "c4-iris"},
                                                  {"history", "case/c4-iris"},
                                                  {"case", "c4-iris"},
                                                  {"read"},
                                                  {"read", "--json", "--raw"},
                                                  {"read", "--follow"},
                                                  {"explain", "c4-iris", "R16"},
                                                  {"rules"},
                                                  {"head"},
                                                  {"verify"},
                                                  {"export", "events"},
                                                  {"export", "ocel"},
                                                  {"export", "figures", "--period", "2019"},
                                                  {"backup", "--verify", (dir / "backup").string()},
                                                  {"append", scenario("eskilstuna-2019.jsonl")},
                                                  {"--help"},
                                                  {"--version"}}) {
    std::vector<std::string> redirected{"/bin/sh",          "-c",       "exec \"$@\" > /dev/full", "sh",
                                        program("stafett"), "--server", server.address()};
    redirected.insert(redirected.end(), command.begin(), command.end());
    auto ended = run(redirected);
    INFO(command[0] << " " << command.back() << ": " << ended.errors);
    CHECK(ended.code == 1);
    CHECK(times("stafett: cannot write standard output", ended.errors) == 1);
  }
}
