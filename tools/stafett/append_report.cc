#include "stafett/append_report.h"

#include <cstdio>

#include "stafett/answers_json.h"
#include "stafett/in_words.h"
#include "stafett/printable.h"

namespace stafett::tools {
namespace {

std::string quoted(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

// {"id","outcome","position","subject","streamversion"} by hand: the id is JSON already, and the order is the
// contract's.
std::string json_line(const AppendedLine& line, const char* outcome, const wire::Place* place) {
  std::string out = "{\"id\":" + line.id + ",\"outcome\":\"" + outcome + "\",\"position\":";
  out += place ? std::to_string(place->position.value) : "null";
  out += ",\"subject\":" + (line.subject ? quoted(*line.subject) : "null") + ",\"streamversion\":";
  out += place ? std::to_string(place->version.value) : "null";
  return out;
}

}  // namespace

std::uint64_t AppendReport::expect(AppendedLine line) {
  std::lock_guard lock(mutex_);
  slots_.push_back({std::move(line), {}});
  return first_ + slots_.size() - 1;
}

AppendedLine AppendReport::line(std::uint64_t slot) const {
  std::lock_guard lock(mutex_);
  return slots_[slot - first_].line;
}

void AppendReport::settle(std::uint64_t slot, const wire::Place& place) {
  auto of = line(slot);
  std::string text;
  if (globals_.json) {
    text = json_line(of, place.duplicate ? "duplicate" : "appended", &place) + "}";
  } else {
    text = std::string(globals_.say("line ", "rad ")) + std::to_string(of.number) + ": ";
    text += place.duplicate ? globals_.say("there already, at ", "finns redan, på plats ")
                            : globals_.say("appended at ", "införd på plats ");
    text += std::to_string(place.position.value) + "  " + of.subject.value_or("") + " v" +
            std::to_string(place.version.value);
  }
  std::unique_lock lock(mutex_);
  ++(place.duplicate ? duplicates_ : appended_);
  write(lock, slot, std::move(text));
}

void AppendReport::settle(std::uint64_t slot, const Error& refusal) {
  auto of = line(slot);
  std::string text;
  if (globals_.json) {
    text = json_line(of, "refused", nullptr) + ",\"code\":\"" + std::string(to_string(refusal.code)) +
           "\",\"message\":" + quoted(refusal.message);
    if (!refusal.field.empty()) text += ",\"field\":" + quoted(refusal.field);
    if (refusal.actual_version) text += ",\"actualversion\":" + std::to_string(*refusal.actual_version);
    text += "}";
  } else {
    text = std::string(globals_.say("line ", "rad ")) + std::to_string(of.number) +
           globals_.say(": refused, ", ": avvisad, ") + in_words(globals_, refusal.code) + ": " +
           printable(refusal.message);
    if (!refusal.field.empty()) text += " (" + refusal.field + ")";
  }
  std::unique_lock lock(mutex_);
  ++refused_;
  write(lock, slot, std::move(text));
}

void AppendReport::write(std::unique_lock<std::mutex>&, std::uint64_t slot, std::string text) {
  slots_[slot - first_].text = std::move(text);
  bool written = false;
  while (!slots_.empty() && slots_.front().text) {
    std::printf("%s\n", slots_.front().text->c_str());
    slots_.pop_front();
    ++first_;
    written = true;
  }
  if (written) std::fflush(stdout);
}

void AppendReport::close() {
  std::lock_guard lock(mutex_);
  for (auto& slot : slots_)
    if (slot.text) std::printf("%s\n", slot.text->c_str());
  first_ += slots_.size();
  slots_.clear();
  std::fflush(stdout);
}

std::uint64_t AppendReport::refused() const {
  std::lock_guard lock(mutex_);
  return refused_;
}

void AppendReport::summarise() const {
  std::lock_guard lock(mutex_);
  auto number = [](std::uint64_t n) { return std::to_string(n); };
  std::string text = number(appended_ + duplicates_ + refused_) + globals_.say(" events: ", " händelser: ") +
                     number(appended_) + globals_.say(" appended, ", " införda, ") + number(duplicates_) +
                     globals_.say(" there already, ", " fanns redan, ") + number(refused_) +
                     globals_.say(" refused", " avvisade");
  std::printf("%s\n", text.c_str());
}

}  // namespace stafett::tools
