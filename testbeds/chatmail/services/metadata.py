#!/usr/bin/python3
# Answers Dovecot's questions for METADATA: device tokens of each user, and what the server tells everybody.
# Speaks Dovecot's dict protocol on a socket. Started by relay.sh with the socket, a folder for
# tokens, the domain and the secret of the call relay.
import base64
import hmac
import os
import socketserver
import sys
import time

SHARED = "/vendor/vendor.dovecot/pvt/server/"
TOKENS = "/devicetoken"


def unescape(text):
    """Tabs, line ends and \\x01 are written as \\x01 and a letter."""
    for escaped, plain in (("\x01t", "\t"), ("\x01n", "\n"), ("\x01r", "\r"), ("\x011", "\x01")):
        text = text.replace(escaped, plain)
    return text


def tokens_of(user):
    try:
        with open(os.path.join(folder, user), encoding="utf-8") as file:
            return file.read().split()
    except FileNotFoundError:
        return []


def call_relay():
    """Credentials for coturn that last five days (draft-uberti-behave-turn-rest-00)."""
    name = str(int(time.time()) + 5 * 86_400)
    password = base64.b64encode(hmac.digest(secret.encode(), name.encode(), "sha1")).decode()
    return f"{domain}:3478:{name}:{password}"


def look_up(key, user):
    if key.startswith("shared/") and SHARED in key:
        value = shared.get(key.partition(SHARED)[2])
        return value and value()
    if key.startswith("priv/") and key.endswith(TOKENS):
        return " ".join(tokens_of(user))
    return None


def store(key, value, user):
    """A device token is added to those that are there. False for everything else."""
    if not (key.startswith("priv/") and key.endswith(TOKENS)):
        return False
    kept = [token for token in tokens_of(user) if token != value]
    with open(os.path.join(folder, user), "w", encoding="utf-8") as file:
        file.write(" ".join([*kept, value]))
    return True


class Dict(socketserver.StreamRequestHandler):
    def handle(self):
        users, stored = {}, {}
        for line in self.rfile:
            command, fields = chr(line[0]), line[1:].decode().rstrip("\n").split("\t")
            fields = [unescape(field) for field in fields]
            if command == "L":
                value = look_up(fields[0], fields[1])
                self.answer("N" if value is None else "O" + value)
            elif command == "B":
                users[fields[0]], stored[fields[0]] = fields[1], True
            elif command == "S":
                stored[fields[0]] &= store(fields[1], fields[2], users[fields[0]])
            elif command == "C":
                self.answer(("O" if stored.pop(fields[0]) else "F") + fields[0])
            elif command == "I":
                self.answer("")

    def answer(self, text):
        self.wfile.write(text.encode() + b"\n")


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


socket, folder, domain, secret = sys.argv[1:]
shared = {
    "vendor/deltachat/maxsmtprecipients": lambda: "1000",
    "vendor/deltachat/turn": call_relay,
}
os.umask(0)
Server(socket, Dict).serve_forever()
