#include <map>
#include <memory>
#include <span>

#include "stafett/answers_json.h"
#include "stafett/cases_shown.h"
#include "stafett/core/calendar.h"
#include "stafett/crypto/random.h"
#include "stafett/draw.h"
#include "stafett/in_words.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

constexpr const char* method =
    "HOW IT IS DRAWN. The cases that the filters leave are the population. With --by they are divided into "
    "strata, and\n"
    "N is shared among them in proportion to their sizes: a stratum whose share is below one gets one, the "
    "rest is\n"
    "shared by the largest remainders (Hamilton's method; among equals the larger stratum, then by name). "
    "Within a\n"
    "stratum the cases are ordered by the SHA-256 of the text SEED:CASE, ascending in hexadecimal, and the "
    "first are\n"
    "taken:  printf '42:c4-iris' | sha256sum\n"
    "The same seed and the same state of the ledger (--at, --known-at) give the same sample on any machine.";

struct Options {
  std::uint64_t size = 0;
  std::optional<std::uint64_t> seed;
  std::string by = "none";
  wire::CasesRequest request;
  TimeOptions times;
};

std::uint64_t drawn_seed() {
  // Short enough to be copied by hand.
  std::uint32_t seed = 0;
  crypto::random_fill(std::as_writable_bytes(std::span(&seed, 1)));
  return seed;
}

std::string stratum_of(const wire::CaseSummary& c, const std::string& by) {
  if (by == "unit") return c.unit;
  if (by == "outcome") return c.outcome;
  return "";
}

struct Drawn {
  const wire::CaseSummary* summary;
  std::string stratum;
};

struct Sample {
  std::vector<Drawn> cases;  // by stratum, in the order of the draw
  std::map<std::string, std::size_t> sizes, taken;
};

Result<Sample> draw(const std::vector<wire::CaseSummary>& cases, const Options& options, std::uint64_t seed) {
  Sample out;
  std::map<std::string, std::vector<std::string>> strata;
  std::map<std::string, const wire::CaseSummary*> by_id;
  for (auto& c : cases) {
    strata[stratum_of(c, options.by)].push_back(c.case_id);
    by_id[c.case_id] = &c;
  }
  for (auto& [name, ids] : strata) out.sizes[name] = ids.size();
  if (options.size < strata.size())
    return fail(ErrorCode::invalid_argument,
                "there are " + std::to_string(strata.size()) +
                    " strata, and each gives at least one case: ask for as many or more",
                "N");
  out.taken = allotment(out.sizes, options.size);
  for (auto& [name, ids] : strata) {
    order_by_lot(ids, seed);
    for (std::size_t i = 0; i < out.taken[name]; ++i) out.cases.push_back({by_id.at(ids[i]), name});
  }
  return out;
}

// The commands that open a case as it was sampled.
Json links(const wire::CaseSummary& c, const Options& options, const wire::Basis& basis) {
  std::string times = " --at " + format_local(basis.at);
  std::string known;
  if (options.times.known_at) known = " --known-at " + format_utc(*options.times.known_at);
  return {{"case", "stafett case " + c.case_id + times + known},
          {"timeline", "stafett timeline " + c.case_id + times + known},
          {"history", "stafett history case/" + c.case_id + known}};
}

std::string stratum_in_words(const Globals& globals, const Options& options, const std::string& name) {
  if (name.empty()) return options.by == "none" ? "" : globals.say("none yet", "inget än");
  return options.by == "outcome" ? outcome_in_words(globals, name) : name;
}

void print_lines(const Sample& sample, const Options& options, std::uint64_t seed, const wire::Basis& basis) {
  for (auto& drawn : sample.cases) {
    Json line;
    line["case"] = drawn.summary->case_id;
    line["by"] = options.by;
    line["stratum"] = drawn.stratum.empty() ? Json() : Json(drawn.stratum);
    line["stratumSize"] = sample.sizes.at(drawn.stratum);
    line["stratumDrawn"] = sample.taken.at(drawn.stratum);
    auto summary = to_json(*drawn.summary);
    for (auto& [name, value] : summary.items())
      if (name != "id") line[name] = value;
    line["links"] = links(*drawn.summary, options, basis);
    line["seed"] = seed;
    line["at"] = format_local(basis.at);
    line["ruleSet"] = basis.rule_set;
    line["position"] = position(basis);
    print(line);
  }
}

void print_page(const Globals& globals, const Sample& sample, const Options& options, std::uint64_t seed,
                std::size_t population, const wire::Basis& basis) {
  std::printf("%s %llu: %zu %s %zu %s\n\n", globals.say("Seed", "Frö"), static_cast<unsigned long long>(seed),
              sample.cases.size(), globals.say("of", "av"), population, globals.say("cases", "ärenden"));
  auto columns = case_columns(globals);
  bool strata = options.by != "none";
  if (strata) columns.insert(columns.begin(), globals.say("stratum (drawn of)", "stratum (draget av)"));
  Table table(columns);
  for (auto column = columns.size() - 5; column < columns.size(); ++column) table.right(column);
  std::string before = "\n";
  for (auto& drawn : sample.cases) {
    auto row = case_row(globals, *drawn.summary);
    if (strata)
      row.insert(row.begin(), drawn.stratum == before
                                  ? ""
                                  : stratum_in_words(globals, options, drawn.stratum) + " (" +
                                        std::to_string(sample.taken.at(drawn.stratum)) + "/" +
                                        std::to_string(sample.sizes.at(drawn.stratum)) + ")");
    before = drawn.stratum;
    table.add(std::move(row));
  }
  if (!table.empty()) table.print();
  std::printf("\n%s stafett case ID, stafett timeline ID, stafett history case/ID\n\n",
              globals.say("Open one with", "Öppna ett med"));
  print_basis(globals, basis);
}

}  // namespace

void add_sample(CLI::App& app, const Globals& globals, Run& run) {
  auto* command =
      app.add_subcommand("sample", "a random sample of cases for self-check, that anyone can draw again");
  auto options = std::make_shared<Options>();
  add_number(*command, "N", options->size, "how many cases")->required();
  add_number(*command, "--seed", options->seed,
             "draws the same again (default: a new one, which is printed)");
  command->add_option("--by", options->by, "a share of each: unit, outcome or none (default)")
      ->check(CLI::IsMember({"unit", "outcome", "none"}));
  add_case_filters(*command, options->request);
  options->times.add_at(*command);
  options->times.add_known_at(*command);
  command->footer(method);
  command->callback([&globals, &run, options] {
    if (options->size == 0) throw CLI::ValidationError("N", "at least one");
    run = [&globals, options] {
      return with_connection(globals, [&](client::Connection& connection) -> Result<int> {
        auto asked = options->request;
        asked.as_of = options->times.as_of(globals);
        STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.cases(asked); }));
        auto seed = options->seed.value_or(0);
        if (!options->seed) seed = drawn_seed();
        STAFETT_TRY(auto sample, draw(answer.cases, *options, seed));
        if (globals.json)
          print_lines(sample, *options, seed, answer.basis);
        else
          print_page(globals, sample, *options, seed, answer.cases.size(), answer.basis);
        return done;
      });
    };
  });
}

}  // namespace stafett::tools
