#!/bin/bash
# Brings an ordinary Debian mail server (Postfix and Dovecot) up and down on loopback, inside one folder of its own.
# Called by plain-mail.ts, by CI and by hand; the README beside it says how.
set -u
LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH
umask 022

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../testbed.sh
. "$here/../testbed.sh"
domain=plain.test
# A client comes from 127.0.0.1. To one with the server's own address Dovecot offers AUTH=PLAIN without TLS: no stranger
# sees that.
address=127.0.0.2
people='alice bob carol dave erin frank'
services='smtp submission submissions imap imaps' # in the order of their ports
packages='postfix dovecot-imapd dovecot-lmtpd openssl iproute2'
marker=plain-mail.instance # shows that a folder is ours to remove

usage() {
  cat <<'USAGE'
usage: plain-mail.sh install               install the Debian packages, start nothing
       plain-mail.sh able                  can this machine run it? exit 0 or 77
       plain-mail.sh up DIR [--port N]     start; five ports from N, else five free ones; prints one JSON line
       plain-mail.sh status DIR            print the JSON line; exit 0 when it runs, 3 when not
       plain-mail.sh down DIR [--keep]     stop, then remove DIR unless told to keep it
exit codes: 0 done, 1 failed, 2 usage, 3 not running, 77 cannot run on this machine (the reason is on stderr)
USAGE
}

# --- what a folder holds ---------------------------------------------------------------------------------------------

# The masters' process ids, when they run and are those of this folder: a stale pid file may name a stranger.
postfix_master() {
  local pid
  { read -r pid <"$dir/queue/pid/master.pid"; } 2>/dev/null || return 0
  [ "$(readlink "/proc/$pid/cwd")" = "$dir/queue" ] && echo "$pid"
}
dovecot_master() {
  local pid
  { read -r pid <"$dir/run/master.pid"; } 2>/dev/null || return 0
  { tr '\0' '\n' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qxF "$dir/dovecot.conf" && echo "$pid"
}

# Both masters lead a session of their own, so all that they started is found by it, orphans included.
session_members() {
  local leader file line state session
  for file in /proc/[0-9]*/stat; do
    { read -r line <"$file"; } 2>/dev/null || continue
    # After the name, which may hold anything: state, parent, group, session.
    read -r state _ _ session _ <<<"${line##*) }"
    for leader in $sessions; do
      [ "$session" != "$leader" ] || [ "$state" = Z ] || { file=${file%/stat}; echo "${file##*/}"; }
    done
  done
}

# --- up --------------------------------------------------------------------------------------------------------------

able() {
  local name missing=''
  [ "$(id -u)" = 0 ] || cannot 'Postfix needs root to start'
  for name in postfix postconf dovecot doveadm openssl ss runuser; do
    command -v $name >/dev/null || missing="$missing $name"
  done
  [ -x /usr/lib/dovecot/lmtp ] || missing="$missing dovecot-lmtpd"
  [ -z "$missing" ] || cannot "missing:$missing (plain-mail.sh install brings them)"
  right_dovecot
}

# Five ports in a row that nobody listens on, below the range that the kernel gives to clients.
free_ports() {
  local used base n round
  used=" $(ss -Hltn | awk '{ sub(/.*:/, "", $4); print $4 }' | tr '\n' ' ') "
  for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    base=$((10000 + RANDOM % 20000))
    for n in 0 1 2 3 4; do
      case $used in *" $((base + n)) "*) continue 2 ;; esac
    done
    echo $base
    return
  done
  return 1
}

port() { echo $((base_port + $1)); }

make_certificates() {
  local log=$dir/log/openssl.log
  {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=plain-mail throwaway CA' \
      -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
      -keyout "$dir/tls/ca.key" -out "$dir/ca.pem" &&
      openssl req -newkey rsa:2048 -nodes -subj "/CN=$domain" -keyout "$dir/tls/key.pem" -out "$dir/tls/leaf.csr" &&
      openssl x509 -req -in "$dir/tls/leaf.csr" -CA "$dir/ca.pem" -CAkey "$dir/tls/ca.key" -CAcreateserial -days 30 \
        -extfile <(printf 'subjectAltName=DNS:%s\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n' $domain) \
        -out "$dir/tls/cert.pem"
  } >"$log" 2>&1 || fail "openssl made no certificate: $(tail -n 1 "$log")"
  rm -f "$dir/tls/ca.key" "$dir/tls/leaf.csr"
}

make_accounts() {
  local name password
  : >"$dir/accounts" >"$dir/users" >"$dir/postfix/mailboxes"
  chmod 600 "$dir/accounts"
  chown root:dovecot "$dir/users" && chmod 640 "$dir/users"
  for name in $people postmaster; do
    password=$(openssl rand -hex 10)
    printf '%s:%s\n' "$name@$domain" "{SHA512-CRYPT}$(openssl passwd -6 -stdin <<<"$password")" >>"$dir/users"
    printf '%s %s\n' "$name@$domain" ok >>"$dir/postfix/mailboxes"
    # The postmaster gets mail, so that error reports surprise nobody else, but is not for testers.
    [ "$name" = postmaster ] || printf '%s %s\n' "$name@$domain" "$password" >>"$dir/accounts"
  done
}

configure() {
  local file
  for file in postfix/main.cf postfix/master.cf dovecot.conf; do
    sed -e "s|@DIR@|$dir|g" -e "s|@DOMAIN@|$domain|g" -e "s|@ADDRESS@|$address|g" \
      -e "s|@SMTP@|$(port 0)|g" -e "s|@SUBMISSION@|$(port 1)|g" -e "s|@SUBMISSIONS@|$(port 2)|g" \
      -e "s|@IMAP@|$(port 3)|g" -e "s|@IMAPS@|$(port 4)|g" \
      "$here/$(basename "$file").in" >"$dir/$file" || fail "cannot write $dir/$file"
  done
}

# The ports in JSON, by service.
json_line() {
  local n=0 name list=''
  for name in $services; do
    list="$list${list:+,}\"$name\":$(port $n)"
    n=$((n + 1))
  done
  printf '{"domain":"%s","address":"%s","ports":{%s},"caFile":"%s","accountsFile":"%s"}\n' \
    $domain $address "$list" "$dir/ca.pem" "$dir/accounts"
}

# First line that a port says: `greeting PORT`, over TLS with `greeting PORT BYE`, where BYE ends the session.
greeting() {
  local line=''
  if [ $# = 1 ]; then
    { exec 3<>"/dev/tcp/$address/$1"; } 2>/dev/null || return 1
    read -r -t 5 line <&3
    exec 3>&- 3<&-
  else
    line=$(printf '%s\r\n' "$2" | timeout 5 openssl s_client -quiet -connect "$address:$1" -servername $domain \
      -CAfile "$dir/ca.pem" -verify_hostname $domain -verify_return_error 2>/dev/null | head -n 1)
  fi
  case $line in '220 '* | '* OK '*) return 0 ;; *) return 1 ;; esac
}

all_answer() {
  greeting "$(port 0)" && greeting "$(port 1)" && greeting "$(port 2)" QUIT &&
    greeting "$(port 3)" && greeting "$(port 4)" 'a LOGOUT'
}

start_servers() {
  local deadline=$((SECONDS + 30))
  # The check makes the queue's folders, where Dovecot puts the sockets that Postfix talks to.
  postfix -c "$dir/postfix" check >>"$dir/log/start.log" 2>&1 || return 1
  dovecot -c "$dir/dovecot.conf" >>"$dir/log/start.log" 2>&1 || return 1
  postfix -c "$dir/postfix" start >>"$dir/log/start.log" 2>&1 || return 1
  until all_answer; do
    [ $SECONDS -lt $deadline ] || return 1
    # A master that is gone could not bind: no use in waiting.
    [ -n "$(postfix_master)" ] && [ -n "$(dovecot_master)" ] || return 1
    sleep 0.2
  done
}

up() {
  local wanted='' try
  folder "${1:-}"
  shift
  while [ $# -gt 0 ]; do
    case $1 in
      --port) wanted=${2:-}; shift ;;
      *) misuse "unknown: $1" ;;
    esac
    case $wanted in '' | *[!0-9]* | ??????*) misuse '--port wants a number' ;; esac
    [ "$wanted" -ge 1024 ] && [ "$wanted" -le 65531 ] || misuse '--port wants a number from 1024 to 65531'
    shift
  done
  able
  [ ! -e "$dir/$marker" ] || fail "$dir is in use: plain-mail.sh down $dir"
  [ -z "$(ls -A "$dir" 2>/dev/null)" ] || fail "$dir is not empty"

  mkdir -p "$dir" && : >"$dir/$marker" || fail "cannot write $dir"
  trap 'exit 1' INT TERM HUP
  trap 'halt; rm -rf -- "$dir"' EXIT
  # Postfix's and Dovecot's own users must get through to their files.
  chmod 711 "$dir"
  runuser -u nobody -- test -x "$dir" || fail "$dir: other users cannot get into a folder above"
  mkdir -p "$dir/postfix" "$dir/queue" "$dir/data" "$dir/run" "$dir/state" "$dir/log" "$dir/tls" "$dir/mail"
  chown postfix "$dir/data"
  chown mail:mail "$dir/mail"
  chmod 700 "$dir/data" "$dir/mail" "$dir/tls"
  make_certificates
  make_accounts

  # Somebody may take a port between our look and our bind: look again, unless told which to use.
  for try in 1 2 3; do
    base_port=${wanted:-$(free_ports)} || fail 'no five free ports in a row'
    configure
    if start_servers; then
      echo "$base_port" >"$dir/$marker"
      trap - EXIT INT TERM HUP
      json_line
      return 0
    fi
    halt
    [ -z "$wanted" ] || break
  done
  tail -n 5 "$dir"/log/*.log >&2
  fail 'the servers did not start; the last lines of their logs are above'
}

# --- down ------------------------------------------------------------------------------------------------------------

# Stops what runs for $dir, and nothing else. True when all of it is gone.
halt() {
  local postfix dovecot deadline left signal
  postfix=$(postfix_master)
  dovecot=$(dovecot_master)
  sessions="$postfix $dovecot"
  [ -z "$postfix" ] || timeout 15 postfix -c "$dir/postfix" stop >>"$dir/log/start.log" 2>&1
  [ -z "$dovecot" ] || timeout 15 doveadm -c "$dir/dovecot.conf" stop >>"$dir/log/start.log" 2>&1
  for signal in TERM KILL; do
    deadline=$((SECONDS + 5))
    while left=$(session_members) && [ -n "$left" ] && [ $SECONDS -lt $deadline ]; do sleep 0.1; done
    [ -n "$left" ] || return 0
    # shellcheck disable=SC2086
    kill -$signal $left 2>/dev/null
  done
  sleep 0.2
  [ -z "$(session_members)" ]
}

down() {
  folder "${1:-}"
  case ${2:-} in '' | --keep) ;; *) misuse "unknown: $2" ;; esac
  [ -e "$dir" ] || return 0
  [ -f "$dir/$marker" ] || fail "$dir is not a folder of this script"
  [ "$(id -u)" = 0 ] || cannot 'stopping Postfix needs root'
  halt || fail "some processes did not end: $(session_members | tr '\n' ' ')"
  if [ "${2:-}" != --keep ]; then rm -rf -- "$dir"; fi
}

status() {
  folder "${1:-}"
  base_port=''
  [ ! -f "$dir/$marker" ] || read -r base_port <"$dir/$marker"
  if [ -n "$base_port" ] && [ -n "$(postfix_master)" ] && [ -n "$(dovecot_master)" ]; then
    json_line
  else
    say "$dir: not running"
    exit 3
  fi
}

case ${1:-} in
  install)
    # shellcheck source=../debian-packages.sh
    . "$here/../debian-packages.sh"
    # shellcheck disable=SC2086
    install_packages 'postfix dovecot=dovecot-core' $packages
    ;;
  able | up | down | status) "$@" ;;
  -h | --help | help) usage ;;
  '') usage >&2; exit 2 ;;
  *) misuse "unknown: $1; plain-mail.sh help says what there is" ;;
esac
