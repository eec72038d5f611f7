#include "stafett/sent_attributes.h"

#include <nlohmann/json.hpp>

namespace stafett::tools {
namespace {

using Json = nlohmann::json;

// Listens for two attributes of the outermost object; keeps nothing else, however deep or long the rest is.
class Listener final : public nlohmann::json_sax<Json> {
 public:
  SentAttributes found;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t value) override { return number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return number(std::to_string(value)); }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t& value) override {
    if (depth_ != 1) return true;
    if (key_ == "id") found.id = Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
    if (key_ == "subject") found.subject = value;
    return true;
  }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_, true; }
  bool key(string_t& name) override {
    if (depth_ == 1) key_ = name;
    return true;
  }
  bool end_object() override { return --depth_, true; }
  bool start_array(std::size_t) override { return ++depth_, true; }
  bool end_array() override { return --depth_, true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  bool number(std::string text) {
    if (depth_ == 1 && key_ == "id") found.id = std::move(text);
    return true;
  }

  std::size_t depth_ = 0;
  std::string key_;
};

}  // namespace

SentAttributes sent_attributes(std::string_view line) {
  Listener listener;
  Json::sax_parse(line.begin(), line.end(), &listener);
  return std::move(listener.found);
}

}  // namespace stafett::tools
