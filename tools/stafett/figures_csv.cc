#include "stafett/figures_csv.h"

#include <set>

#include "stafett/swedish.h"

namespace stafett::tools {
namespace {

void put(Csv& csv, const wire::Figure& f, const std::optional<double>& number) {
  if (number)
    csv.number(*number);
  else
    csv.text(f.suppressed && !f.numerator ? hidden_mark : "");
}

// Absent only where it is hidden.
void put(Csv& csv, const std::optional<std::uint64_t>& count) {
  if (count)
    csv.count(*count);
  else
    csv.text(hidden_mark);
}

}  // namespace

void Csv::cell(const std::string& text) {
  if (!first_) out_ += swedish_ ? ';' : ',';
  first_ = false;
  out_ += text;
}

void Csv::text(const std::string& text) {
  bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  auto plain = formula ? "'" + text : text;
  if (plain.find_first_of("\",;\r\n") == std::string::npos) return cell(plain);
  std::string quoted = "\"";
  for (char c : plain) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  cell(quoted + '"');
}

void Csv::number(double number) {
  char text[64];
  std::snprintf(text, sizeof text, "%.10g", number);
  std::string out = text;
  if (swedish_)
    for (auto& c : out)
      if (c == '.') c = ',';
  cell(out);
}

void Csv::count(std::uint64_t count) { cell(std::to_string(count)); }

void Csv::end_line() {
  out_ += "\r\n";
  first_ = true;
}

std::string to_csv(const Globals& globals, const RuleNames& names, const std::vector<Statistics>& all) {
  bool swedish = globals.language == event::Language::swedish;
  std::set<std::string> dimensions;
  for (auto& s : all)
    for (auto& f : s.figures)
      for (auto& [dimension, value] : f.group) dimensions.insert(dimension);
  Csv csv(globals.language);
  csv.text(globals.say("indicator", "indikator"));
  csv.text(globals.say("name", "namn"));
  for (auto& dimension : dimensions) csv.text(swedish ? swedish_dimension(dimension) : dimension);
  for (auto* head :
       {globals.say("value", "värde"), globals.say("numerator", "täljare"),
        globals.say("denominator", "nämnare"), globals.say("pending", "pågår"),
        globals.say("waived", "bortfaller"), globals.say("median days", "median dagar"),
        globals.say("p90 days", "p90 dagar"), globals.say("suppressed", "skyddad"),
        globals.say("shown as", "visas som"), globals.say("from", "från"),
        globals.say("to (exclusive)", "till (ej med)"), globals.say("as of", "per"),
        globals.say("events up to position", "händelser till plats"), globals.say("rule set", "regelverk")})
    csv.text(head);
  csv.end_line();
  for (auto& s : all)
    for (auto& f : s.figures) {
      csv.text(f.indicator);
      csv.text(names.of(f.indicator));
      for (auto& dimension : dimensions) {
        auto found = f.group.find(dimension);
        auto value = found == f.group.end() ? std::string() : found->second;
        csv.text(swedish ? swedish_group_value(dimension, value) : value);
      }
      for (auto* number : {&f.value, &f.numerator, &f.denominator}) put(csv, f, *number);
      put(csv, f.pending);
      put(csv, f.waived);
      put(csv, f, f.median);
      put(csv, f, f.p90);
      csv.text(f.suppressed ? globals.say("yes", "ja") : globals.say("no", "nej"));
      csv.text(swedish ? swedish_show(f.show) : f.show);
      csv.text(format_date(s.period.from));
      csv.text(format_date(s.period.to));
      csv.text(format_local(s.basis.at));
      if (s.basis.size.value > 0)
        csv.count(s.basis.size.value - 1);
      else
        csv.text("");
      csv.text(s.basis.rule_set);
      csv.end_line();
    }
  return csv.written();
}

}  // namespace stafett::tools
