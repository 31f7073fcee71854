#!/bin/sh
# A chatmail relay for one script: curl is all it takes.
set -eu
folder=$(mktemp -d)
${CHATMAIL_CHECK:-npx --yes chatmail-check} serve --quiet --control 127.0.0.1:0 --ready-file "$folder/ready" >"$folder/log" 2>&1 &
server=$!
trap 'kill $server; wait $server || :; rm -r "$folder"' EXIT
until [ -e "$folder/ready" ]; do kill -0 $server; sleep 0.1; done

# value NAME: the last field of that name in the ready line. ask METHOD PATH [DATA]: one call of the control.
value() { sed "s/.*\"$1\":\"*\([^,\"}]*\).*/\1/" "$folder/ready"; }
ask() { curl -sS --fail -X "$1" -H "Authorization: Bearer $(value token)" ${3:+--data-binary "$3"} "$(value url)$2"; }

ask POST /accounts '{"address": "alice@chat.test", "password": "open-sesame"}'
ask POST '/injections?from=carol@elsewhere.example&to=alice@chat.test&judge=false' 'From: carol@elsewhere.example
Subject: Hi

Hello.
'
ask GET '/accounts/alice@chat.test/messages?wait=5' | grep '"complete":true'

# The client under test; here it is curl again.
imaps=$(value imaps)
curl -sS --cacert "$(value caFile)" --connect-to "chat.test:993:${imaps}" --user alice@chat.test:open-sesame \
  'imaps://chat.test/INBOX;MAILINDEX=1' | grep 'Hello.'

# Three weeks later the relay has removed it.
ask POST /clock '{"advance": 1814400}'
ask GET '/accounts/alice@chat.test/messages' | grep '"messages":\[\]'
