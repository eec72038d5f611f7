# The rows of bench/run. Each measures Stafett and what it stands beside turn by turn, so that the machine's moods meet
# both.
all_peers=(redis postgres sqlite)
declare -A peer_name=([redis]='Redis stream, appendfsync always' [postgres]='PostgreSQL, plain table' [sqlite]='SQLite, WAL, synchronous=FULL')

fresh() { rm -rf "$work/$1"; echo "$work/$1"; }

# CONNECTIONS DEPTH
measure_appends() {
  local connections=$1 depth=$2 events i peer batches
  events=$((connections * depth * 400))
  ((events <= 200000)) || events=200000
  ! $quick || events=$((events / 20))
  rm -f "$work"/rate-* "$work"/p99-*
  for ((i = 0; i < rounds; i++)); do
    say "appends, $connections connections, depth $depth: round $((i + 1)) of $rounds"
    start_server "$(fresh ledger)"
    "$bin/stafett-load" --connections "$connections" --depth "$depth" --events $events --json >"$work/answer"
    stop_server
    field events_per_s <"$work/answer" >>"$work/rate-stafett"
    field p99_us <"$work/answer" >>"$work/p99-stafett"
    batches=$(sed -n 's/.* in \([0-9]*\) batches.*/\1/p' "$work/log")
    if ((depth == 1)); then
      "$bin/stafett-raw-store" "$(fresh raw)" --events $events --writers "$connections" >>"$work/rate-raw"
    else
      "$bin/stafett-raw-store" "$(fresh raw)" --events $events --batch $(((events + batches - 1) / batches)) >>"$work/rate-raw"
    fi
    ! $peers || for peer in "${all_peers[@]}"; do
      measure_peer "$peer" "$connections" "$depth" $events 0 >"$work/answer"
      field events_per_s <"$work/answer" >>"$work/rate-$peer"
    done
  done
  local what="durable appends, $connections connections, depth $depth" rate
  rate=$(median <"$work/rate-stafett")
  if ((depth == 1)); then
    row "$what" "$rate" events/s "RocksDB alone, $connections synced writers" "$(median <"$work/rate-raw")"
  else
    row "$what" "$rate" events/s "RocksDB alone, batches of $(((events + batches - 1) / batches))" "$(median <"$work/rate-raw")" '>=0.4x'
  fi
  ! $peers || for peer in "${all_peers[@]}"; do
    row "" "$rate" events/s "${peer_name[$peer]}" "$(median <"$work/rate-$peer")" "$([[ $peer == redis ]] && echo '>=1.0x' || echo -)"
  done
  row "  the slowest of a hundred waits" "$(calc "$(median <"$work/p99-stafett") / 1000")" ms
}

measure_one_connection() {
  local i events=2000
  ! $quick || events=200
  rm -f "$work"/p50-*
  for ((i = 0; i < rounds; i++)); do
    say "one connection: round $((i + 1)) of $rounds"
    start_server "$(fresh ledger)"
    "$bin/stafett-load" --connections 1 --depth 1 --events $events --json | field p50_us >>"$work/p50-stafett"
    stop_server
    "$bin/stafett-disk-sync" "$work/sync" $events | field p50_us >>"$work/p50-disk"
  done
  row "one connection, depth 1: median" "$(median <"$work/p50-stafett")" us "4 KiB appended and fdatasync" "$(median <"$work/p50-disk")" '<=+100'
}

measure_idle_connections() {
  local count=10000 before after holder
  (($(ulimit -Hn) >= count + 2048)) || count=$(($(ulimit -Hn) - 2048))
  ! $quick || count=500
  say "$count idle connections"
  start_server "$(fresh ledger)"
  before=$(resident_kib)
  : >"$work/idle"
  mkfifo "$work/hold"
  "$bin/stafett-idle" "$STAFETT_SERVER" $count <"$work/hold" >"$work/idle" &
  holder=$!
  exec 9>"$work/hold"
  until grep -q open "$work/idle"; do kill -0 $holder && sleep 0.1; done
  sleep 1
  after=$(resident_kib)
  exec 9>&-
  wait $holder
  rm "$work/hold"
  stop_server
  row "$count idle connections: memory of each" "$(calc "($after - $before) / $count")" KiB "" "" '<=16'
}

make_ledger() { # FOLDER EVENTS
  say "making a ledger of $2 events"
  "$bin/stafett-generate" --data "$1" --events "$2" --seed 1 --json | field events_per_s >"$work/made"
  row "making a ledger of $2 events" "$(cat "$work/made")" events/s
}

# Histories of about ten events each, those of cases that nobody opened an investigation in.
measure_histories() {
  local i peer reads=40000
  ! $quick || reads=2000
  "$bin/stafett-generate" --data "$ledger" --check --cases "$work/tens" --case-events 9 11 --json >"$work/census"
  rm -f "$work"/rate-*
  for ((i = 0; i < rounds; i++)); do
    say "histories: round $((i + 1)) of $rounds"
    start_server "$ledger"
    catch_up
    "$bin/stafett-load" --connections 8 --read-share 1 --reads history --streams "$work/tens" --events $reads --json |
      field reads_per_s >>"$work/rate-stafett"
    stop_server
    ! $peers || for peer in "${all_peers[@]}"; do
      measure_peer "$peer" 64 16 $((reads * 5)) $reads >"$work/answer"
      field reads_per_s <"$work/answer" >>"$work/rate-$peer"
    done
  done
  local rate what="history of a case of ten events, 8 connections"
  rate=$(median <"$work/rate-stafett")
  if $peers; then
    for peer in "${all_peers[@]}"; do
      row "$what" "$rate" reads/s "${peer_name[$peer]}" "$(median <"$work/rate-$peer")" "$([[ $peer == postgres ]] && echo '>=3x' || echo -)"
    done
  else
    row "$what" "$rate" reads/s
  fi
}

# A case with its obligations, one connection, cases at random.
measure_cases() {
  local size folder
  for size in small large; do
    folder=$ledger
    [[ $size == large ]] || folder=$work/small
    "$bin/stafett-generate" --data "$folder" --check --cases "$work/cases" --json >"$work/census"
    start_server "$folder"
    catch_up
    rm -f "$work/p50" "$work/p99"
    local i
    for ((i = 0; i < rounds; i++)); do
      "$bin/stafett-load" --connections 1 --read-share 1 --reads case --streams "$work/cases" --events 2000 --json >"$work/answer"
      field read_p50_us <"$work/answer" >>"$work/p50"
      field read_p99_us <"$work/answer" >>"$work/p99"
    done
    stop_server
    [[ $size == large ]] || cp "$work/p50" "$work/p50-small"
    local events
    events=$(field events <"$work/census")
    row "case with obligations, at $events events: 99 of 100" "$(calc "$(median <"$work/p99") / 1000")" ms "" "" '<=2'
  done
  row "case with obligations, at $events events: median" "$(median <"$work/p50")" us "the same in the small ledger" "$(median <"$work/p50-small")"
}

measure_opening() {
  local i began
  rm -f "$work/clean" "$work/killed"
  for ((i = 0; i < rounds; i++)); do
    say "opening: round $((i + 1)) of $rounds"
    start_server "$ledger"
    echo "$opened_s" >>"$work/clean"
    "$bin/stafett-load" --connections 64 --depth 4 --events 20000 >"$work/answer"
    kill_server
    began=$EPOCHREALTIME
    start_server "$ledger"
    "$bin/stafett-load" --connections 1 --events 1 >"$work/answer"
    calc "$EPOCHREALTIME - $began" >>"$work/killed"
    stop_server
  done
  row "open after a clean stop" "$(median <"$work/clean")" s "" "" '<=2'
  row "after kill -9 until an append is answered" "$(median <"$work/killed")" s "" "" '<=10'
}

# Rebuilding, verifying, indicators, memory.
measure_large() {
  local began
  start_server "$ledger"
  began=$EPOCHREALTIME
  say "the first question"
  "$bin/stafett-ask" I04 --by unit --times 1 --first >"$work/answer"
  row "first answer after the start" "$(calc "$EPOCHREALTIME - $began")" s
  say "an indicator for a year by unit, now"
  "$bin/stafett-ask" I04 --by unit --times 100 >"$work/answer"
  row "an indicator for a year by unit, now: 99 of 100" "$(calc "$(field p99_us <"$work/answer") / 1000")" ms "" "" '<=50'
  measure_appends_beside_indicators
  say "the same in the past"
  local past
  past=$(date -d "$(date +%Y-%m-%d) -5 years" +%Y-%m-%d)
  "$bin/stafett-ask" I04 --by unit --at "$past" --known-at "$past" --times 1 --first >"$work/answer"
  row "the same, at and as known five years ago" "$(calc "$(field max_us <"$work/answer") / 1000000")" s "" "" '<=5'
  row "memory of the server after these" "$(calc "$(resident_kib) / 1024")" MiB "" "" '<=1024'
  say "rebuilding"
  repeat_server_rate rebuild >"$work/rebuilt"
  say "verifying"
  repeat_server_rate verify >"$work/verified"
  row "memory of the server after rebuilding and verifying" "$(calc "$(resident_kib) / 1024")" MiB "" "" '<=1024'
  stop_server
  repeat "$bin/stafett-raw-store" "$ledger/store" --scan >"$work/scanned"
  repeat "$bin/stafett-raw-store" "$ledger/store" --scan --threads 2 >"$work/scanned2"
  row "rebuild, all rules and indicators" "$(median <"$work/rebuilt")" events/s "raw scan, one thread" "$(median <"$work/scanned")" '>=0.5x'
  row "" "$(median <"$work/rebuilt")" events/s "raw scan, two threads" "$(median <"$work/scanned2")"
  row "verify of everything" "$(median <"$work/verified")" events/s "raw scan, one thread" "$(median <"$work/scanned")" '>=0.3x'
}

repeat_server_rate() { repeat "$bin/stafett" --json "$1" | field eventsPerSecond; }

# Appends alone and, by turns, while somebody asks for the indicator ten times a second.
measure_appends_beside_indicators() {
  local i events=60000 asking
  ! $quick || events=4000
  rm -f "$work/alone" "$work/beside"
  for ((i = 0; i < rounds; i++)); do
    say "appends beside an indicator: round $((i + 1)) of $rounds"
    "$bin/stafett-load" --connections 64 --depth 4 --events $events --json | field events_per_s >>"$work/alone"
    "$bin/stafett-ask" I04 --by unit --seconds 600 --pause 100 >/dev/null &
    asking=$!
    sleep 0.3
    "$bin/stafett-load" --connections 64 --depth 4 --events $events --json | field events_per_s >>"$work/beside"
    kill $asking
    wait $asking 2>/dev/null || true
  done
  row "appends while the indicator is asked for" "$(median <"$work/beside")" events/s "appends alone" "$(median <"$work/alone")" '>=0.9x'
}
