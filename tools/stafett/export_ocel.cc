#include <memory>

#include "stafett/export.h"
#include "stafett/ocel_export.h"
#include "stafett/progress.h"

namespace stafett::tools {
namespace {

struct Options {
  std::string case_id, household, unit, out;
  bool personal = false;
};

Result<ocel::Scope> scope_of(const Globals& globals, const Options& options, client::Connection& connection) {
  if (!options.case_id.empty()) return ocel::Scope({"case/" + options.case_id});
  if (options.household.empty() && options.unit.empty()) return ocel::Scope::everything();
  wire::CasesRequest request;
  request.household = options.household;
  request.unit = options.unit;
  STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.cases(request); }));
  std::set<std::string, std::less<>> streams;
  streams.insert(options.unit.empty() ? "household/" + options.household : "unit/" + options.unit);
  for (auto& c : answer.cases) streams.insert("case/" + c.case_id);
  return ocel::Scope(std::move(streams));
}

Result<int> export_ocel(const Globals& globals, const Options& options, OutputFile& out,
                        client::Connection& connection) {
  STAFETT_TRY(auto scope, scope_of(globals, options, connection));
  std::optional<Progress> progress(std::in_place, out.standard());
  auto say = [&](const char* what, std::uint64_t count) {
    bool events = std::string_view(what) == "events";
    progress->say(std::to_string(count) + " " +
                  (events ? globals.say("events", "händelser") : globals.say("objects", "objekt")));
  };
  ocel::Export log(connection, out, options.personal, say);
  STAFETT_TRY(patiently(globals, [&] { return log.survey(); }));
  STAFETT_TRY(log.write(scope));
  STAFETT_TRY(out.finish());
  progress.reset();
  Json line;
  line["file"] = out.path();
  line["events"] = log.events();
  line["objects"] = log.objects();
  line["position"] = log.end().value - 1;
  say_written(globals, out, line.dump(),
              std::to_string(log.events()) + globals.say(" events, ", " händelser, ") +
                  std::to_string(log.objects()) +
                  globals.say(" objects; up to position ", " objekt; till plats ") +
                  std::to_string(log.end().value - 1));
  return done;
}

}  // namespace

void add_export_ocel(CLI::App& parent, const Globals& globals, Run& run) {
  auto* command =
      parent.add_subcommand("ocel", "case histories as an object-centric event log (OCEL 2.0, JSON)");
  auto options = std::make_shared<Options>();
  add_filter(*command, "--case", options->case_id, "of this case, with the events elsewhere that name it",
             case_id);
  add_filter(*command, "--household", options->household, "of this household and its cases");
  add_filter(*command, "--unit", options->unit, "of this unit and the cases that it answers for now");
  for (auto [one, other] :
       {std::pair("--case", "--household"), {"--case", "--unit"}, {"--household", "--unit"}})
    command->get_option(one)->excludes(other);
  command->add_flag("--personal", options->personal,
                    "with whole birth dates and the pseudonyms of staff, instead of the year of birth alone");
  add_out(*command, options->out);
  command->footer(
      "Objects are streams, under their whole names (case/c3-elin). An event counts as corrected, at the\n"
      "time that rules take it to have happened; one that a correction makes void is left out. Personal\n"
      "content (data.personal) is never in it, nor are lists with parts of their own, such as agendas.\n"
      "Without a filter: all events.");
  command->callback([&globals, &run, options] {
    run = [&globals, options] {
      auto out = OutputFile::open(options->out, OutputFile::For::owner);
      if (!out) return report(out.error());
      return with_connection(globals, [&](client::Connection& connection) {
        return export_ocel(globals, *options, out.value(), connection);
      });
    };
  });
}

}  // namespace stafett::tools
