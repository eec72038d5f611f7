// Random tables against somebody who has all that is published: the table, its totals as they are published
// by fewer dimensions, and an indicator of the same denominators. Nobody may be able to tell that a hidden
// cell is small.
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "casework/attacker.h"
#include "stafett/casework/disclosure.h"
#include "support/seed.h"

using namespace stafett;
using namespace stafett::casework;

namespace {

constexpr std::uint32_t threshold = threshold_default;
using Key = std::map<std::string, std::string>;

struct Cell {
  double in = 0, out = 0, other_in = 0;  // other_in: of an indicator with the same denominator
  double pending = 0;
  double size() const { return in + out; }
};

struct RandomTable {
  std::vector<Dimension> by;
  std::vector<std::size_t> extents;
  std::map<Key, Cell> cells;  // what is not there is nobody
};

const std::vector<Dimension> dimensions{Dimension::unit, Dimension::gender, Dimension::age_band};

RandomTable random_table(std::mt19937_64& random, std::size_t dimension_count) {
  auto upto = [&](int n) { return std::uniform_int_distribution<int>(0, n)(random); };
  RandomTable out;
  std::size_t total = 1;
  for (std::size_t d = 0; d < dimension_count; ++d) {
    out.by.push_back(dimensions[d]);
    int more = dimension_count == 1 ? 5 : dimension_count == 2 ? 2 : d == 0 ? 1 : 0;
    out.extents.push_back(static_cast<std::size_t>(2 + upto(more)));
    total *= out.extents.back();
  }
  int sparse = upto(2), large = upto(3);
  for (std::size_t n = 0; n < total; ++n) {
    if (upto(4) < sparse) continue;
    Key key;
    auto rest = n;
    for (std::size_t d = 0; d < dimension_count; ++d) {
      key[std::string(to_string(out.by[d]))] = std::string(1, static_cast<char>('a' + rest % out.extents[d]));
      rest /= out.extents[d];
    }
    auto size = upto(3) < large ? 5 + upto(60) : upto(9);
    auto& c = out.cells[key];
    auto part = [&] { return upto(5) == 0 ? 0 : upto(5) == 0 ? size : upto(size); };
    c.in = part();
    c.other_in = part();
    c.out = size - c.in;
    c.pending = upto(2) == 0 ? upto(8) : 0;
  }
  return out;
}

// The cells by only some of the dimensions.
std::map<Key, Cell> totals(const RandomTable& table, unsigned of) {
  std::map<Key, Cell> out;
  if (of == 0) out[{}];
  for (auto& [key, cell] : table.cells) {
    Key kept;
    for (std::size_t d = 0; d < table.by.size(); ++d)
      if (of >> d & 1) kept.insert(*key.find(std::string(to_string(table.by[d]))));
    auto& sum = out[kept];
    sum.in += cell.in;
    sum.out += cell.out;
    sum.other_in += cell.other_in;
    sum.pending += cell.pending;
  }
  return out;
}

Figure figure(const char* indicator, const Key& key, double numerator, const Cell& cell) {
  Figure f;
  f.indicator = indicator;
  f.group = key;
  f.numerator = numerator;
  f.denominator = cell.size();
  f.pending = static_cast<std::uint64_t>(cell.pending);
  f.waived = 0;
  f.show = "share";
  return f;
}

std::vector<Figure> published_by(const RandomTable& table, unsigned of) {
  static const auto one = [] {
    Indicator i;
    i.id = "one";
    return i;
  }();
  static const auto other = [] {
    Indicator i;
    i.id = "other";
    return i;
  }();
  FigureQuery query;
  query.indicators = query.all = {&one, &other};
  query.from = make_date(2019, 1, 1);
  query.to = make_date(2020, 1, 1);
  for (std::size_t d = 0; d < table.by.size(); ++d)
    if (of >> d & 1) query.by.push_back(table.by[d]);
  std::vector<Figure> figures;
  auto cells = totals(table, of);
  for (auto& [key, cell] : cells) figures.push_back(figure("one", key, cell.in, cell));
  for (auto& [key, cell] : cells) figures.push_back(figure("other", key, cell.other_in, cell));
  return published(std::move(figures), query, threshold).value();
}

bool matches(const Key& finest, const Key& coarse) {
  return std::all_of(coarse.begin(), coarse.end(),
                     [&](auto& part) { return finest.at(part.first) == part.second; });
}

// Everything that is published of the table, as equations.
class Knowledge {
 public:
  // `both`: also that both indicators have the same denominators.
  Knowledge(const RandomTable& table, bool both)
      : table_(table), keys_(all_keys(table)), shares_(4 * keys_.size()), pending_(keys_.size()) {
    for (std::size_t n = 0; both && n < keys_.size(); ++n)
      shares_.knows({{in(n), 1}, {out(n), 1}, {in(n, 1), -1}, {out(n, 1), -1}}, 0);
    for (unsigned of = 0; of < 1u << table.by.size(); ++of) learn(of);
  }

  support::Attacker& shares() { return shares_; }
  support::Attacker& pending() { return pending_; }
  support::Attacker::Terms terms(const Key& key, bool inside, bool outside, int other) const {
    support::Attacker::Terms out_;
    for (std::size_t n = 0; n < keys_.size(); ++n) {
      if (!matches(keys_[n], key)) continue;
      if (inside) out_[in(n, other)] = 1;
      if (outside) out_[out(n, other)] = 1;
    }
    return out_;
  }
  support::Attacker::Terms pending_terms(const Key& key) const {
    support::Attacker::Terms out_;
    for (std::size_t n = 0; n < keys_.size(); ++n)
      if (matches(keys_[n], key)) out_[n] = 1;
    return out_;
  }
  const std::vector<std::pair<unsigned, Figure>>& hidden() const { return hidden_; }
  std::size_t shown() const { return shown_; }
  bool pending_shown(const Key& key) const { return pending_shown_.contains(key); }
  // Something of that table is shown.
  bool partly_shown(unsigned of, const std::string& what) const { return partly_shown_.contains({of, what}); }

 private:
  static std::size_t in(std::size_t n, int other = 0) { return 4 * n + 2 * static_cast<std::size_t>(other); }
  static std::size_t out(std::size_t n, int other = 0) { return in(n, other) + 1; }

  static std::vector<Key> all_keys(const RandomTable& table) {
    std::vector<Key> out{{}};
    for (std::size_t d = 0; d < table.by.size(); ++d) {
      std::vector<Key> more;
      for (auto& key : out)
        for (std::size_t v = 0; v < table.extents[d]; ++v) {
          more.push_back(key);
          more.back()[std::string(to_string(table.by[d]))] = std::string(1, static_cast<char>('a' + v));
        }
      out = std::move(more);
    }
    return out;
  }

  void learn(unsigned of) {
    std::set<std::pair<std::string, Key>> lines;
    for (auto& f : published_by(table_, of)) {
      lines.emplace(f.indicator, f.group);
      int other = f.indicator == "other";
      if (f.suppressed) {
        hidden_.emplace_back(of, f);
      } else {
        ++shown_;
        partly_shown_.emplace(of, f.indicator);
        shares_.knows(terms(f.group, true, false, other), *f.numerator);
        shares_.knows(terms(f.group, false, true, other), *f.denominator - *f.numerator);
      }
      if (!other && f.pending) {
        pending_shown_.insert(f.group);
        partly_shown_.emplace(of, "pending");
        pending_.knows(pending_terms(f.group), static_cast<double>(*f.pending));
      }
    }
    // A group without a line is known to have nobody in it.
    for (auto& key : keys_) {
      Key group;
      for (std::size_t d = 0; d < table_.by.size(); ++d)
        if (of >> d & 1) group.insert(*key.find(std::string(to_string(table_.by[d]))));
      for (int other : {0, 1})
        if (!lines.contains({other ? "other" : "one", group}))
          shares_.knows(terms(group, true, true, other), 0);
      if (!lines.contains({"one", group})) pending_.knows(pending_terms(group), 0);
    }
  }

  const RandomTable& table_;
  std::vector<Key> keys_;
  support::Attacker shares_, pending_;
  std::vector<std::pair<unsigned, Figure>> hidden_;
  std::set<Key> pending_shown_;
  std::set<std::pair<unsigned, std::string>> partly_shown_;
  std::size_t shown_ = 0;
};

std::string text(const RandomTable& table) {
  std::string out;
  for (auto& [key, c] : table.cells) {
    for (auto& [name, value] : key) out += value;
    out += ": " + std::to_string(int(c.in)) + "/" + std::to_string(int(c.size())) + " other " +
           std::to_string(int(c.other_in)) + " pending " + std::to_string(int(c.pending)) + "\n";
  }
  return out;
}

}  // namespace

// Where a table has not enough to hide a cell behind, all of it is hidden, and says nothing; what its totals
// say by themselves remains. A total that is hidden is attacked with all finer tables up to two dimensions;
// not with the finer tables of other indicators, nor with three dimensions, where sparse tables can narrow it
// down (README, Statistics).
TEST_CASE("nobody can work out from all that is published that a hidden cell is small", "[casework]") {
  auto seed = support::seed();
  std::mt19937_64 random(seed);
  std::size_t shown = 0, small = 0, withstood = 0;
  for (int round = 0; round < 200; ++round) {
    auto table = random_table(random, 1 + static_cast<std::size_t>(round) % 3);
    Knowledge alone(table, false), both(table, true);
    shown += alone.shown();
    INFO("seed " << seed << ", table " << round << "\n" << text(table));
    for (auto& [of, f] : alone.hidden()) {
      auto cell = totals(table, of)[f.group];
      bool other = f.indicator == "other";
      auto in = other ? cell.other_in : cell.in, out = cell.size() - in;
      auto few = [](double n) { return n >= 1 && n < threshold; };
      small += few(in) || few(out) || few(cell.size());
      std::string where;
      for (auto& [name, value] : f.group) where += " " + value;
      INFO(f.indicator << where << " " << in << "/" << cell.size());
      auto withstands = [&](Knowledge& knowledge) {
        auto could_be = [&](bool inside, bool outside) {
          return knowledge.shares().most(knowledge.terms(f.group, inside, outside, other));
        };
        if (few(in)) CHECK(could_be(true, false) > threshold - 0.001);
        if (few(out)) CHECK(could_be(false, true) > threshold - 0.001);
        if (few(cell.size())) CHECK(could_be(true, true) > threshold - 0.001);
        ++withstood;
      };
      bool partly = alone.partly_shown(of, f.indicator);
      bool finest = of + 1 == 1u << table.by.size();
      if (table.by.size() < 3 || (partly && finest)) withstands(alone);
      if (partly && finest) withstands(both);
      if (!other && few(cell.pending) && !alone.pending_shown(f.group) && alone.partly_shown(of, "pending"))
        CHECK(alone.pending().most(alone.pending_terms(f.group)) > threshold - 0.001);
    }
  }
  // The tables are such that there was something to attack, and something was published.
  CHECK(small > 100);
  CHECK(withstood > 100);
  CHECK(shown > 100);
}

TEST_CASE("the attacker finds what a table hides too little of", "[casework]") {
  // a + b = 12, a + c = 10, b = 9: the attacker knows a and c.
  support::Attacker attacker(3);
  attacker.knows({{0, 1}, {1, 1}}, 12);
  attacker.knows({{0, 1}, {2, 1}}, 10);
  CHECK(attacker.most({{0, 1}}) == Approx(10));
  CHECK(attacker.least({{0, 1}}) == Approx(0));
  attacker.knows({{1, 1}}, 9);
  CHECK(attacker.most({{0, 1}}) == Approx(3));
  CHECK(attacker.least({{2, 1}}) == Approx(7));
}
