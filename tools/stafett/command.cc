#include "stafett/command.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <system_error>

#include "stafett/printable.h"

namespace stafett::tools {
namespace {

std::uint64_t whole_number(const std::string& name, const std::string& text) {
  std::uint64_t value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size())
    throw CLI::ValidationError(name, "not a whole number: " + text);
  return value;
}

}  // namespace

int report(const Error& error) {
  std::string line = "stafett: " + error.message;
  // A rule set's errors begin with their place already.
  bool said = error.message.starts_with(error.field + ":");
  if (!error.field.empty() && !said && !client::lost(error)) line += " (" + error.field + ")";
  std::fprintf(stderr, "%s\n", printable(line).c_str());
  // A server that answers `unavailable` was reached: that is a refusal, as said.
  if (client::lost(error)) return not_reachable;
  if (error.code == ErrorCode::corruption) return damaged;
  return refused;
}

bool all_written() {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return true;
  std::string line = "stafett: cannot write standard output";
  // When it was an earlier line that could not be written, the reason is forgotten.
  if (errno != 0) line += ": " + std::generic_category().message(errno);
  std::fprintf(stderr, "%s\n", line.c_str());
  return false;
}

int with_connection(const Globals& globals, const std::function<Result<int>(client::Connection&)>& body) {
  auto connection = client::Connection::open(globals.server);
  if (!connection) {
    auto& error = connection.error();
    return error.code == ErrorCode::invalid_argument ? (report(error), usage) : report(error);
  }
  auto code = body(connection.value());
  return code ? code.value() : report(code.error());
}

std::function<void()> asking(const Globals& globals, Run& run,
                             std::function<Result<int>(client::Connection&)> body) {
  return [&globals, &run, body = std::move(body)] {
    run = [&globals, body] { return with_connection(globals, body); };
  };
}

void TimeOptions::add_at(CLI::App& command) {
  add_time(command, "--at", at, "judge as of then (default: now)");
}

void TimeOptions::add_known_at(CLI::App& command) {
  add_time(command, "--known-at", known_at,
           "use only what the ledger had recorded by then (default: everything)");
}

wire::AsOf TimeOptions::as_of(const Globals& globals) const {
  wire::AsOf out{at, known_at, {}};
  if (globals.at_least) out.at_least = Position(*globals.at_least);
  return out;
}

void add_time(CLI::App& command, const std::string& name, std::optional<Instant>& into,
              const std::string& help) {
  auto read = [&into, name](const std::string& text) {
    auto time = parse_time_argument(text);
    if (!time) throw CLI::ValidationError(name, time.error().message + ": " + text);
    into = time.value();
  };
  command.add_option_function<std::string>(name, read, help)->type_name("TIME");
}

void add_date(CLI::App& command, const std::string& name, std::optional<Date>& into,
              const std::string& help) {
  auto read = [&into, name](const std::string& text) {
    auto date = parse_date(text);
    if (!date) throw CLI::ValidationError(name, date.error().message + ": " + text);
    into = date.value();
  };
  command.add_option_function<std::string>(name, read, help)->type_name("DATE");
}

void check_period(const std::optional<Date>& from, const std::optional<Date>& to) {
  if (from && to && *to <= *from) throw CLI::ValidationError("--to", "not after --from");
}

void complete_period(std::optional<Date>& from, std::optional<Date>& to) {
  auto year_of = [](Date date) { return static_cast<int>(civil(date).year()); };
  if (from && !to) to = make_date(year_of(*from) + 1, 1, 1);
  if (to && !from) from = make_date(year_of(add_days(*to, -1)), 1, 1);
}

CLI::Option* add_number(CLI::App& command, const std::string& name, std::uint64_t& into,
                        const std::string& help) {
  auto read = [&into, name](const std::string& text) { into = whole_number(name, text); };
  return command.add_option_function<std::string>(name, read, help)->type_name("NUMBER");
}

CLI::Option* add_number(CLI::App& command, const std::string& name, std::optional<std::uint64_t>& into,
                        const std::string& help) {
  auto read = [&into, name](const std::string& text) { into = whole_number(name, text); };
  return command.add_option_function<std::string>(name, read, help)->type_name("NUMBER");
}

void add_filter(CLI::App& command, const std::string& name, std::string& into, const std::string& help,
                std::string (*spelt)(std::string)) {
  auto read = [&into, name, spelt](const std::string& text) {
    into = spelt ? spelt(text) : text;
    if (into.empty()) throw CLI::ValidationError(name, "empty: it would filter nothing");
  };
  command.add_option_function<std::string>(name, read, help);
}

std::string case_id(std::string id) {
  constexpr std::string_view prefix = "case/";
  if (id.starts_with(prefix)) id.erase(0, prefix.size());
  return id;
}

}  // namespace stafett::tools
