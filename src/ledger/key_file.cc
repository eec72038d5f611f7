#include "ledger/key_file.h"

#include <charconv>

#include "stafett/storage/files.h"

namespace stafett::ledger {
namespace {

Result<crypto::Key> parse(std::string_view text, const KeyFile& file) {
  std::array<std::byte, crypto::Key::size> bytes{};
  const auto digits = file.title.size() + 1;
  bool good = text.size() == digits + 2 * bytes.size() + 1 && text.starts_with(file.title) &&
              text[digits - 1] == '\n' && text.back() == '\n';
  for (std::size_t i = 0; good && i < bytes.size(); ++i) {
    const char* pair = text.data() + digits + 2 * i;
    unsigned value = 0;
    const auto [end, error] = std::from_chars(pair, pair + 2, value, 16);
    good = error == std::errc() && end == pair + 2;
    bytes[i] = static_cast<std::byte>(value);
  }
  crypto::Key key(bytes);
  crypto::wipe(bytes);
  if (!good) return fail(ErrorCode::corruption, "the key file " + file.path.string() + " is damaged");
  return key;
}

}  // namespace

Result<crypto::Key> KeyFile::read() const {
  STAFETT_TRY(auto text, storage::read_file(path));
  auto key = parse(text, *this);
  crypto::wipe(std::as_writable_bytes(std::span(text)));
  return key;
}

Result<void> KeyFile::check_private() const {
  std::error_code error;
  const auto mode = std::filesystem::status(path, error).permissions();
  if (error) return fail(ErrorCode::io_error, "cannot look at " + path.string() + ": " + error.message());
  using std::filesystem::perms;
  if ((mode & (perms::group_all | perms::others_all)) == perms::none) return ok();
  return fail(ErrorCode::forbidden, "the key file " + path.string() +
                                        " is open to others than its owner; whoever has read it has the key. "
                                        "chmod 600 " +
                                        path.string());
}

Result<crypto::Key> KeyFile::read_given() const {
  STAFETT_TRY(auto text, storage::read_file(path));
  const bool is_one = text.starts_with(std::string(title) + "\n");
  crypto::wipe(std::as_writable_bytes(std::span(text)));
  if (is_one) return read();
  return fail(ErrorCode::invalid_argument,
              path.string() + " is another kind of file: that key's begins with the line \"" +
                  std::string(title) + "\"");
}

Result<void> KeyFile::write(const crypto::Key& key) const {
  std::string text = std::string(title) + "\n" + to_hex(key.view()) + "\n";
  auto written = storage::write_file(path, text);
  crypto::wipe(std::as_writable_bytes(std::span(text)));
  return written;
}

}  // namespace stafett::ledger
