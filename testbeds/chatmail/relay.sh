#!/bin/bash
# Configures and runs one relay of testbeds/chatmail in namespaces that chatmail.sh made for it; ends with them.
# Called by chatmail.sh with the folder of the relay and its address. There may be `settings` (lines for relay.ini) and `change` (shell, to break
# what is configured, just before all starts).
set -u
LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH
umask 022

here=$(cd "$(dirname "$0")" && pwd)
dir=$1
address=$2
world=$(dirname "$dir")
domain=chat-$(basename "$dir").test
patience=20 # seconds until all must answer
ports='25 465 587 143 993 80 443'
sockets='filter metadata opendkim'
closed='' # a port that a change has closed

# shellcheck source=certificate.sh
. "$here/certificate.sh"

fail() { printf '%s: %s\n' "$domain" "$*" >&2; exit 1; }

setting() { sed -n "s/^$1 *= *//p" "$dir/relay.ini" | tail -n 1; }

# Writes a template to a file, with its words replaced.
fill() {
  sed -e "s|@DIR@|$dir|g" -e "s|@DOMAIN@|$domain|g" -e "s|@TLS@|$dir/tls|g" -e "s|@CA@|$world/ca.pem|g" \
    -e "s|@MESSAGE_BYTES@|$(setting max_message_size)|g" -e "s|@MAILBOX@|$(setting max_mailbox_size)|g" \
    -e "s|@NAME_MIN@|$(setting username_min_length)|g" -e "s|@NAME_MAX@|$(setting username_max_length)|g" \
    -e "s|@PASSWORD_MIN@|$(setting password_min_length)|g" -e "s|@DAYS@|$(setting delete_mails_after)|g" \
    -e "s|@LARGE_DAYS@|$(setting delete_large_after)|g" -e "s|@IDLE_DAYS@|$(setting delete_inactive_users_after)|g" \
    "$here/relay/$1.in" >"$dir/$2" || fail "cannot write $dir/$2"
}

folders() {
  rm -rf "$dir/run" "$dir/queue" "$dir/data" "$dir/web" "$dir/web-temp"
  mkdir -p "$dir/run/dovecot" "$dir/queue" "$dir/data" "$dir/state" "$dir/log" "$dir/mail" "$dir/accounts" "$dir/tokens" \
    "$dir/postfix" "$dir/web/.well-known/autoconfig/mail" "$dir/web-temp"
  chown postfix "$dir/data"
  chown mail:mail "$dir/mail" "$dir/accounts"
}

configure() {
  printf '' >"$dir/relay.ini"
  fill relay.ini relay.ini
  [ ! -s "$dir/settings" ] || cat "$dir/settings" >>"$dir/relay.ini"
  fill main.cf postfix/main.cf
  fill master.cf postfix/master.cf
  # shellcheck disable=SC2016
  echo '/^(.*)$/ ${1}' >"$dir/postfix/own-address"
  echo '/^Received:/ IGNORE' >"$dir/postfix/submitted-headers"
  echo '/^(Received|DKIM-Signature|Authentication-Results):/ IGNORE' >"$dir/postfix/stored-headers"
  echo '/^_/ encrypt' >"$dir/postfix/tls-policy"
  fill dovecot.conf dovecot.conf
  fill accounts.lua accounts.lua
  fill opendkim.conf opendkim.conf
  fill nginx.conf nginx.conf
  fill index.html web/index.html
  fill privacy.html web/privacy.html
  fill autoconfig.xml web/.well-known/autoconfig/mail/config-v1.1.xml
  printf 'User-agent: *\nDisallow: /\n' >"$dir/web/robots.txt"
  printf 'version: STSv1\r\nmode: enforce\r\nmx: %s\r\nmax_age: 2419200\r\n' "$domain" >"$dir/web/.well-known/mta-sts.txt"
  qrencode -s 6 -o "$dir/web/invite.png" "DCACCOUNT:https://$domain/new" || fail 'qrencode made no code'
}

start() {
  local log=$dir/log secret
  secret=$(openssl rand -hex 16)
  /usr/bin/python3 -B "$here/services/metadata.py" "$dir/run/metadata.sock" "$dir/tokens" "$domain" "$secret" \
    2>"$log/metadata.log" &
  /usr/bin/python3 -B "$here/services/filter.py" "$dir/relay.ini" "$dir/run/filter.sock" 2>"$log/filter.log" &
  opendkim -f -x "$dir/opendkim.conf" 2>"$log/opendkim.log" &
  turnserver -n --listening-port=3478 --listening-ip="$address" --relay-ip="$address" --realm="$domain" --use-auth-secret \
    --static-auth-secret="$secret" --no-tls --no-dtls --no-cli --pidfile="$dir/run/turn.pid" --log-file=stdout --simple-log \
    >"$log/turn.log" 2>&1 &
  nginx -c "$dir/nginx.conf" -e "$log/nginx.log" &
  {
    postfix -c "$dir/postfix" check && dovecot -c "$dir/dovecot.conf" && postfix -c "$dir/postfix" start
  } >"$log/start.log" 2>&1 || fail "Postfix or Dovecot did not start: $(tail -n 3 "$log/start.log")"
}

all_answer() {
  local port name
  for name in $sockets; do
    [ -S "$dir/run/$name.sock" ] || { missing="$name"; return 1; }
  done
  for port in $ports; do
    [ "$port" != "$closed" ] || continue
    { : <>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || { missing="port $port"; return 1; }
  done
}

await() {
  local deadline=$((SECONDS + patience)) missing
  until all_answer; do
    [ $SECONDS -lt $deadline ] || { tail -n 3 "$dir"/log/*.log >&2; fail "no answer from $missing; the ends of the logs are above"; }
    sleep 0.1
  done
}

rm -f "$dir/ready"
ip link set lo up || fail 'cannot bring loopback up'
folders
configure
if [ -s "$dir/change" ]; then
  # shellcheck source=/dev/null
  cd "$dir" && . "$dir/change" || fail 'the change failed'
fi
start
await
touch "$dir/ready"
while :; do sleep 3600 & wait $!; done
