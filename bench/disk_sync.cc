// stafett-disk-sync: what the disk itself takes to keep 4 KiB: appended to a file, then fdatasync.
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "load/latencies.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: stafett-disk-sync FILE [TIMES]\n");
    return 2;
  }
  const int times = argc > 2 ? std::atoi(argv[2]) : 1000;
  const int fd = open(argv[1], O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, 0600);
  const std::string block(4096, 'x');
  stafett::load::Latencies latencies;
  for (int i = 0; fd >= 0 && i < times; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    if (write(fd, block.data(), block.size()) != static_cast<ssize_t>(block.size()) || fdatasync(fd) != 0)
      break;
    const auto took = std::chrono::steady_clock::now() - begin;
    latencies.add(
        static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
  }
  if (latencies.count() != static_cast<std::size_t>(times)) {
    std::perror(argv[1]);
    return 1;
  }
  latencies.sort();
  std::printf("{\"p50_us\":%u,\"p99_us\":%u}\n", latencies.quantile(0.5), latencies.quantile(0.99));
  unlink(argv[1]);
}
