#include "stafett/evidence/check.h"

#include <charconv>
#include <memory>

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/events_shown.h"
#include "stafett/file.h"
#include "stafett/note_key.h"

namespace stafett::tools {
namespace {

struct Options {
  std::string file, key, head;
  std::vector<std::string> witnesses;
  std::optional<crypto::Digest> schema;
};

crypto::Digest digest_from(const std::string& hex) {
  crypto::Digest out{};
  bool good = hex.size() == 2 * out.size();
  for (std::size_t i = 0; good && i < out.size(); ++i) {
    unsigned value = 0;
    const char* pair = hex.data() + 2 * i;
    const auto [end, error] = std::from_chars(pair, pair + 2, value, 16);
    good = error == std::errc() && end == pair + 2;
    out[i] = static_cast<std::byte>(value);
  }
  if (!good) throw CLI::ValidationError("--schema-sha256", "not 64 hexadecimal digits: " + hex);
  return out;
}

Result<evidence::Trust> trust_from(const Options& options) {
  evidence::Trust trust;
  trust.schema = options.schema;
  STAFETT_TRY(trust.key, note_key_from(options.key));
  for (const auto& witness : options.witnesses) {
    STAFETT_TRY(auto key, note_key_from(witness));
    trust.witnesses.push_back(std::move(key));
  }
  if (!options.head.empty()) {
    STAFETT_TRY(const auto text, read_file(options.head));
    STAFETT_TRY(trust.known, evidence::KnownHead::parse(text));
  }
  return trust;
}

// The schema that a bundle carries; none: it cannot be read.
Json schema_json(const evidence::Bundle* bundle) {
  return bundle ? Json(to_hex(evidence::schema_digest(bundle->schema))) : Json();
}

int print_flaw(const Globals& globals, const evidence::Bundle* bundle, const evidence::Flaw& flaw) {
  if (globals.json) {
    Json line;
    line["verified"] = false;
    line["check"] = flaw.check;
    line["message"] = flaw.message;
    line["position"] = flaw.position ? Json(flaw.position->value) : Json();
    line["stream"] = flaw.stream ? Json(*flaw.stream) : Json();
    line["schemaSha256"] = schema_json(bundle);
    print(line);
  }
  std::string where;
  if (flaw.position)
    where += globals.say(" of position ", " av plats ") + std::to_string(flaw.position->value);
  if (flaw.stream) where += globals.say(" of stream ", " av strömmen ") + *flaw.stream;
  std::fprintf(stderr, "stafett: %s: %s%s: %s\n", globals.say("NOT VERIFIED", "INTE BEKRÄFTAT"),
               flaw.check.c_str(), where.c_str(), flaw.message.c_str());
  if (flaw.check == "schema")
    std::fprintf(
        stderr, "  %s\n",
        globals.say("everything else is proved. If another release made the bundle: compare with that "
                    "release, and give its hash (--schema-sha256)",
                    "allt annat är bevisat. Om en annan utgåva har gjort paketet: jämför med den utgåvan, "
                    "och ange dess hash (--schema-sha256)"));
  return !bundle || flaw.check == "schema" ? damaged : refused;
}

// What was sealed cannot be read here; that it is or was there can be said.
void print_events(const Globals& globals, const evidence::Verified& verified, const std::string& stream) {
  bool first = true;
  const event::RecordedEvent* receipt = nullptr;
  for (const auto& record : verified.records)
    if (record.event.stream == stream && is_receipt(record.event)) receipt = &record.event;
  for (const auto& record : verified.records) {
    if (record.event.stream != stream) continue;
    if (globals.json) {
      std::printf("%s\n", event::to_json(record.event, {}).c_str());
      continue;
    }
    std::printf("%s%s", first ? "" : "\n", paragraph(globals, record.event, {}, receipt).c_str());
    first = false;
  }
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

void print_verified(const Globals& globals, const evidence::Bundle& bundle,
                    const evidence::Verified& verified, const evidence::Trust& trust) {
  const auto own = "case/" + bundle.case_id;
  std::vector<std::string> streams{own};
  for (const auto& stream : verified.complete)
    if (stream != own && !stream.starts_with("rules/")) streams.push_back(stream);
  for (const auto& stream : streams) {
    if (!globals.json && streams.size() > 1) std::printf("%s%s\n", stream == own ? "" : "\n", stream.c_str());
    print_events(globals, verified, stream);
  }
  if (globals.json) {
    Json line;
    line["verified"] = true;
    line["origin"] = verified.head.origin;
    line["size"] = verified.head.size.value;
    line["complete"] = verified.complete;
    line["absent"] = verified.absent;
    line["schemaSha256"] = schema_json(&bundle);
    print(line);
    return;
  }
  std::printf("\n%s: %s, %llu %s\n", globals.say("VERIFIED against the head", "BEKRÄFTAT mot huvudet"),
              verified.head.origin.c_str(), static_cast<unsigned long long>(verified.head.size.value),
              globals.say("events", "händelser"));
  std::printf("  %s: %s\n", globals.say("nothing altered, nothing left out", "inget ändrat, inget utelämnat"),
              listed(verified.complete).c_str());
  if (!verified.absent.empty())
    std::printf("  %s: %s\n", globals.say("do not exist", "finns inte"), listed(verified.absent).c_str());
  for (const auto& witness : trust.witnesses)
    std::printf("  %s: %s\n", globals.say("witnessed by", "bevittnat av"), witness.name.c_str());
  if (trust.known)
    std::printf(
        "  %s: %llu\n",
        globals.say("one ledger with the known head of size", "en liggare med det kända huvudet av storlek"),
        static_cast<unsigned long long>(trust.known->checkpoint.size.value));
  if (evidence::schema_digest(bundle.schema) != evidence::schema_digest(evidence::schema_files()))
    std::printf("  %s\n",
                globals.say("its schema is that of --schema-sha256; read here with this release's",
                            "schemat är det som --schema-sha256 anger; läst här med denna utgåvas"));
}

int check(const Globals& globals, const Options& options) {
  auto trust = trust_from(options);
  if (!trust) return report(trust.error());
  auto file = read_file(options.file);
  if (!file) return report(file.error());
  auto bundle = evidence::decode(as_bytes(file.value()));
  if (!bundle) return print_flaw(globals, nullptr, {"format", bundle.error().message, {}, {}});
  const auto outcome = evidence::check(bundle.value(), trust.value());
  if (const auto* flaw = std::get_if<evidence::Flaw>(&outcome))
    return print_flaw(globals, &bundle.value(), *flaw);
  print_verified(globals, bundle.value(), std::get<evidence::Verified>(outcome), trust.value());
  return done;
}

}  // namespace

void add_check(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand(
      "check",
      "checks a bundle, with no server: names the first check that fails, or shows the history it proves");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "the bundle")->required();
  command
      ->add_option("--key", options->key,
                   "the ledger's verifier key (name+hash+base64), or a file that holds it")
      ->required()
      ->type_name("PUBLICKEY|FILE");
  command
      ->add_option(
          "--head", options->head,
          "a head that you have from elsewhere: the ledger must be the same, and must only have grown")
      ->type_name("FILE");
  command
      ->add_option("--witness", options->witnesses,
                   "verifier key of a witness that must have signed the head; the ledger's own is none")
      ->type_name("PUBLICKEY|FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command
      ->add_option_function<std::string>(
          "--schema-sha256", [options](const std::string& hex) { options->schema = digest_from(hex); },
          "hash of the schema of the release that made the bundle, as had from that release; without it the "
          "bundle must carry this release's schema")
      ->type_name("HEX");
  command->callback(
      [&globals, &run, options] { run = [&globals, options] { return check(globals, *options); }; });
}

}  // namespace stafett::tools
