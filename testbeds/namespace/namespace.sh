#!/bin/bash
# Runs the reference server at its standard ports, with DNS, in a network of its own, and a command beside it there.
# Nothing outside is touched, and nothing is left: the kernel ends it all with the command. The README says more.
set -u
LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH

here=$(cd "$(dirname "$0")" && pwd)
self=$here/$(basename "$0")
node=${NODE:-node}
domain=${DOMAIN:-_chat.test}
patience=20 # seconds until the server must be ready

usage() {
  cat <<'USAGE'
usage: namespace.sh able              can this machine run it? exit 0 or 77
       namespace.sh run COMMAND...    run COMMAND beside the server; ends with its exit code
environment: DOMAIN (default _chat.test), NODE (default node); COMMAND finds READY, the path of the ready line
USAGE
}

say() { printf 'namespace: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
cannot() { say "$*"; exit 77; }

isolated() { unshare --mount --net --pid --fork --kill-child --mount-proc -- "$@"; }

able() {
  [ "$(id -u)" = 0 ] || cannot 'namespaces need root'
  command -v unshare >/dev/null || cannot 'no unshare: install the Debian package util-linux'
  command -v ip >/dev/null || cannot 'no ip: install the Debian package iproute2'
  isolated ip link set lo up 2>/dev/null || cannot 'this machine allows no namespaces'
}

# What programs ask for names: the server alone. Bound over the real files, in this namespace only.
names() {
  printf 'nameserver 127.0.0.1\noptions timeout:2 attempts:1\n' >"$work/resolv.conf"
  printf '127.0.0.1 localhost\n' >"$work/hosts"
  mount --make-rprivate / || fail 'cannot make the mounts private'
  mount --bind "$work/resolv.conf" "$(readlink -f /etc/resolv.conf)" || fail 'cannot set the name server'
  mount --bind "$work/hosts" /etc/hosts || fail 'cannot set the hosts'
}

inside() {
  local server code waited=0
  ip link set lo up || fail 'cannot bring loopback up'
  names
  "$node" "$here/../../bin/chatmail-check.js" serve --domain "$domain" --ports standard --dns 127.0.0.1:53 \
    --ready-file "$work/ready.json" --quiet >/dev/null 2>"$work/server.log" &
  server=$!
  until [ -s "$work/ready.json" ]; do
    kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; fail 'the server ended'; }
    [ "$waited" -lt $((patience * 10)) ] || fail 'the server is not ready'
    waited=$((waited + 1))
    sleep 0.1
  done
  READY=$work/ready.json DOMAIN=$domain "$@"
  code=$?
  # It has a temporary folder of its own to remove.
  kill "$server" && wait "$server"
  return "$code"
}

case ${1:-} in
  able) able ;;
  run)
    shift
    [ $# -gt 0 ] || { usage >&2; exit 2; }
    able
    work=$(mktemp -d) || fail 'no temporary folder'
    trap 'rm -rf "$work"' EXIT
    WORK=$work isolated bash "$self" inside "$@"
    ;;
  inside)
    shift
    work=${WORK:?}
    inside "$@"
    ;;
  *) usage >&2; exit 2 ;;
esac
