#include "stafett/backup_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <fstream>
#include <system_error>

#include "stafett/storage/files.h"

namespace stafett::tools {
namespace {

constexpr std::string_view title = "stafett backup 1";
constexpr std::size_t buffer_bytes = 1u << 20;
constexpr std::uint32_t item_bytes_max = 16u << 20;

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::optional<merkle::Hash> hash(std::string_view hex) {
  merkle::Hash out;
  if (hex.size() != 2 * out.size()) return std::nullopt;
  for (std::size_t i = 0; i < out.size(); ++i) {
    unsigned value = 0;
    const char* pair = hex.data() + 2 * i;
    const auto [end, error] = std::from_chars(pair, pair + 2, value, 16);
    if (error != std::errc() || end != pair + 2) return std::nullopt;
    out[i] = static_cast<std::byte>(value);
  }
  return out;
}

// A file's name is ours alone, so that no manifest leads out of the folder.
bool is_name(std::string_view name) {
  return !name.empty() && name.find('/') == name.npos && !name.starts_with('.');
}

// Words of the lines of a text, one after the other.
class Lines {
 public:
  explicit Lines(std::string_view text) : left_(text) {}
  // The rest of the next line when it begins with that word and a blank.
  std::optional<std::string_view> take(std::string_view word) {
    const auto end = left_.find('\n');
    if (end == left_.npos) return std::nullopt;
    const auto line = left_.substr(0, end);
    if (!line.starts_with(word) || line.size() <= word.size() || line[word.size()] != ' ')
      return std::nullopt;
    left_.remove_prefix(end + 1);
    return line.substr(word.size() + 1);
  }
  std::string_view left() const { return left_; }

 private:
  std::string_view left_;
};

std::string_view word_of(std::string_view& rest) {
  const auto blank = rest.find(' ');
  const auto word = rest.substr(0, blank);
  rest.remove_prefix(blank == rest.npos ? rest.size() : blank + 1);
  return word;
}

std::optional<BackupFile> file_of(std::string_view rest) {
  const auto bytes = number(word_of(rest));
  const auto digest = hash(word_of(rest));
  if (!bytes || !digest || !is_name(rest)) return std::nullopt;
  return BackupFile{std::string(rest), *bytes, *digest};
}

std::string text_of(const BackupFile& file) {
  return std::to_string(file.bytes) + " " + to_hex(file.sha256) + " " + file.name;
}

auto io_error(const std::string& what) {
  const auto code = errno == ENOSPC || errno == EDQUOT ? ErrorCode::unavailable : ErrorCode::io_error;
  return fail(code, what + ": " + std::generic_category().message(errno));
}

}  // namespace

std::string Manifest::to_text() const {
  std::string text(title);
  text += "\norigin " + origin + "\npublickey " + public_key + "\nsize " + std::to_string(size.value) +
          "\nroot " + to_hex(root) + "\n";
  for (const auto& node : edge) text += "edge " + to_hex(node) + "\n";
  for (const auto& s : segments)
    text += "records " + std::to_string(s.first.value) + " " + std::to_string(s.count) + " " +
            text_of(s.file) + "\n";
  text += "keys " + text_of(keys) + "\nhead " + text_of(head) + "\n";
  return text + "sha256 " + to_hex(crypto::sha256(as_bytes(text))) + "\n";
}

Result<Manifest> Manifest::parse(std::string_view text) {
  const auto damaged = [] { return fail(ErrorCode::corruption, "the file BACKUP is damaged"); };
  if (!text.starts_with(title) || text.substr(title.size(), 1) != "\n") return damaged();
  Lines lines(text.substr(title.size() + 1));
  Manifest out;
  const auto origin = lines.take("origin"), key = lines.take("publickey"), size = lines.take("size"),
             root = lines.take("root");
  if (!origin || !key || !size || !root || !number(*size) || !hash(*root)) return damaged();
  out.origin = *origin;
  out.public_key = *key;
  out.size = TreeSize(*number(*size));
  out.root = *hash(*root);
  while (const auto node = lines.take("edge")) {
    if (!hash(*node)) return damaged();
    out.edge.push_back(*hash(*node));
  }
  std::uint64_t next = 0;
  while (auto line = lines.take("records")) {
    const auto first = number(word_of(*line)), count = number(word_of(*line));
    auto file = file_of(*line);
    if (!first || !count || !file || *first != next) return damaged();
    next += *count;
    out.segments.push_back({std::move(*file), Position(*first), *count});
  }
  const auto keys = lines.take("keys"), head = lines.take("head");
  const auto keys_file = keys ? file_of(*keys) : std::nullopt,
             head_file = head ? file_of(*head) : std::nullopt;
  if (!keys_file || !head_file || next != out.size.value ||
      out.edge.size() != static_cast<std::size_t>(std::popcount(out.size.value)))
    return damaged();
  out.keys = *keys_file;
  out.head = *head_file;
  const auto covered = text.substr(0, text.size() - lines.left().size());
  const auto digest = lines.take("sha256");
  if (!digest || *digest != to_hex(crypto::sha256(as_bytes(covered))) || !lines.left().empty())
    return damaged();
  return out;
}

Result<Manifest> read_manifest(const std::filesystem::path& folder) {
  auto text = storage::read_file(folder / "BACKUP");
  if (!text && text.error().code == ErrorCode::not_found)
    return fail(ErrorCode::not_found, "there is no backup in " + folder.string());
  STAFETT_TRY(const auto content, std::move(text));
  return Manifest::parse(content);
}

Result<ItemWriter> ItemWriter::create(std::filesystem::path path) {
  const auto temporary = path.string() + ".new";
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return io_error("cannot create " + temporary);
  return ItemWriter(std::move(path), fd);
}

ItemWriter::ItemWriter(ItemWriter&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      buffer_(std::move(other.buffer_)),
      file_(std::move(other.file_)),
      hash_(std::move(other.hash_)) {}

ItemWriter::~ItemWriter() {
  if (fd_ >= 0) ::close(fd_);
}

Result<void> ItemWriter::write(BytesView bytes) {
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  file_.bytes += bytes.size();
  if (buffer_.size() < buffer_bytes) return ok();
  return flush();
}

Result<void> ItemWriter::flush() {
  hash_.update(buffer_);
  for (BytesView left(buffer_); !left.empty();) {
    const auto n = ::write(fd_, left.data(), left.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return io_error("cannot write " + path_.string());
    left = left.subspan(static_cast<std::size_t>(n));
  }
  buffer_.clear();
  return ok();
}

Result<void> ItemWriter::add(BytesView item) {
  const auto size = static_cast<std::uint32_t>(item.size());
  std::array<std::byte, 4> length;
  for (std::size_t i = 0; i < 4; ++i) length[i] = static_cast<std::byte>(size >> (24 - 8 * i));
  STAFETT_TRY(write(length));
  return write(item);
}

Result<BackupFile> ItemWriter::finish() {
  STAFETT_TRY(flush());
  if (::fsync(fd_) != 0) return io_error("cannot sync " + path_.string());
  ::close(std::exchange(fd_, -1));
  STAFETT_TRY(storage::rename_file(path_.string() + ".new", path_));
  file_.name = path_.filename().string();
  file_.sha256 = hash_.finish();
  return std::move(file_);
}

Result<void> read_items(const std::filesystem::path& folder, const BackupFile& file,
                        const std::function<Result<void>(BytesView)>& each) {
  const auto damaged = [&](const char* how) { return fail(ErrorCode::corruption, file.name + " " + how); };
  std::ifstream in(folder / file.name, std::ios::binary);
  if (!in) return damaged("is missing or cannot be read");
  crypto::Sha256 digest;
  Bytes item;
  std::uint64_t bytes = 0;
  auto read = [&](std::byte* to, std::size_t size) {
    in.read(reinterpret_cast<char*>(to), static_cast<std::streamsize>(size));
    const auto n = static_cast<std::size_t>(in.gcount());
    digest.update(BytesView(to, n));
    bytes += n;
    return n;
  };
  for (;;) {
    std::array<std::byte, 4> length;
    const auto n = read(length.data(), length.size());
    if (n == 0) break;
    std::uint32_t size = 0;
    for (const auto b : length) size = size << 8 | std::to_integer<std::uint32_t>(b);
    if (n < length.size() || size > item_bytes_max) return damaged("is damaged");
    item.resize(size);
    if (read(item.data(), size) < size) return damaged("has been shortened");
    STAFETT_TRY(each(item));
  }
  if (bytes != file.bytes || digest.finish() != file.sha256) return damaged("is not what was written");
  return ok();
}

}  // namespace stafett::tools
