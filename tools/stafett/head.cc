#include <memory>

#include "stafett/answers_json.h"
#include "stafett/client/verified.h"
#include "stafett/command.h"
#include "stafett/core/base64.h"
#include "stafett/file.h"
#include "stafett/heads_shown.h"
#include "stafett/merkle/checkpoint.h"

namespace stafett::tools {
namespace {

struct Options {
  bool all = false;
  std::string since, remember;
};

Json to_json(const wire::HeadAnswer& head) {
  Json line;
  line["origin"] = head.origin;
  line["size"] = head.size.value;
  line["root"] = to_hex(head.root);
  line["note"] = head.note;
  line["publickey"] = head.public_key;
  return line;
}

// One after the other, an empty line between them.
Result<int> print_all(const Globals& globals, client::Connection& connection) {
  STAFETT_TRY(const auto now, connection.head());
  STAFETT_TRY(const auto heads, connection.heads({}));
  bool first = true;
  for (const auto& note : heads.notes) {
    if (globals.json) {
      auto parsed = crypto::SignedNote::parse(note);
      auto checkpoint = parsed ? merkle::Checkpoint::parse(parsed.value().text) : fail(parsed.error());
      if (!checkpoint) return fail(ErrorCode::corruption, "the server keeps a head that is none");
      auto& c = checkpoint.value();
      print(to_json({c.size, c.root, note, now.public_key, c.origin, c.streams}));
    } else {
      std::printf("%s%s", first ? "" : "\n", note.c_str());
    }
    first = false;
  }
  return done;
}

// What a witness is given (c2sp.org/tlog-witness): the older size, the proof, the head. `check --head` takes
// it too.
Result<int> print_since(const Globals& globals, client::Connection& connection, const std::string& file) {
  STAFETT_TRY(const auto older, size_of_head(file));
  STAFETT_TRY(const auto head, connection.head());
  STAFETT_TRY(const auto proof, connection.consistency({older, head.size}));
  if (globals.json) {
    auto line = to_json(head);
    line["old"] = older.value;
    line["hashes"] = Json::array();
    for (const auto& hash : proof.hashes) line["hashes"].push_back(to_hex(hash));
    print(line);
    return done;
  }
  std::printf("old %llu\n", static_cast<unsigned long long>(older.value));
  for (const auto& hash : proof.hashes) std::printf("%s\n", to_base64(hash).c_str());
  std::printf("\n%s", head.note.c_str());
  return done;
}

Result<int> print_remembering(const Globals& globals, client::Connection& connection,
                              const std::string& file) {
  std::optional<client::RememberedHead> remembered;
  auto text = read_file(file);
  if (!text && text.error().code != ErrorCode::not_found) return fail(std::move(text.error()));
  if (text) {
    STAFETT_TRY(remembered, client::RememberedHead::parse(text.value()));
  }
  STAFETT_TRY(const auto head, client::verified_head(connection, remembered));
  STAFETT_TRY(auto key, crypto::NoteKey::parse(head.public_key));
  STAFETT_TRY(write_file(
      file, client::RememberedHead{remembered ? remembered->key : std::move(key), head.note}.to_text()));
  return print_head(globals, head);
}

}  // namespace

int print_head(const Globals& globals, const wire::HeadAnswer& head) {
  if (globals.json)
    print(to_json(head));
  else
    std::fputs(head.note.c_str(), stdout);
  return done;
}

Result<TreeSize> size_of_head(const std::string& file) {
  STAFETT_TRY(const auto text, read_file(file));
  STAFETT_TRY(const auto note, crypto::SignedNote::parse(text));
  STAFETT_TRY(const auto checkpoint, merkle::Checkpoint::parse(note.text));
  return checkpoint.size;
}

void add_head(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("head", "the ledger's size and root, signed (C2SP tlog-checkpoint)");
  auto options = std::make_shared<Options>();
  auto* all = command->add_flag("--all", options->all, "every head that has been signed, oldest first");
  auto* since = command
                    ->add_option("--since", options->since,
                                 "an older head: puts the proof before the new one that it continues it")
                    ->type_name("HEADFILE");
  auto* remember =
      command
          ->add_option("--remember", options->remember,
                       "check that it continues the head remembered in the file, and remember it there")
          ->type_name("FILE");
  since->excludes(all);
  remember->excludes(all)->excludes(since);
  command->callback(asking(globals, run, [&globals, options](client::Connection& connection) -> Result<int> {
    if (options->all) return print_all(globals, connection);
    if (!options->since.empty()) return print_since(globals, connection, options->since);
    if (!options->remember.empty()) return print_remembering(globals, connection, options->remember);
    STAFETT_TRY(const auto head, patiently(globals, [&] { return connection.head(); }));
    return print_head(globals, head);
  }));
}

}  // namespace stafett::tools
