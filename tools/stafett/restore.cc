#include "stafett/answers_json.h"
#include "stafett/backup_check.h"
#include "stafett/command.h"
#include "stafett/ledger/restoration.h"
#include "stafett/ledger/verify.h"
#include "stafett/storage/files.h"

namespace stafett::tools {
namespace {

struct Options {
  std::string backup, data, kek, signing, known_head, key;
  bool older = false;
};

std::function<void(std::uint64_t, std::uint64_t)> saying(const Globals& globals, Progress& progress) {
  return [&](std::uint64_t done, std::uint64_t total) {
    progress.say(std::to_string(done) + globals.say(" of ", " av ") + std::to_string(total) +
                 globals.say(" events", " händelser"));
  };
}

// The head that the operator knows of, signed by the ledger's key.
Result<std::optional<merkle::Checkpoint>> known_head(const Options& options,
                                                     const std::optional<crypto::NoteKey>& key) {
  if (options.known_head.empty()) return std::optional<merkle::Checkpoint>();
  auto signer = key;
  if (!signer) {
    STAFETT_TRY(const auto manifest, read_manifest(options.backup));
    STAFETT_TRY(signer, crypto::NoteKey::parse(manifest.public_key));
  }
  STAFETT_TRY(const auto text, storage::read_file(options.known_head));
  STAFETT_TRY(auto head, signed_by(text, *signer));
  return std::optional(std::move(head));
}

Result<CheckedBackup> checked(const Globals& globals, const Options& options) {
  CheckOptions check;
  if (!options.key.empty()) {
    STAFETT_TRY(check.key, key_from(options.key));
  }
  STAFETT_TRY(const auto known, known_head(options, check.key));
  if (known) check.root_at = known->size;
  Progress progress(false);
  check.progress = saying(globals, progress);
  STAFETT_TRY(auto backup, check_backup(options.backup, check));
  if (!backup.problems.empty())
    return fail(ErrorCode::corruption,
                "the backup is damaged, and nothing has been restored: " + backup.problems.front() +
                    (backup.problems.size() > 1 ? " (and more; see stafett backup --verify)" : ""));
  if (!known) return backup;
  if (known->size > backup.manifest.size && !options.older)
    return fail(ErrorCode::invalid_argument,
                "the backup has " + std::to_string(backup.manifest.size.value) +
                    " events and is older than the known "
                    "head of " +
                    std::to_string(known->size.value) +
                    ": what came between would be lost. --older restores it all the same");
  if (known->size <= backup.manifest.size && backup.root_asked != known->root)
    return fail(ErrorCode::corruption, "the backup is of another history than the known head");
  return backup;
}

Result<std::vector<ledger::Ledger::WrappedKey>> wrapped_keys(const Options& options, const BackupFile& file) {
  std::vector<ledger::Ledger::WrappedKey> keys;
  bool is_value = false;
  STAFETT_TRY(read_items(options.backup, file, [&](BytesView item) {
    if (is_value)
      keys.back().value.assign(item.begin(), item.end());
    else
      keys.push_back({std::string(as_chars(item)), {}});
    is_value = !is_value;
    return ok();
  }));
  return keys;
}

Result<void> fill(ledger::Restoration& ledger, const Options& options, const Manifest& manifest,
                  const std::function<void(std::uint64_t, std::uint64_t)>& say) {
  constexpr std::size_t lot_events = 4096, lot_bytes = 8u << 20;
  std::vector<Bytes> records;
  std::size_t bytes = 0;
  std::uint64_t done = 0;
  auto put = [&]() -> Result<void> {
    done += records.size();
    bytes = 0;
    STAFETT_TRY(ledger.add(std::exchange(records, {})));
    say(done, manifest.size.value);
    return ok();
  };
  for (const auto& segment : manifest.segments) {
    STAFETT_TRY(read_items(options.backup, segment.file, [&](BytesView record) -> Result<void> {
      records.emplace_back(record.begin(), record.end());
      bytes += record.size();
      if (records.size() < lot_events && bytes < lot_bytes) return ok();
      return put();
    }));
  }
  return put();
}

Result<int> restore(const Globals& globals, const Options& options) {
  STAFETT_TRY(const auto backup, checked(globals, options));
  ledger::RestorationKeys keys;
  STAFETT_TRY(keys.wrapped, wrapped_keys(options, backup.manifest.keys));
  if (!options.kek.empty()) keys.kek = options.kek;
  if (!options.signing.empty()) keys.signing = options.signing;
  keys.signer = backup.signer;
  STAFETT_TRY(auto restoration, ledger::Restoration::begin(options.data, std::move(keys)));
  std::optional<Progress> progress(std::in_place, false);
  STAFETT_TRY(fill(*restoration, options, backup.manifest, saying(globals, *progress)));
  STAFETT_TRY(const auto head, restoration->finish(backup.note));
  progress.reset();
  if (head.size != backup.manifest.size || head.root != backup.manifest.root)
    return fail(ErrorCode::corruption, "what was restored is not what the signed head says; do not use it");
  const bool content = !options.kek.empty();
  if (globals.json) {
    print({{"size", head.size.value},
           {"root", to_hex(head.root)},
           {"personalContent", content},
           {"signingKey", !options.signing.empty()}});
    return done;
  }
  std::printf("%s %llu %s %s\n%s %s\n", globals.say("restored:", "återställd:"),
              static_cast<unsigned long long>(head.size.value), globals.say("events in", "händelser i"),
              options.data.c_str(),
              globals.say("the root is that of the signed head,", "roten är det signerade huvudets,"),
              to_hex(head.root).c_str());
  if (!content)
    std::printf("%s\n",
                globals.say("without the key-encryption key (--kek): personal content is not readable in it",
                            "utan nyckelkrypteringsnyckeln (--kek): personuppgifter är inte läsbara i den"));
  if (options.signing.empty())
    std::printf(
        "%s\n",
        globals.say("without the signing key (--signing): it gets a new one when it is first started, and "
                    "whoever checks its heads must be given that one's public key",
                    "utan signeringsnyckeln (--signing): den får en ny vid första starten, och den som "
                    "kontrollerar dess huvuden måste få dess publika nyckel"));
  return done;
}

}  // namespace

void add_restore(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand(
      "restore", "make a new ledger folder of a backup, after proving the backup; without a server");
  auto options = std::make_shared<Options>();
  command->add_option("DIR", options->backup, "the folder of the backup")->required();
  command->add_option("--data", options->data, "the new ledger's folder; must be missing or empty")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("--kek", options->kek,
                   "the key-encryption key, a copy of keys/kek; without it everything but personal content "
                   "is restored: that is not erased but unreadable, and the streams that have some take no "
                   "more")
      ->type_name("FILE");
  command
      ->add_option("--signing", options->signing,
                   "the signing key, a copy of keys/signing; without it the ledger "
                   "gets a new one")
      ->type_name("FILE");
  command
      ->add_option("--known-head", options->known_head,
                   "a signed head of the ledger: a backup that does not reach it is refused")
      ->type_name("FILE");
  command->add_flag("--older", options->older, "restore a backup that is older than the known head");
  command
      ->add_option("--key", options->key,
                   "whose signature is wanted: a verifier key, or a file that holds it")
      ->type_name("PUBLICKEY");
  command->callback([&globals, &run, options] {
    run = [&globals, options] {
      auto code = restore(globals, *options);
      return code ? code.value() : report(code.error());
    };
  });
}

}  // namespace stafett::tools
