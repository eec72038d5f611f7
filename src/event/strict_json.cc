#include "event/strict_json.h"

#include <vector>

#include "event/forms.h"

namespace stafett::event {
namespace {

using nlohmann::json;

// Builds the tree as the library's own builder would, but refuses what that one lets pass.
class Builder final : public nlohmann::json_sax<json> {
 public:
  explicit Builder(std::string_view at) : at_(at) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool v) override { return put(v); }
  bool number_integer(number_integer_t v) override { return put(v); }
  bool number_unsigned(number_unsigned_t v) override { return put(v); }
  bool number_float(number_float_t v, const string_t&) override { return put(v); }
  bool string(string_t& v) override { return put(std::move(v)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    frames_.back().key = std::move(name);
    if (!frames_.back().node->contains(frames_.back().key)) return true;
    return refuse("the same name twice in one object", true);
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    return refuse("not JSON in UTF-8, at byte " + std::to_string(position), false);
  }

  json root;
  Error error;

 private:
  struct Frame {
    json* node;
    std::string key;  // of the member being read
  };

  json* place(json&& value) {
    if (frames_.empty()) {
      root = std::move(value);
      return &root;
    }
    json& in = *frames_.back().node;
    if (in.is_object()) return &(in[frames_.back().key] = std::move(value));
    in.push_back(std::move(value));
    return &in.back();
  }

  bool put(json&& value) {
    place(std::move(value));
    return true;
  }

  bool open(json&& container) {
    if (frames_.size() == json_depth_max) return refuse("nested deeper than 64 levels", true);
    json* node = place(std::move(container));
    frames_.push_back({node, {}});
    return true;
  }

  bool close() {
    frames_.pop_back();
    return true;
  }

  bool refuse(std::string message, bool with_place) {
    error = {ErrorCode::invalid_argument, std::move(message), with_place ? path() : std::string(at_), {}};
    return false;
  }

  // A name that is not of a field's alphabet might be anything, also personal: the place is then its parent.
  std::string path() const {
    std::string out(at_);
    std::size_t names = 0;
    for (const Frame& frame : frames_) {
      if (!frame.node->is_object()) continue;
      if (++names > 3 || !is_member_name(frame.key)) break;
      if (!out.empty()) out += '.';
      out += frame.key;
    }
    return out;
  }

  std::string_view at_;
  std::vector<Frame> frames_;
};

}  // namespace

Result<json> parse_strict(std::string_view text, std::string_view at) {
  // The parser takes a zero byte for the end of the text, whatever follows it.
  if (text.find('\0') != std::string_view::npos)
    return fail(ErrorCode::invalid_argument, "not JSON: a zero byte", std::string(at));
  Builder builder(at);
  if (!json::sax_parse(text.begin(), text.end(), &builder)) return fail(std::move(builder.error));
  return std::move(builder.root);
}

bool is_strict_json(std::string_view text) { return parse_strict(text).has_value(); }

}  // namespace stafett::event
