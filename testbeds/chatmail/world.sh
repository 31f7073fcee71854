# The world of testbeds/chatmail: namespaces on a bridge, a name server, the relays in it. Sourced by chatmail.sh, which brings the
# names and addresses, $dir and `fail`.

# What programs ask for names. Bound over the real files, in this namespace only.
names() {
  printf 'nameserver %s\noptions timeout:2 attempts:1\n' "$DNS" >"$dir/resolv.conf"
  printf '127.0.0.1 localhost\n' >"$dir/hosts"
  mount --make-rprivate / &&
    mount --bind "$dir/resolv.conf" "$(readlink -f /etc/resolv.conf)" &&
    mount --bind "$dir/hosts" /etc/hosts &&
    mkdir -p /run/netns && mount -t tmpfs none /run/netns || fail 'cannot set the names'
}

# A namespace on the bridge: join NAME ADDRESS
join() {
  ip netns add "$1" &&
    ip link add "to-$1" type veth peer name eth0 netns "$1" &&
    ip link set "to-$1" master bridge up &&
    ip -n "$1" addr add "$2/24" dev eth0 &&
    ip -n "$1" link set eth0 up &&
    ip -n "$1" link set lo up || fail "cannot make the namespace $1"
}

network() {
  ip link set lo up && ip link add bridge type bridge && ip addr add "$DNS/24" dev bridge && ip link set bridge up ||
    fail 'cannot make the bridge'
  local name
  for name in "${!addresses[@]}"; do join "$name" "${addresses[$name]}"; done
  ip -n tester addr add "$second/24" dev eth0 || fail 'cannot give the tester a second address'
}

# The records that a relay of NAME at ADDRESS publishes.
zone() {
  local key
  key=$(openssl rsa -in "$dir/$1/dkim.key" -pubout -outform DER 2>/dev/null | base64 -w 0)
  cat <<ZONE
\$TTL 60
@ SOA ns hostmaster 1 3600 600 86400 1
@ NS ns
ns A $DNS
@ A $2
@ MX 10 chat-$1.test.
www CNAME chat-$1.test.
mta-sts CNAME chat-$1.test.
@ CAA 0 issue "authority.test"
@ TXT "v=spf1 a -all"
_dmarc TXT "v=DMARC1;p=reject;adkim=s;aspf=s"
_mta-sts TXT "v=STSv1; id=1"
testbed._domainkey TXT "v=DKIM1;k=rsa;" "p=${key:0:200}" "${key:200}"
_imap._tcp SRV 0 1 143 chat-$1.test.
_imaps._tcp SRV 0 1 993 chat-$1.test.
_submission._tcp SRV 0 1 587 chat-$1.test.
_submissions._tcp SRV 0 1 465 chat-$1.test.
ZONE
}

# Knows the relays, leaves _peer.test and peer.test to the tester, and says of all else that there is nothing.
name_server() {
  local name
  mkdir -p "$dir/dns"
  for name in $relays; do zone "$name" "${addresses[$name]}" >"$dir/dns/chat-$name.test"; done
  cat >"$dir/dns/root" <<ZONE
\$TTL 60
@ SOA ns hostmaster 1 3600 600 86400 1
@ NS ns
ns A $DNS
tester A ${addresses[tester]}
_peer.test NS tester
peer.test NS tester
ZONE
  {
    printf 'options { directory "%s/dns"; pid-file "named.pid"; session-keyfile none; listen-on { %s; }; listen-on-v6 { none; };' \
      "$dir" "$DNS"
    printf ' recursion yes; allow-query { any; }; dnssec-validation no; max-ncache-ttl 1; };\ncontrols { };\n'
    printf 'zone "." { type primary; file "root"; };\n'
    for name in $relays; do printf 'zone "chat-%s.test" { type primary; file "chat-%s.test"; };\n' "$name" "$name"; done
  } >"$dir/dns/named.conf"
  named -f -c "$dir/dns/named.conf" >"$dir/dns/named.log" 2>&1 &
}

start_relay() {
  rm -f "$dir/$1/ready"
  ip netns exec "$1" unshare --mount --pid --fork --kill-child --mount-proc bash "$here/relay.sh" "$dir/$1" "${addresses[$1]}" \
    >"$dir/$1.log" 2>&1 </dev/null &
  echo $! >"$dir/$1.pid"
}

await_relay() {
  local pid deadline=$((SECONDS + patience))
  read -r pid <"$dir/$1.pid"
  until [ -e "$dir/$1/ready" ]; do
    kill -0 "$pid" 2>/dev/null || { cat "$dir/$1.log" >&2; fail "relay $1 did not start"; }
    [ $SECONDS -lt $deadline ] || fail "relay $1 is not ready"
    sleep 0.1
  done
}

# The kernel ends all that runs in a relay with the process that holds its namespace.
stop_relay() {
  local pid
  read -r pid <"$dir/$1.pid"
  # It is gone when it could not start.
  kill -KILL "$pid" 2>/dev/null
  while [ -n "$(ip netns pids "$1")" ]; do sleep 0.05; done
}

world() {
  local name
  names
  network
  name_server
  for name in $relays; do start_relay "$name"; done
  for name in $relays; do await_relay "$name"; done
  touch "$dir/ready"
  while :; do sleep 3600 & wait $!; done
}
