# What bench/run and bench/growth share: the programs, a server, medians, rows of the table. Sourced from the
# project's folder; sets bin, work (removed at the end) and rounds.
bin=$PWD/build/release/bin
work=$(mktemp -d "${TMPDIR:-/var/tmp}/stafett-bench-XXXXXX")
chmod 755 "$work"
rounds=3
server=
at_end=()
finish() {
  local step
  for step in "${at_end[@]}"; do $step || true; done
  [[ -z $server ]] || kill -TERM "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

build_programs() {
  tools/install release >&2
  (source tools/lib/steps.sh && build_preset release bench_programs) >&2
}
say() { printf '== %s\n' "$*" >&2; }
start_server() { # FOLDER: sets server, STAFETT_SERVER and opened_s, the seconds it took to be ready
  local began=$EPOCHREALTIME
  : >"$work/ready"
  "$bin/stafettd" --data "$1" --listen 127.0.0.1:0 >"$work/ready" 2>"$work/log" &
  server=$!
  until grep -q '^stafettd ready on ' "$work/ready"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2 && exit 1; }
    sleep 0.01
  done
  opened_s=$(calc "$EPOCHREALTIME - $began")
  STAFETT_SERVER=$(sed -n 's/^stafettd ready on //p' "$work/ready")
  export STAFETT_SERVER
}
# The projection follows the ledger after a start; what it takes is a row of its own.
catch_up() { "$bin/stafett-ask" I01 --times 1 >/dev/null; }
# A kept ledger stays what it is: what is measured in it appends. Sets copy to a folder in $work.
copy_ledger() { # FOLDER
  copy=$1
  [[ $1 != "$work"/* ]] || return 0
  say "copying $1"
  copy=$work/copy
  rm -rf "$copy"
  cp -a --reflink=auto "$1" "$copy"
}
stop_server() { kill -TERM "$server" && wait "$server" && server=; }
kill_server() { kill -KILL "$server" && { wait "$server" 2>/dev/null || true; } && server=; }
resident_kib() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server/status"; }

calc() { awk "BEGIN {printf \"%.6g\", $*}"; }
median() { sort -g | awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }
field() { sed -n "s/.*\"$1\":\([0-9.e+-]*\).*/\1/p"; }
repeat() { local i; for ((i = 0; i < rounds; i++)); do "$@"; done; }
human() { awk -v v="$1" 'BEGIN {if (v >= 1000) printf "%.0f", v; else printf "%.4g", v}'; }

# A row: WHAT VALUE UNIT REFERENCE ITS_VALUE TARGET, where the target is one of
#   >=1.5x  <=2   <=+100  -       a ratio to the reference, a bound on the value, a bound over the reference, none
csv=
begin_table() {
  [[ -z $csv ]] || echo 'what,value,unit,reference,reference_value,ratio,target,reached' >"$csv"
  printf '%-50s %10s %-9s %-36s %10s %7s %8s %s\n' what value unit beside value ratio target reached
}
row() {
  local what=$1 value=$2 unit=$3 beside=${4:-} its=${5:-} target=${6:--} ratio= reached=
  [[ -z $its ]] || ratio=$(awk -v v="$value" -v i="$its" 'BEGIN {printf "%.3g", (i > 0 ? v / i : 0)}')
  case $target in
    '>='*x) reached=$(awk -v r="$ratio" -v t="${target:2:-1}" 'BEGIN {print ((r >= t) ? "yes" : "NO")}') ;;
    '<=+'*) reached=$(awk -v v="$value" -v i="$its" -v t="${target:3}" 'BEGIN {print ((v <= i + t) ? "yes" : "NO")}') ;;
    '<='*) reached=$(awk -v v="$value" -v t="${target:2}" 'BEGIN {print ((v <= t) ? "yes" : "NO")}') ;;
    '>='*) reached=$(awk -v v="$value" -v t="${target:2}" 'BEGIN {print ((v >= t) ? "yes" : "NO")}') ;;
  esac
  printf '%-50s %10s %-9s %-36s %10s %7s %8s %s\n' "$what" "$(human "$value")" "$unit" "$beside" "${its:+$(human "$its")}" "$ratio" "$target" "$reached"
  [[ -z $csv ]] || echo "\"$what\",$value,$unit,\"$beside\",$its,$ratio,$target,$reached" >>"$csv"
}
