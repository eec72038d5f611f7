#include "stafett/explain.h"

#include <memory>

#include "stafett/answers_json.h"
#include "stafett/in_words.h"
#include "stafett/wrapped.h"

namespace stafett::tools {
namespace {

// The steps' kinds as the words at the edge of the page; none for those that go on with the one before.
std::string margin(const Globals& globals, const std::string& kind) {
  struct Word {
    const char *kind, *english, *swedish;
  };
  static constexpr Word words[] = {{"rule", "rule", "regel"},
                                   {"law", "law", "lag"},
                                   {"trigger", "began", "uppstod"},
                                   {"subject", "whom", "vem"},
                                   {"condition", "applies", "gäller"},
                                   {"due", "due", "gräns"},
                                   {"warning", "warning", "varning"},
                                   {"exception", "exception", "undantag"},
                                   {"requirement", "asked for", "krävs"},
                                   {"nearMiss", "not enough", "räcker ej"},
                                   {"correction", "corrected", "rättat"},
                                   {"state", "outcome", "utfall"},
                                   {"missing", "to do", "att göra"},
                                   {"indicator", "indicator", "indikator"},
                                   {"counts", "counts", "räknar"},
                                   {"period", "period", "period"},
                                   {"group", "group", "grupp"},
                                   {"numerator", "numerator", "täljare"},
                                   {"figure", "figure", "tal"},
                                   {"suppressed", "small", "litet"},
                                   {"recorded", "recorded", "registrerat"},
                                   {"more", "more", "fler"},
                                   {"counted", "counted", "räknas"}};
  for (auto& word : words)
    if (kind == word.kind) return globals.say(word.english, word.swedish);
  return kind;
}

void print_steps(const Globals& globals, const wire::Explanation& explanation) {
  constexpr std::size_t edge = 12;
  std::string before;
  for (auto& step : explanation.steps) {
    auto word = step.kind == before ? std::string{} : margin(globals, step.kind);
    before = step.kind;
    print_wrapped("  " + word, edge + 2, globals.say(step.en.c_str(), step.sv.c_str()));
  }
}

void print_head(const Globals& globals, const RuleNames& names, const wire::Explanation& explanation) {
  bool counted = !explanation.steps.empty() && explanation.steps.front().kind == "counted";
  auto* o = std::get_if<wire::Obligation>(&explanation.of);
  // What a figure counts may be several obligations at once: it is called by whom it is about.
  if (o && counted)
    std::printf("%s · %s\n", (o->case_id.empty() ? o->stream : o->case_id).c_str(), o->subject.c_str());
  else if (o)
    std::printf("%s %s · %s · %s: %s\n", o->rule.c_str(), names.of(o->rule).c_str(),
                (o->case_id.empty() ? o->stream : o->case_id).c_str(), o->subject.c_str(),
                in_words(globals, o->state).c_str());
  else if (auto* none = std::get_if<wire::NoObligation>(&explanation.of))
    std::printf("%s %s · %s: %s\n", none->rule.c_str(), names.of(none->rule).c_str(),
                (none->case_id.empty() ? none->stream : none->case_id).c_str(),
                globals.say("no obligation", "ingen skyldighet"));
  else
    std::printf("%s\n", names.of(std::get<wire::Figure>(explanation.of).indicator).c_str());
}

Json to_json(const wire::Explanation& explanation, const wire::Basis& basis) {
  Json out;
  if (auto* o = std::get_if<wire::Obligation>(&explanation.of))
    out["obligation"] = tools::to_json(*o);
  else if (auto* figure = std::get_if<wire::Figure>(&explanation.of))
    out["figure"] = tools::to_json(*figure, basis);
  else if (auto* none = std::get_if<wire::NoObligation>(&explanation.of))
    out = {{"obligation", nullptr}, {"rule", none->rule}, {"case", none->case_id}, {"stream", none->stream}};
  out["steps"] = Json::array();
  for (auto& step : explanation.steps) {
    Json one;
    one["kind"] = step.kind;
    one["en"] = step.en;
    one["sv"] = step.sv;
    one["positions"] = Json::array();
    for (auto p : step.positions) one["positions"].push_back(p.value);
    out["steps"].push_back(std::move(one));
  }
  out["ruleSet"] = basis.rule_set;
  out["position"] = position(basis);
  return out;
}

struct Options {
  std::string where, rule;
  wire::ExplainRequest request;
  TimeOptions times;
};

void read_group(wire::ExplainRequest& request, const std::vector<std::string>& pairs) {
  for (auto& pair : pairs) {
    auto sign = pair.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == pair.size())
      throw CLI::ValidationError("--group", "not DIMENSION=VALUE: " + pair);
    request.group[pair.substr(0, sign)] = pair.substr(sign + 1);
  }
}

wire::ExplainRequest asked(const Globals& globals, const Options& options) {
  auto request = options.request;
  request.rule = options.rule;
  request.as_of = options.times.as_of(globals);
  complete_period(request.from, request.to);
  auto id = case_id(options.where);
  // A case's id has no slash: what still has one is a stream of another kind.
  (id.find('/') == std::string::npos ? request.case_id : request.stream) = id;
  return request;
}

void check(const Options& options) {
  bool of_figure = !options.request.indicator.empty();
  if (of_figure == !options.where.empty())
    throw CLI::ValidationError("explain", "name either CASE and RULE, or --indicator");
  if (!of_figure && options.rule.empty()) throw CLI::ValidationError("RULE", "missing: which rule?");
  bool of_cell = !options.request.group.empty() || options.request.from || options.request.to;
  if (!of_figure && of_cell)
    throw CLI::ValidationError("explain", "--group, --from and --to belong to --indicator");
  if (of_figure && (!options.request.subject.empty() || options.request.triggered_by))
    throw CLI::ValidationError("explain", "--subject and --triggered-by belong to CASE and RULE");
}

}  // namespace

Result<int> explain(const Globals& globals, const wire::ExplainRequest& request,
                    client::Connection& connection) {
  STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.explain(request); }));
  if (globals.json) {
    for (auto& e : answer.explanations) print(to_json(e, answer.basis));
    return done;
  }
  STAFETT_TRY(auto names, RuleNames::of(globals, connection, request.as_of));
  for (auto& e : answer.explanations) {
    print_head(globals, names, e);
    print_steps(globals, e);
    std::printf("\n");
  }
  print_basis(globals, answer.basis);
  return done;
}

void add_explain(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("explain", "why an obligation, or a figure, is what it is");
  auto options = std::make_shared<Options>();
  auto& request = options->request;
  command->add_option("CASE", options->where,
                      "id of the case, with or without case/; or another stream, such as forum/…");
  command->add_option("RULE", options->rule, "the rule, such as R02; or an indicator that asks by itself");
  add_filter(*command, "--subject", request.subject, "only of this person");
  command
      ->add_option_function<std::uint64_t>(
          "--triggered-by", [options](std::uint64_t p) { options->request.triggered_by = Position(p); },
          "only the one begun by the event at this position")
      ->type_name("POSITION");
  add_filter(*command, "--indicator", request.indicator, "explain this indicator's figure instead");
  command
      ->add_option_function<std::vector<std::string>>(
          "--group",
          [options](const std::vector<std::string>& pairs) { read_group(options->request, pairs); },
          "of the figure only this group: dimensions of `indicators --by` and their values")
      ->delimiter(',')
      ->type_name("DIM=VALUE,...");
  add_date(*command, "--from", request.from, "first day of the figure's period");
  add_date(*command, "--to", request.to, "day after the figure's period");
  options->times.add_at(*command);
  options->times.add_known_at(*command);
  command->callback([&globals, &run, options] {
    check(*options);
    check_period(options->request.from, options->request.to);
    run = [&globals, options] {
      return with_connection(globals, [&](client::Connection& connection) {
        return explain(globals, asked(globals, *options), connection);
      });
    };
  });
}

}  // namespace stafett::tools
