// Statistics that can be published (domain.md 5.4): the rules one by one. What the rules are for, that nobody
// can work out what is hidden, is shown in disclosure_attack_test.cc.
#include "stafett/casework/disclosure.h"

#include <catch2/catch.hpp>

#include "casework/registry.h"

using namespace stafett;
using namespace stafett::casework;

namespace {

struct Counts {
  double numerator;
  std::optional<double> denominator;
  std::uint64_t pending = 0, waived = 0;
};

Figure figure(const std::string& indicator, std::map<std::string, std::string> group, const Counts& c) {
  Figure f;
  f.indicator = indicator;
  f.group = std::move(group);
  f.numerator = c.numerator;
  f.denominator = c.denominator;
  f.pending = c.pending;
  f.waived = c.waived;
  f.value = c.denominator ? c.numerator / *c.denominator : c.numerator;
  f.show = c.denominator ? "share" : "count";
  return f;
}

Indicator indicator(const std::string& id) {
  Indicator out;
  out.id = id;
  return out;
}

FigureQuery question(std::initializer_list<const Indicator*> indicators, std::vector<Dimension> by = {}) {
  FigureQuery query;
  query.indicators = indicators;
  query.all = indicators;
  query.from = make_date(2019, 1, 1);
  query.to = make_date(2020, 1, 1);
  query.by = std::move(by);
  return query;
}

// One group alone.
bool hidden(const Counts& counts, std::uint32_t threshold = threshold_default) {
  auto i = indicator("X");
  auto figures = published({figure("X", {}, counts)}, question({&i}), threshold).value();
  REQUIRE(figures.size() == 1);
  CHECK(figures[0].numerator.has_value() != figures[0].suppressed);
  return figures[0].suppressed;
}

// By unit kind, in the order given; whether each is hidden.
std::vector<bool> hidden_of(const std::vector<Counts>& groups) {
  auto i = indicator("X");
  std::vector<Figure> figures;
  for (std::size_t n = 0; n < groups.size(); ++n)
    figures.push_back(figure("X", {{"area", std::string(1, static_cast<char>('a' + n))}}, groups[n]));
  std::vector<bool> out;
  auto lines = published(std::move(figures), question({&i}, {Dimension::area}), threshold_default).value();
  for (auto& f : lines) out.push_back(f.suppressed);
  return out;
}

}  // namespace

TEST_CASE("a share is hidden when few are counted, few are in it or few are outside it", "[casework]") {
  CHECK(hidden({2, 4}));
  CHECK_FALSE(hidden({5, 10}));
  CHECK(hidden({4, 40}));
  CHECK_FALSE(hidden({5, 40}));
  CHECK(hidden({36, 40}));
  CHECK_FALSE(hidden({35, 40}));
  CHECK(hidden({0, 0}));
}

TEST_CASE("a count is hidden when it is few, not when it is none", "[casework]") {
  CHECK_FALSE(hidden({0, std::nullopt}));
  CHECK(hidden({1, std::nullopt}));
  CHECK(hidden({4, std::nullopt}));
  CHECK_FALSE(hidden({5, std::nullopt}));
}

TEST_CASE("the threshold is a parameter", "[casework]") {
  CHECK_FALSE(hidden({5, 20}, 5));
  CHECK(hidden({5, 20}, 6));
  CHECK_FALSE(hidden({4, 20}, 4));
  CHECK(hidden({12, std::nullopt}, 20));
}

TEST_CASE("none or all of fewer than ten is hidden, for it tells of each of them", "[casework]") {
  CHECK(hidden({0, 9}));
  CHECK(hidden({9, 9}));
  CHECK_FALSE(hidden({0, 10}));
  CHECK_FALSE(hidden({10, 10}));
}

TEST_CASE("beside a hidden group a second one is hidden, else the total would tell", "[casework]") {
  CHECK(hidden_of({{20, 40}, {2, 20}, {30, 60}}) == std::vector{true, true, false});
  // The second is chosen so that both together are not few either.
  CHECK(hidden_of({{3, 6}, {3, 6}, {20, 40}}) == std::vector{true, true, false});
  CHECK(hidden_of({{1, std::nullopt}, {1, std::nullopt}, {9, std::nullopt}}) ==
        std::vector{true, true, true});
  CHECK(hidden_of({{20, 40}, {20, 40}}) == std::vector{false, false});
}

TEST_CASE("a hidden cell in a table hides a rectangle: rows and columns both have totals", "[casework]") {
  auto i = indicator("X");
  std::vector<Figure> figures;
  for (std::string area : {"a", "b", "c"})
    for (std::string gender : {"f", "m", "x"})
      figures.push_back(
          figure("X", {{"area", area}, {"gender", gender}}, {area + gender == "bm" ? 2.0 : 20.0, 40}));
  auto query = question({&i}, {Dimension::area, Dimension::gender});
  std::map<std::string, int> rows, columns;
  int count = 0;
  auto lines = published(std::move(figures), query, threshold_default).value();
  for (auto& f : lines) {
    if (!f.suppressed) continue;
    ++count;
    ++rows[f.group.at("area")];
    ++columns[f.group.at("gender")];
  }
  CHECK(count == 4);
  CHECK(rows.at("b") == 2);
  CHECK(columns.at("m") == 2);
}

TEST_CASE("what is below a hidden group is hidden, also where there is nobody", "[casework]") {
  auto i = indicator("X");
  std::vector<Figure> figures{figure("X", {{"area", "a"}, {"gender", "f"}}, {3, 6}),
                              figure("X", {{"area", "b"}, {"gender", "f"}}, {2, 6}),
                              figure("X", {{"area", "b"}, {"gender", "m"}}, {1, 2}),
                              figure("X", {{"area", "c"}, {"gender", "f"}}, {50, 100}),
                              figure("X", {{"area", "c"}, {"gender", "m"}}, {50, 100})};
  auto query = question({&i}, {Dimension::area, Dimension::gender});
  auto out = published(figures, query, threshold_default).value();
  REQUIRE(out.size() == 6);
  CHECK(out[1].group == std::map<std::string, std::string>{{"area", "a"}, {"gender", "m"}});
  CHECK(out[1].suppressed);
  // With everything shown there is no line of nobody.
  auto shown = marked(figures, query, threshold_default);
  REQUIRE(shown.size() == 5);
  for (auto& f : shown) {
    CHECK(f.numerator);
    CHECK(f.suppressed == out[&f - shown.data() + (f.group.at("area") == "a" ? 0 : 1)].suppressed);
  }
}

TEST_CASE("hidden cells show no number of their line; pending and waived are hidden where they are few",
          "[casework]") {
  auto i = indicator("X");
  auto out =
      published({figure("X", {{"area", "a"}}, {2, 20, 30, 40}), figure("X", {{"area", "b"}}, {20, 40, 50, 2}),
                 figure("X", {{"area", "c"}}, {20, 40, 50, 60})},
                question({&i}, {Dimension::area}), threshold_default)
          .value();
  REQUIRE(out.size() == 3);
  CHECK(out[0].suppressed);
  CHECK_FALSE((out[0].numerator || out[0].denominator || out[0].value || out[0].pending || out[0].waived));
  int shown_waived = 0;
  for (auto& f : out) shown_waived += f.waived.has_value();
  CHECK(shown_waived <= 1);
}

TEST_CASE("a part that differs by few from its whole is hidden", "[casework]") {
  auto whole = indicator("ever"), part = indicator("inTime");
  part.part_of = {"ever"};
  auto differ_by = [&](double rest) {
    std::vector<Figure> figures{figure("inTime", {}, {30, 60}), figure("ever", {}, {30 + rest, 60})};
    auto query = question({&part});
    query.all = {&part, &whole};
    CHECK(widened(query).indicators == std::vector<const Indicator*>{&part, &whole});
    auto out = published(figures, query, threshold_default).value();
    REQUIRE(out.size() == 1);
    return out[0].suppressed;
  };
  CHECK_FALSE(differ_by(0));
  CHECK(differ_by(1));
  CHECK(differ_by(4));
  CHECK_FALSE(differ_by(5));
}

TEST_CASE("a survey shows no group of fewer answers than it says", "[casework]") {
  auto survey = indicator("S");
  survey.smallest = 10;
  auto suppressed = [&](double of) {
    return published({figure("S", {}, {of - 5, of})}, question({&survey}), threshold_default)
        .value()[0]
        .suppressed;
  };
  CHECK(suppressed(9));
  CHECK_FALSE(suppressed(10));
}

TEST_CASE("a median is of five values or more, a 90th percentile of twenty or more", "[casework]") {
  auto i = indicator("X");
  auto with = [&](std::uint64_t measured) {
    auto f = figure("X", {}, {20, 40});
    f.show = "days";
    f.value = f.median = 3.5;
    f.p90 = 9;
    f.measured = measured;
    return published({f}, question({&i}), threshold_default).value()[0];
  };
  CHECK_FALSE((with(4).median || with(4).value));
  CHECK((with(5).median && with(5).value));
  CHECK_FALSE(with(19).p90);
  CHECK(with(20).p90);
}

TEST_CASE("statistics are published of whole months, by two dimensions beside period and unit",
          "[casework]") {
  auto i = indicator("X");
  auto field = [&](std::vector<Dimension> by, Date from = make_date(2019, 1, 1),
                   Date to = make_date(2020, 1, 1), PeriodSplit split = PeriodSplit::month) {
    auto query = question({&i}, std::move(by));
    query.from = from;
    query.to = to;
    query.period_split = split;
    auto checked = publishable(query);
    return checked ? std::string("published") : checked.error().field;
  };
  using D = Dimension;
  CHECK(field({D::unit, D::period, D::gender, D::age_band}) == "published");
  CHECK(field({D::unit, D::area, D::gender, D::age_band}) == "by");
  CHECK(field({}, make_date(2019, 3, 1), make_date(2019, 4, 1)) == "published");
  CHECK(field({}, make_date(2019, 3, 2), make_date(2019, 4, 1)) == "from");
  CHECK(field({}, make_date(2019, 3, 1), make_date(2019, 3, 1)) == "from");
  for (auto d : {D::disability, D::unaccompanied, D::placed}) {
    CHECK(field({d}) == "published");
    CHECK(field({d, D::gender, D::municipality}) == "by");
    CHECK(field({d, D::municipality}) == "published");
    CHECK(field({d}, make_date(2019, 1, 1), make_date(2019, 7, 1)) == "by");
    CHECK(field({d, D::period}) == "by");
    CHECK(field({d, D::period}, make_date(2018, 1, 1), make_date(2020, 1, 1), PeriodSplit::year) ==
          "published");
    for (auto finer : {D::unit, D::unit_kind, D::district, D::forum}) CHECK(field({d, finer}) == "by");
  }
}

TEST_CASE("what may not be published by its dimensions is marked, and not given", "[casework]") {
  auto i = indicator("X");
  std::vector<Figure> figures{figure("X", {{"placed", "no"}, {"unit", "u"}}, {50, 100})};
  auto query = question({&i}, {Dimension::unit, Dimension::placed});
  CHECK(marked(figures, query, threshold_default)[0].suppressed);
  CHECK(published(figures, query, threshold_default).error().code == ErrorCode::invalid_argument);
}
