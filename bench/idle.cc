// stafett-idle: opens so many connections, says when they are open, and holds them until its input ends.
#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

int main(int argc, char** argv) {
  const std::string server = argc == 3 ? argv[1] : "";
  const auto colon = server.rfind(':');
  if (colon == std::string::npos) {
    std::fprintf(stderr, "usage: stafett-idle HOST:PORT CONNECTIONS\n");
    return 2;
  }
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  addrinfo wanted{}, *found = nullptr;
  wanted.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(server.substr(0, colon).c_str(), server.substr(colon + 1).c_str(), &wanted, &found) != 0) {
    std::fprintf(stderr, "stafett-idle: cannot resolve %s\n", server.c_str());
    return 3;
  }
  const int count = std::atoi(argv[2]);
  for (int i = 0; i < count; ++i) {
    const int fd = socket(found->ai_family, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
      std::fprintf(stderr, "stafett-idle: connection %d: %s\n", i + 1, std::strerror(errno));
      return 3;
    }
  }
  std::printf("open\n");
  std::fflush(stdout);
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0) {
  }
}
