#pragma once

#include <cmath>
#include <cstdint>
#include <initializer_list>

namespace stafett::municipality {

// Mixes a number so that neighbours have nothing in common (the finaliser of splitmix64).
constexpr std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

// Seeded chance, the same with every compiler and library.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(mixed(seed)) {}

  std::uint64_t next() { return mixed(state_++); }
  // From 0 to n - 1; n > 0.
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((next() >> 32) * n >> 32); }
  // From a to b, both possible.
  int between(int a, int b) { return a + static_cast<int>(below(static_cast<std::uint32_t>(b - a + 1))); }
  bool percent(unsigned p) { return below(100) < p; }
  double share() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  // Waiting times with that mean.
  double waiting(double mean) { return -mean * std::log1p(-share()); }
  template <class T>
  T pick(std::initializer_list<T> from) {
    return from.begin()[below(static_cast<std::uint32_t>(from.size()))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace stafett::municipality
