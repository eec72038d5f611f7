# What the scripts in tools/ share: progress lines, and one way to configure and build. Sourced, never run.
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { printf '\n== %s\n' "$*"; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Compiling one of our files takes up to about 1.5 GB, so a small machine must not start as many as it has cores.
jobs_count() {
  local cores memory_kb by_memory
  cores=$(nproc)
  memory_kb=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
  by_memory=$((memory_kb / 1500000))
  ((by_memory < 1)) && by_memory=1
  echo $((cores < by_memory ? cores : by_memory))
}

presets() { sed -n '/"configurePresets"/,/\]/s/.*{"name": "\([a-z]*\)", "inherits".*/\1/p' CMakePresets.json; }
check_preset() {
  presets | grep -qx -- "$1" || fail "there is no preset '$1'; choose one of: $(presets | paste -sd' ')"
}

# build_preset PRESET [TARGET…]
build_preset() {
  local preset=$1
  shift
  # A fresh clone in another folder then finds what this machine has compiled before.
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
  say "Configuring preset $preset (build/$preset)"
  local log
  log=$(mktemp)
  if ! cmake --preset "$preset" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "configuring failed; if a package is missing, run tools/install"
  fi
  rm -f "$log"
  say "Building with $(jobs_count) jobs; the first build takes minutes"
  NINJA_STATUS='[%f/%t, %e s] ' cmake --build "build/$preset" -j "$(jobs_count)" ${1:+--target "$@"} ||
    fail "the build failed; the first error is above"
}
