#!/bin/bash
# The reference server as _peer.test beside the relays of this folder: mail between it and chat-a.test, both ways, as JSON.
# Run by `chatmail.sh enter`; arguments: node and the certificate authority of the relays.
set -u
node=$1
ca=$2
launcher=$(cd "$(dirname "$0")/../.." && pwd)/bin/chatmail-check.js
address=$(ip -4 -o addr show eth0 | sed 's|.* inet \([0-9.]*\)/.*|\1|;q')
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null; wait "$server"; rm -rf "$work"' EXIT

"$node" "$launcher" serve --domain _peer.test --listen "$address" --ports standard --dns "$address:53" \
  --peer-dns "$(sed -n 's/^nameserver //p' /etc/resolv.conf):53" --peer-ca "$ca" --ready-file "$work/ready.json" --quiet \
  >/dev/null 2>"$work/log" &
server=$!
for _ in $(seq 200); do
  [ ! -s "$work/ready.json" ] || break
  kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
own=$(sed 's/.*"caFile":"\([^"]*\)".*/\1/' "$work/ready.json")
XDG_STATE_HOME=$work "$node" "$launcher" chat-a.test _peer.test --ca "$ca" --ca "$own" --profile full \
  --only deltachat/carries-file-across --format json
