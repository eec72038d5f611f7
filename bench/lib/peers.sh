# PostgreSQL, Redis and SQLite, from Debian's packages, durably configured, in $work and nowhere else.
postgres_port=15432 redis_port=16379
postgres_bin=/usr/lib/postgresql/15/bin
as_root() { if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi; }

install_peers() {
  local wanted=(redis-tools libhiredis-dev libpq-dev libsqlite3-dev) missing=() package
  [[ -x $postgres_bin/postgres ]] || wanted+=(postgresql-15)
  for package in "${wanted[@]}"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  say "Installing ${missing[*]}"
  # Debian would make and start a server of its own; ours are the only ones wanted.
  local no_cluster=/etc/postgresql-common/createcluster.d/stafett-bench.conf
  as_root mkdir -p "${no_cluster%/*}"
  echo 'create_main_cluster = false' | as_root tee "$no_cluster" >/dev/null
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
  as_root rm -f "$no_cluster"
}

build_peers() {
  cmake build/release >/dev/null
  ninja -C build/release peers >/dev/null
}

# PostgreSQL refuses to be root's.
as_postgres() { if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi; }
start_postgres() { # a fresh one
  stop_postgres
  rm -rf "$work/postgres" && mkdir "$work/postgres"
  [[ $(id -u) != 0 ]] || chown postgres "$work/postgres"
  as_postgres "$postgres_bin/initdb" -D "$work/postgres/data" -U postgres -A trust --no-sync -E UTF8 --locale C >/dev/null
  cat >"$work/postgres.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $postgres_port
unix_socket_directories = '$work/postgres'
max_connections = 400
shared_buffers = 256MB
max_wal_size = 4GB
fsync = on
synchronous_commit = on
full_page_writes = on
CONF
  cat "$work/postgres.conf" | as_postgres tee -a "$work/postgres/data/postgresql.conf" >/dev/null
  as_postgres "$postgres_bin/pg_ctl" -D "$work/postgres/data" -l "$work/postgres/log" -w start >/dev/null
  "$postgres_bin/psql" -q -h 127.0.0.1 -p $postgres_port -U postgres -v ON_ERROR_STOP=1 -f bench/peers/events.sql postgres
}
stop_postgres() {
  [[ ! -e $work/postgres/data/postmaster.pid ]] || as_postgres "$postgres_bin/pg_ctl" -D "$work/postgres/data" -m fast -w stop >/dev/null
}

redis=
start_redis() { # a fresh one
  stop_redis
  rm -rf "$work/redis" && mkdir "$work/redis"
  cat >"$work/redis.conf" <<CONF
bind 127.0.0.1
port $redis_port
dir $work/redis
appendonly yes
appendfsync always
auto-aof-rewrite-percentage 0
save ""
maxclients 10000
CONF
  # Debian's redis-tools holds the server under another name; by which name it is called decides what it is.
  (exec -a redis-server /usr/bin/redis-check-rdb "$work/redis.conf" >"$work/redis/log" 2>&1) &
  redis=$!
  until redis-cli -p $redis_port ping 2>/dev/null | grep -q PONG; do kill -0 $redis && sleep 0.05; done
}
stop_redis() { [[ -z $redis ]] || { kill -TERM $redis && { wait $redis || true; } && redis=; }; }

show_peers() {
  echo
  echo "Peers, from Debian: $("$postgres_bin/postgres" --version); Redis $(redis-cli --version | awk '{print $2}');" \
    "SQLite $(dpkg-query -W -f='${Version}' libsqlite3-0)"
  echo "PostgreSQL: fsync, synchronous_commit, full_page_writes on; shared_buffers 256MB; plain table, unique (stream, version),"
  echo "  prepared call of one function, pipelined. Redis: appendfsync always, no snapshots; XADD, the id is the version."
  echo "SQLite: WAL, synchronous=FULL, in the process, a thread a connection, one transaction for each 'depth' events."
  echo "All clients are C++ on one thread and 127.0.0.1, events of about 512 bytes in streams of ten."
}

# PEER CONNECTIONS DEPTH EVENTS HISTORIES: its answer as JSON, from a fresh store.
measure_peer() {
  local address
  case $1 in
    redis) start_redis >&2 && address=127.0.0.1:$redis_port ;;
    postgres) start_postgres >&2 && address=127.0.0.1:$postgres_port ;;
    sqlite) rm -f "$work"/sqlite.db* && address=$work/sqlite.db ;;
  esac
  "$bin/peer-$1" "$address" --connections "$2" --depth "$3" --events "$4" --histories "$5"
}
