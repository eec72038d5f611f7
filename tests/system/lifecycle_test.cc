#include <signal.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "stafett/wire/codec.h"
#include "system/raw_socket.h"
#include "system/running_server.h"

using namespace stafett;
using namespace stafett::system_test;

TEST_CASE("SIGTERM and SIGINT end the server with 0, also with idle and half-sent connections open",
          "[system]") {
  support::TempDir dir;
  for (int signal : {SIGTERM, SIGINT}) {
    RunningServer server(dir / "data");
    RawSocket idle(server.address()), half(server.address());
    auto frame = wire::encode(wire::Request{1, wire::HeadRequest{}}).value();
    half.send(BytesView(frame).first(frame.size() - 3));
    server.process().signal(signal);
    CHECK(server.process().wait() == 0);
    CHECK(idle.until_closed().empty());
  }
}

TEST_CASE("what was accepted before SIGTERM is answered", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  Process append({program("stafett"), "append", "--json", "--server", server.address()});
  append.write(case_opened(1, "c-1"));
  CHECK(append.line());
  append.write(child_heard(2, "c-1"));
  auto answer = append.line();
  REQUIRE(answer);
  CHECK(server.stop() == 0);
  append.write(child_heard(3, "c-1"));
  append.close_input();
  CHECK(append.wait() == 3);
  CHECK_FALSE(append.line());
  RunningServer again(dir / "data");
  CHECK(again.json({"head"}).at(0).at("size") == 3);
}

TEST_CASE("a second server on the same folder is refused and the first goes on", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto second = run({program("stafettd"), "--data", (dir / "data").string(), "--listen", "127.0.0.1:0"});
  CHECK(second.code != 0);
  CHECK(second.out.empty());
  CHECK_FALSE(second.errors.empty());
  CHECK(server.json({"head"}).at(0).at("size") == 1);
}

TEST_CASE("a folder of somebody else's files is refused and left untouched", "[system]") {
  support::TempDir dir;
  support::write(dir / "letter.txt", "not a ledger");
  auto before = support::picture_of(dir.path());
  auto refused = run({program("stafettd"), "--data", dir.path().string(), "--listen", "127.0.0.1:0"});
  CHECK(refused.code != 0);
  CHECK_FALSE(refused.errors.empty());
  CHECK(support::picture_of(dir.path()) == before);
}

TEST_CASE("usage errors end with 2, help and version with 0", "[system]") {
  CHECK(run({program("stafettd")}).code == 2);
  CHECK(run({program("stafettd"), "--data", "/tmp/x", "--colour"}).code == 2);
  for (auto name : {"stafettd", "stafett"}) {
    CHECK(run({program(name), "--help"}).code == 0);
    auto version = run({program(name), "--version"});
    CHECK(version.code == 0);
    CHECK(version.out.starts_with(std::string(name) + " "));
  }
  CHECK(run({program("stafett")}).code == 2);
  CHECK(run({program("stafett"), "frobnicate"}).code == 2);
}

TEST_CASE(
    "an address that is none is a usage error, one that is taken is refused, and neither makes a ledger",
    "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto refused = [&](const std::string& listen) {
    auto ended = run({program("stafettd"), "--data", (dir / "other").string(), "--listen", listen});
    INFO(listen << ": " << ended.errors);
    CHECK(ended.out.empty());
    CHECK(ended.errors.find(listen) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(dir / "other"));
    return ended.code;
  };
  for (auto listen : {"nowhere", "127.0.0.1:99999", "127.0.0.1:", ":7411", "127.0.0.1:http", "127.0.0.1:-1"})
    CHECK(refused(listen) == 2);
  CHECK(refused(server.address()) == 1);
  CHECK(refused("203.0.113.1:7411") == 1);  // of documentation, not of this machine
  CHECK(server.stop() == 0);
  // The server's own address is free again at once.
  Process other({program("stafettd"), "--data", (dir / "other").string(), "--listen", server.address()});
  CHECK(other.line() == "stafettd ready on " + server.address());
}

TEST_CASE("the diagnostic log holds no personal content, whatever goes wrong", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data", {"--log-level", "debug"});
  auto refused = server.stafett({"append"}, case_opened(1, "c-1") + child_heard(2, "c-1", "Elin Hemlig") +
                                                child_heard(2, "c-1", "Iris Hemlig") +
                                                child_heard(3, "none", "Ida Hemlig"));
  CHECK(refused.code == 1);
  CHECK(refused.out.find("Hemlig") == std::string::npos);
  CHECK(server.stop() == 0);
  CHECK(server.process().errors().find("Hemlig") == std::string::npos);
}
