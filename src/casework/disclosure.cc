#include "stafett/casework/disclosure.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "casework/clause.h"
#include "casework/disclosure_table.h"

namespace stafett::casework {
namespace {

constexpr std::uint64_t median_values_min = 5, p90_values_min = 20;  // domain.md 5.4 no. 7
constexpr std::size_t dimensions_max = 2;                            // beside period and unit (no. 4)

const Indicator* find(const std::vector<const Indicator*>& among, const std::string& id) {
  auto found = std::find_if(among.begin(), among.end(), [&](auto* i) { return i->id == id; });
  return found == among.end() ? nullptr : *found;
}

// The indicators whose numerator holds all of this one's.
std::vector<std::string> wholes_of(const Indicator& indicator) {
  auto out = indicator.part_of;
  if (indicator.tally && indicator.tally->show == Tally::Show::all)
    out.insert(out.end(), indicator.tally->of.begin(), indicator.tally->of.end());
  return out;
}

bool among(const std::vector<Dimension>& by, std::initializer_list<Dimension> some) {
  return std::any_of(by.begin(), by.end(),
                     [&](auto d) { return std::find(some.begin(), some.end(), d) != some.end(); });
}

// By too much, or too finely (no. 4 and 6); whatever the period asked for.
Result<void> dimensions_publishable(const FigureQuery& query) {
  auto many = std::count_if(query.by.begin(), query.by.end(),
                            [](auto d) { return d != Dimension::period && d != Dimension::unit; });
  if (static_cast<std::size_t>(many) + query.splits.size() > dimensions_max)
    return fail(ErrorCode::invalid_argument,
                "statistics are published by at most two dimensions beside period and unit", "by");
  if (!among(query.by, {Dimension::disability, Dimension::unaccompanied, Dimension::placed})) return ok();
  if (among(query.by, {Dimension::unit, Dimension::unit_kind, Dimension::district, Dimension::forum}))
    return fail(
        ErrorCode::invalid_argument,
        "by disability, unaccompanied or placed, statistics are published of whole municipalities only",
        "by");
  bool years = civil(query.from).month() == std::chrono::January &&
               civil(query.to).month() == std::chrono::January && whole_months({query.from, query.to});
  if (!years || (among(query.by, {Dimension::period}) && query.period_split != PeriodSplit::year))
    return fail(ErrorCode::invalid_argument,
                "by disability, unaccompanied or placed, statistics are published by whole years only", "by");
  return ok();
}

// The lines of each indicator; they stand together.
class Lines {
 public:
  explicit Lines(const std::vector<Figure>& figures) {
    for (std::size_t begin = 0, end; begin < figures.size(); begin = end) {
      for (end = begin + 1; end < figures.size() && figures[end].indicator == figures[begin].indicator;)
        ++end;
      lines_[figures[begin].indicator] = std::span(figures).subspan(begin, end - begin);
    }
  }
  std::span<const Figure> of(const std::string& id) const {
    auto found = lines_.find(id);
    return found == lines_.end() ? std::span<const Figure>() : found->second;
  }

 private:
  std::map<std::string, std::span<const Figure>> lines_;
};

void conceal(Figure& f) {
  f.numerator = f.denominator = f.value = f.median = f.p90 = std::nullopt;
  f.pending = f.waived = std::nullopt;
  f.suppressed = true;
}

Figure shown(Figure f, const DisclosureTable::Line& line) {
  if (line.suppressed) {
    conceal(f);
    return f;
  }
  if (line.hide_pending) f.pending = std::nullopt;
  if (line.hide_waived) f.waived = std::nullopt;
  if (f.measured < p90_values_min) f.p90 = std::nullopt;
  if (f.measured < median_values_min) {
    f.median = std::nullopt;
    if (f.show == "days") f.value = std::nullopt;
  }
  return f;
}

// What is done with the figures of a question.
class Treatment {
 public:
  Treatment(const std::vector<Figure>& figures, const FigureQuery& query, std::uint32_t threshold,
            bool publish)
      : lines_(figures), query_(query), threshold_(threshold), publish_(publish) {}

  // None when the table has too many cells.
  std::optional<std::vector<Figure>> of(const Indicator& indicator) const {
    auto figures = lines_.of(indicator.id);
    std::vector<Figure> own(figures.begin(), figures.end());
    auto show = indicator.tally ? indicator.tally->show : Tally::Show::share;
    // What forums or a network cover says nothing of persons.
    if (show == Tally::Show::covered) return own;
    return show == Tally::Show::gap ? gap(indicator, std::move(own)) : one(indicator, std::move(own));
  }

 private:
  std::optional<std::vector<Figure>> one(const Indicator& indicator, std::vector<Figure> figures) const {
    if (figures.empty()) return figures;
    std::vector<std::span<const Figure>> wholes;
    for (auto& id : wholes_of(indicator)) wholes.push_back(lines_.of(id));
    auto table = DisclosureTable::of(indicator, figures, wholes, query_, threshold_);
    if (!table) return std::nullopt;
    if (!publish_) {
      for (auto& f : figures) f.suppressed = table->line(f.group).suppressed;
      return figures;
    }
    std::map<Group, Figure> out;
    for (auto& f : figures) out.emplace(f.group, shown(f, table->line(f.group)));
    for (auto& line : table->hidden()) {
      Figure nobody;
      nobody.indicator = figures.front().indicator;
      nobody.show = figures.front().show;
      nobody.group = line.group;
      conceal(nobody);
      out.try_emplace(line.group, std::move(nobody));
    }
    std::vector<Figure> lines;
    for (auto& [group, f] : out) lines.push_back(std::move(f));
    return lines;
  }

  // Each part as the indicator it is of. The largest group is what the others are measured by: hidden, it
  // would be told by any distance to it.
  std::optional<std::vector<Figure>> gap(const Indicator& indicator, std::vector<Figure> figures) const {
    if (figures.size() == 1 && !figures.front().numerator) return figures;  // not by any group
    std::vector<Figure> out;
    for (auto& id : indicator.tally->of) {
      auto* part = find(query_.all, id);
      if (!part) continue;
      std::vector<Figure> own;
      const Figure* largest = nullptr;
      for (auto& f : figures) {
        if (f.group.at("of") != id) continue;
        own.push_back(f);
        own.back().group.erase("of");
        if (f.value && (!largest || *f.denominator > *largest->denominator)) largest = &f;
      }
      auto treated = one(*part, std::move(own));
      if (!treated) return std::nullopt;
      for (auto& f : *treated) f.group["of"] = id;
      bool told = std::none_of(treated->begin(), treated->end(),
                               [&](auto& f) { return largest && f.group == largest->group && f.suppressed; });
      for (auto& f : *treated) {
        f.suppressed = f.suppressed || !told;
        if (!told && publish_) conceal(f);
        out.push_back(std::move(f));
      }
    }
    return out;
  }

  Lines lines_;
  const FigureQuery& query_;
  std::uint32_t threshold_;
  bool publish_;
};

}  // namespace

FigureQuery widened(FigureQuery query) {
  auto add = [&](const Indicator& indicator) {
    for (auto& id : wholes_of(indicator))
      if (auto* whole = find(query.all, id); whole && !find(query.indicators, id))
        query.indicators.push_back(whole);
  };
  auto asked = query.indicators;
  for (auto* indicator : asked) {
    add(*indicator);
    if (!indicator->tally || indicator->tally->show != Tally::Show::gap) continue;
    for (auto& id : indicator->tally->of)
      if (auto* part = find(query.all, id)) add(*part);
  }
  return query;
}

Result<void> publishable(const FigureQuery& query) {
  if (!whole_months({query.from, query.to}))
    return fail(ErrorCode::invalid_argument, "statistics are published of whole months", "from");
  return dimensions_publishable(query);
}

std::vector<Figure> marked(std::vector<Figure> figures, const FigureQuery& query, std::uint32_t threshold) {
  bool allowed = dimensions_publishable(query).has_value();
  Treatment treatment(figures, query, threshold, false);
  std::vector<Figure> out;
  for (auto* indicator : query.indicators) {
    auto lines = allowed ? treatment.of(*indicator) : std::nullopt;
    if (!lines) {
      auto all = Lines(figures).of(indicator->id);
      lines.emplace(all.begin(), all.end());
      for (auto& f : *lines) f.suppressed = true;
    }
    std::move(lines->begin(), lines->end(), std::back_inserter(out));
  }
  return out;
}

Result<std::vector<Figure>> published(std::vector<Figure> figures, const FigureQuery& query,
                                      std::uint32_t threshold) {
  STAFETT_TRY(publishable(query));
  Treatment treatment(figures, query, threshold, true);
  std::vector<Figure> out;
  for (auto* indicator : query.indicators) {
    auto lines = treatment.of(*indicator);
    if (!lines)
      return fail(
          ErrorCode::too_large,
          "the table of " + indicator->id + " has too many groups to be published: take fewer dimensions",
          "by");
    std::move(lines->begin(), lines->end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace stafett::casework
