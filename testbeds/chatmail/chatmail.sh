#!/bin/bash
# Brings two chatmail relays of Debian's packages up and down, with DNS, in a network of their own, and runs commands beside them.
# Called by chatmail.ts, by CI and by hand; the README beside it says how.
set -u
LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH
umask 022

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../testbed.sh
. "$here/../testbed.sh"
self=$here/$(basename "$0")
# shellcheck source=certificate.sh
. "$here/certificate.sh"
# shellcheck source=world.sh
. "$here/world.sh"
packages='postfix dovecot-imapd dovecot-lmtpd dovecot-auth-lua opendkim nginx libnginx-mod-stream bind9 bind9-dnsutils python3
  python3-milter python3-dkim python3-dnspython python3-nacl qrencode coturn openssl iproute2 util-linux'
programs='postfix postconf dovecot opendkim nginx named turnserver qrencode openssl ip unshare nsenter'
marker=chatmail.instance # shows that a folder is ours to remove
patience=60              # seconds until all must be up

DNS=10.77.0.53
relays='a b'
declare -A addresses=([a]=10.77.0.11 [b]=10.77.0.12 [tester]=10.77.0.100)
second=10.77.0.101 # the tester's, too

usage() {
  cat <<'USAGE'
usage: chatmail.sh install                        install the Debian packages, start nothing
       chatmail.sh able                           can this machine run it? exit 0 or 77
       chatmail.sh up DIR [KEY=VALUE...]          start both relays, with these settings in their relay.ini
       chatmail.sh enter DIR COMMAND...           run COMMAND beside them; ends with its exit code
       chatmail.sh restart DIR a|b [--change SHELL] [KEY=VALUE...]
                                                  start one anew, with these settings alone; SHELL runs in its folder, between
                                                  configuration and start
       chatmail.sh expire DIR a|b                 delete what is too old
       chatmail.sh down DIR                       stop all and remove DIR
exit codes: 0 done, 1 failed, 2 usage, 3 not running, 77 cannot run on this machine (the reason is on stderr)
USAGE
}

able() {
  local name missing=''
  [ "$(id -u)" = 0 ] || cannot 'namespaces and Postfix need root'
  for name in $programs; do
    command -v "$name" >/dev/null || missing="$missing $name"
  done
  [ -x /usr/lib/dovecot/lmtp ] || missing="$missing dovecot-lmtpd"
  [ -e /usr/lib/dovecot/modules/auth/libauthdb_lua.so ] || missing="$missing dovecot-auth-lua"
  [ -e /usr/lib/nginx/modules/ngx_stream_module.so ] || missing="$missing libnginx-mod-stream"
  /usr/bin/python3 -c 'import Milter, dkim, dns, nacl' 2>/dev/null || missing="$missing python3-milter python3-dkim"
  [ -z "$missing" ] || cannot "missing:$missing (chatmail.sh install brings them)"
  right_dovecot
  unshare --mount --net --pid --fork ip link add type veth 2>/dev/null || cannot 'this machine allows no namespaces'
}

# The process outside that holds the namespaces, when it is the one of this folder.
holder() {
  local pid
  { read -r pid <"$dir/$marker"; } 2>/dev/null || return 0
  { tr '\0' '\n' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qxF "$dir" && echo "$pid"
}

make_keys() {
  local name
  world=$dir
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj '/CN=chatmail testbed throwaway CA' \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout "$dir/ca.key" -out "$dir/ca.pem" || return 1
  for name in $relays; do
    mkdir "$dir/$name" || return 1
    certificate "$dir/$name/tls" 90 "DNS:chat-$name.test,DNS:www.chat-$name.test,DNS:mta-sts.chat-$name.test" || return 1
    openssl genrsa -out "$dir/$name/dkim.key" 2048 || return 1
  done
  certificate "$dir/peer" 90 'DNS:mx.peer.test,DNS:lone.peer.test,DNS:*.bare.peer.test'
}

# --- commands ---------------------------------------------------------------------------------------------------------

# KEY=VALUE... as lines of an ini file.
settings() {
  local pair
  for pair in "$@"; do
    case $pair in [a-z]*=?*) printf '%s = %s\n' "${pair%%=*}" "${pair#*=}" ;; *) misuse "not KEY=VALUE: $pair" ;; esac
  done
}

up() {
  local name pid deadline=$((SECONDS + patience)) lines
  folder "${1:-}"
  shift
  lines=$(settings "$@") || exit 2
  able
  [ ! -e "$dir/$marker" ] || fail "$dir is in use: chatmail.sh down $dir"
  [ -z "$(ls -A "$dir" 2>/dev/null)" ] || fail "$dir is not empty"
  mkdir -p "$dir/tmp" && : >"$dir/$marker" || fail "cannot write $dir"
  trap 'halt; rm -rf -- "$dir"' EXIT
  trap 'exit 1' INT TERM HUP
  chmod 711 "$dir"
  runuser -u nobody -- test -x "$dir" || fail "$dir: other users cannot get into a folder above"
  make_keys >"$dir/openssl.log" 2>&1 || fail "openssl made no keys: $(tail -n 1 "$dir/openssl.log")"
  for name in $relays; do printf '%s\n' "$lines" >"$dir/$name/settings"; done
  setsid unshare --mount --net --pid --fork --kill-child --mount-proc bash "$self" world "$dir" >"$dir/world.log" 2>&1 </dev/null &
  pid=$!
  echo "$pid" >"$dir/$marker"
  until [ -e "$dir/ready" ]; do
    kill -0 "$pid" 2>/dev/null || { cat "$dir/world.log" >&2; fail 'it did not come up'; }
    [ $SECONDS -lt $deadline ] || { cat "$dir/world.log" >&2; fail 'it is not up in time'; }
    sleep 0.1
  done
  trap - EXIT INT TERM HUP
  printf '{"hosts":["chat-a.test","chat-b.test"],"peer":"_peer.test","caFile":"%s","dns":"%s","testerAddress":"%s"}\n' \
    "$dir/ca.pem" "$DNS" "${addresses[tester]}"
}

halt() {
  local pid
  pid=$(holder)
  [ -n "$pid" ] || return 0
  kill -KILL "$pid"
  while [ -e "/proc/$pid" ]; do sleep 0.05; done
}

down() {
  folder "${1:-}"
  [ -e "$dir" ] || return 0
  [ -f "$dir/$marker" ] || fail "$dir is not a folder of this script"
  halt
  rm -rf -- "$dir"
}

# Runs a command within the world: inside COMMAND...
inside() {
  local pid
  pid=$(holder)
  [ -n "$pid" ] || { say "$dir: not running"; exit 3; }
  read -r pid _ <"/proc/$pid/task/$pid/children"
  nsenter --target "$pid" --mount --net --pid --wdns="$PWD" -- "$@"
}

enter() {
  folder "${1:-}"
  shift
  [ $# -gt 0 ] || misuse 'which COMMAND?'
  # Its own, or programs outside take what lies there for something that dead processes left.
  inside env TMPDIR="$dir/tmp" ip netns exec tester "$@"
}

relay_name() {
  case " $relays " in *" ${1:-} "*) name=$1 ;; *) misuse "which relay? one of: $relays" ;; esac
}

restart() {
  local name change='' lines
  folder "${1:-}"
  relay_name "${2:-}"
  shift 2
  [ "${1:-}" != --change ] || { change=${2:-}; shift 2; }
  lines=$(settings "$@") || exit 2
  inside true
  printf '%s\n' "$lines" >"$dir/$name/settings"
  printf '%s\n' "$change" >"$dir/$name/change"
  inside bash "$self" renew "$dir" "$name"
}

expire() {
  local name
  folder "${1:-}"
  relay_name "${2:-}"
  /usr/bin/python3 -B "$here/services/expire.py" "$dir/$name"
}

case ${1:-} in
  install)
    # shellcheck source=../debian-packages.sh
    . "$here/../debian-packages.sh"
    # shellcheck disable=SC2086
    install_packages 'postfix dovecot=dovecot-core nginx named=bind9 opendkim coturn' $packages
    ;;
  able | up | enter | restart | expire | down) "$@" ;;
  world) dir=$2; world ;;
  renew) dir=$2; stop_relay "$3"; start_relay "$3"; await_relay "$3" ;;
  -h | --help | help) usage ;;
  '') usage >&2; exit 2 ;;
  *) misuse "unknown: $1; chatmail.sh help says what there is" ;;
esac; exit $?
