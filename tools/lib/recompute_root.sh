#!/usr/bin/env bash
# Recomputes a ledger's Merkle tree (RFC 9162, 2.1) with nothing of Stafett: only base64 and sha256sum.
#   stafett read --raw --json | recompute_root.sh                  prints "SIZE ROOT", or says which leaf differs
#   stafett prove inclusion P --json | recompute_root.sh P SIZE LEAFHASH    prints the root that the proof leads to
set -euo pipefail

hash_of() { sha256sum | cut -c1-64; }
node() { printf '%b' "\\x01$(sed 's/../\\x&/g' <<<"$1$2")" | hash_of; }
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" <<<"$2"; }

root_of_records() {
  # Roots of the perfect subtrees so far, largest first: one for each 1 in the binary form of `size`.
  local -a peaks=()
  local size=0 line leaf merge
  while IFS= read -r line; do
    leaf=$({ printf '\0' && base64 -d <<<"$(field record "$line")"; } | hash_of)
    [[ $leaf == "$(field leafhash "$line")" ]] || { echo "leaf $size differs from its record" >&2 && return 1; }
    for ((merge = size; merge & 1; merge >>= 1)); do
      leaf=$(node "${peaks[-1]}" "$leaf")
      unset 'peaks[-1]'
    done
    peaks+=("$leaf")
    size=$((size + 1))
  done
  ((size)) || { echo "no records to hash" >&2 && return 1; }
  local root=${peaks[-1]} i
  for ((i = ${#peaks[@]} - 2; i >= 0; i--)); do root=$(node "${peaks[i]}" "$root"); done
  echo "$size $root"
}

# RFC 9162, 2.1.3.2: fn and sn walk up from the leaf and from the last leaf.
root_of_proof() {
  local fn=$1 sn=$(($2 - 1)) root=$3 hash
  for hash in $(grep -o '[0-9a-f]\{64\}'); do
    ((sn)) || { echo "the proof is too long" >&2 && return 1; }
    if ((fn & 1)) || ((fn == sn)); then
      root=$(node "$hash" "$root")
      while ((!(fn & 1) && fn)); do fn=$((fn >> 1)) sn=$((sn >> 1)); done
    else
      root=$(node "$root" "$hash")
    fi
    fn=$((fn >> 1)) sn=$((sn >> 1))
  done
  ((sn == 0)) || { echo "the proof is too short" >&2 && return 1; }
  echo "$root"
}

if (($# == 0)); then root_of_records; else root_of_proof "$@"; fi
