#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "layers/source_tree.h"

// An event type is one structure in schema/events and one member of the union in schema/event.capnp. The
// catalogue, JSON, records, what is refused, words in both languages, what events are related to in exports:
// all of that follows from the two, and no code knows the type by name. Where code does, it stands here with
// its reason.

namespace fs = std::filesystem;
using stafett::layers::read_folder;

namespace {

const std::map<std::string, std::string> reasons{
    // What the domain says of an event beyond its fields: whom it is about, what it begins and ends.
    {"src/casework/world.cc", "cases, and who is responsible for them, are told by these events"},
    {"src/casework/world_family.cc", "persons and relations are told by these events"},
    {"src/casework/case_view.cc", "the phase of a case, and what `case` shows of its children"},
    {"src/casework/clause_parse.cc", "what a rule set may call by a word of its own, such as agreements"},
    {"src/casework/path_compile.cc", "which event introduces an id that others only name"},
    {"src/casework/dimensions.cc", "breakdowns by reporter and by placement"},
    {"src/casework/dossier_index.cc", "what units and municipalities are judged by in other streams"},
    {"src/casework/consent.cc", "what a consent is, and that an investigation needs none"},
    {"src/projection/consent.cc", "whose consent was asked for"},
    {"tools/stafett/timeline_lanes.cc", "stretches of risk that nobody answers for"},
    {"tools/stafett/in_words.cc", "how a case ended"},
    {"tools/stafett/ocel_export.cc", "relations between persons stand in the streams of households"},
    // What is always the first event of a stream.
    {"src/ledger/draft.cc", "a case's stream begins with its opening"},
    {"tools/stafett/timeline_chart.cc", "a lane begins where the case was opened"},
    // Corrections: an event about another event.
    {"src/casework/amended.cc", "corrections"},
    {"src/casework/corrections.cc", "corrections"},
    {"src/casework/corrections_told.cc", "corrections"},
    {"src/casework/dossier_keys.cc", "corrections"},
    {"src/casework/pattern_parse.cc", "corrections"},
    {"src/event/content.cc", "corrections"},
    {"src/projection/amended.cc", "corrections"},
    // The ledger's own.
    {"src/casework/adoption.cc", "adoptions of rule sets"},
    {"src/evidence/check.cc", "adoptions of rule sets"},
    {"src/projection/casebook.cc", "adoptions of rule sets"},
    {"src/casework/frozen_figures.cc", "frozen statistics"},
    {"src/server/session_requests.cc", "what only the ledger itself may record"},
    {"src/ledger/receipt.cc", "receipts of erasure"},
    {"src/ledger/verify_keys.cc", "receipts of erasure"},
    {"tools/stafett/backup.cc", "receipts of erasure"},
    {"tools/stafett/backup_check.cc", "receipts of erasure"},
    {"tools/stafett/events_shown.cc", "receipts of erasure"},
    // Only how it looks: a type that is not listed gets the common letter.
    {"tools/stafett/event_signs.h", "letters on a timeline"},
};

std::string text_of(const fs::path& path) {
  std::ifstream in(fs::path(STAFETT_SOURCE_DIR) / path);
  REQUIRE(in);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::set<std::string> all(const std::string& text, const std::regex& pattern) {
  std::set<std::string> out;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
    out.insert((*at)[1].str());
  return out;
}

// The members of the union, by the names of their structures.
std::set<std::string> members() {
  static const std::regex member(R"(\n    \w+ @\d+ :\w+\.(\w+);)");
  auto text = text_of("schema/event.capnp");
  return all(text.substr(text.find("data :union")), member);
}

// Names in quotes, as code would have to spell them, also within JSON.
std::set<std::string> spelt_in(const fs::path& file, const std::set<std::string>& names) {
  static const std::regex comment(R"((^|\s)//[^\n]*)"), quoted(R"re((?:"|se\.stafett\.)([A-Z]\w+)")re");
  std::set<std::string> out;
  for (auto& word : all(std::regex_replace(text_of(file), comment, "\n"), quoted))
    if (names.contains(word)) out.insert(word);
  return out;
}

}  // namespace

TEST_CASE("every event type is one structure and its member of the union", "[layers][events]") {
  static const std::regex structure(R"(\nstruct (\w+)\s+\$streams\()");
  std::set<std::string> structures;
  for (auto& file : read_folder(STAFETT_SOURCE_DIR, "schema/events"))
    structures.merge(all(text_of(file.path), structure));
  CHECK(structures.size() > 60);
  CHECK(structures == members());
}

TEST_CASE("code spells the name of an event type only where it has a stated reason", "[layers][events]") {
  auto names = members();
  std::set<std::string> with_names;
  for (auto* folder : {"include", "src", "tools"})
    for (auto& file : read_folder(STAFETT_SOURCE_DIR, folder)) {
      auto extension = file.path.extension();
      if (extension != ".h" && extension != ".cc") continue;
      auto path = file.path.generic_string();
      auto spelt = spelt_in(file.path, names);
      if (spelt.empty()) continue;
      with_names.insert(path);
      if (reasons.contains(path)) continue;
      std::string list;
      for (auto& name : spelt) list += " " + name;
      FAIL_CHECK(path << " knows event types by name, without a reason here:" << list);
    }
  for (auto& [path, reason] : reasons)
    if (!with_names.contains(path))
      FAIL_CHECK(path << " no longer spells any: its reason (" << reason << ") can go");
}
