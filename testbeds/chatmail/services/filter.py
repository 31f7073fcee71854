#!/usr/bin/python3
# The policy of a chatmail server as a milter: who may send, what must be encrypted, who must have signed, what is removed.
# Started by relay.sh with its ini file and the path of its socket.
import configparser
import email.policy
import email.utils
import os
import sys
import threading
import time
from email.parser import BytesParser

import dkim
import Milter
from encryption import is_encrypted, is_securejoin_request

REMOVED = ("Received", "User-Agent", "X-Mailer", "X-Originating-IP")
NOT_ENCRYPTED = ("523", "5.7.1", "Encryption Needed: Invalid Unencrypted Mail")


class Rate:
    """Sends of each user in the last minute."""

    def __init__(self, per_minute):
        self.per_minute = per_minute
        self.sent = {}
        self.lock = threading.Lock()

    def allows(self, user):
        now = time.monotonic()
        with self.lock:
            recent = [at for at in self.sent.get(user, []) if at > now - 60]
            allowed = len(recent) <= self.per_minute
            self.sent[user] = recent + [now] if allowed else recent
            return allowed


def author(message):
    """The address of the first From, in lower case; empty when there is none."""
    return email.utils.parseaddr(str(message.get("From", "")))[1].lower()


def is_setup_message(message, sender, recipients):
    subject = str(message.get("Subject", "")).strip()
    alone = [recipient.lower() for recipient in recipients] == [sender]
    return alone and subject == "Autocrypt Setup Message" and message.get_content_type() == "multipart/mixed"


def is_report(message):
    return (
        author(message).startswith("mailer-daemon@")
        and message.get("Auto-Submitted", "no") != "no"
        and message.get_content_type() == "multipart/report"
    )


def is_signed(mail, domain):
    """Whether one of its signatures is good, whole, and of exactly this domain, when one is given."""
    signed = dkim.DKIM(mail)
    for index in range(sum(name.lower() == b"dkim-signature" for name, _ in signed.headers)):
        try:
            good = signed.verify(index)
        except dkim.DKIMException:
            continue
        whole = b"from" in signed.include_headers and b"l" not in signed.signature_fields
        if good and whole and domain in (None, signed.domain.decode().lower()):
            return True
    return False


def is_on(key):
    return settings.getboolean(key)


def is_turn(key):
    every = settings.getint(key)
    return every > 0 and Filter.count % every == 0


@Milter.header_leading_space
class Filter(Milter.Base):
    count = 0

    def envfrom(self, sender, *_):
        self.user = self.getsymval("{auth_authen}")
        self.sender = sender.strip("<>").lower()
        self.recipients, self.fields, self.chunks = [], [], []
        if self.user is None:
            return Milter.CONTINUE
        if self.sender == "":
            return self.refuse("553", "5.7.1", "Users have an address")
        if not rate.allows(self.sender):
            return self.refuse("450", "4.7.1", f"Too much mail from {self.sender}")
        return Milter.CONTINUE

    def envrcpt(self, recipient, *_):
        self.recipients.append(recipient.strip("<>"))
        return Milter.CONTINUE

    def data(self):
        if self.user is not None:
            time.sleep(settings.getfloat("delay_data_seconds"))
        return Milter.CONTINUE

    @Milter.decode("bytes")
    def header(self, name, value):
        self.fields.append((name, value))
        return Milter.CONTINUE

    def body(self, chunk):
        self.chunks.append(chunk)
        return Milter.CONTINUE

    def eom(self):
        head = b"".join(name.encode() + b":" + value.replace(b"\n", b"\r\n") + b"\r\n" for name, value in self.fields)
        mail = head + b"\r\n" + b"".join(self.chunks)
        message = parser.parsebytes(mail)
        return self.inbound(message, mail) if self.user is None else self.outbound(message)

    def outbound(self, message):
        if is_on("check_author") and author(message) != self.sender:
            return self.refuse("500", "5.7.1", f"Invalid FROM <{author(message)}> for <{self.sender}>")
        fits = is_encrypted(message) or is_securejoin_request(message)
        fits = fits or is_setup_message(message, self.sender, self.recipients)
        if is_on("require_encryption_out") and not fits:
            return self.refuse(*NOT_ENCRYPTED)
        if is_on("clean_headers"):
            self.clean(message)
        return self.misbehave()

    def clean(self, message):
        for name in REMOVED:
            for index in range(len(message.get_all(name, [])), 0, -1):
                self.chgheader(name, index, "")
        if "Subject" in message:
            self.chgheader("Subject", 1, "[...]")

    def misbehave(self):
        """What a test may ask for: slowness, and every so many messages one that is lost or comes twice."""
        time.sleep(settings.getfloat("delay_seconds"))
        Filter.count += 1
        if is_turn("lose_every"):
            return Milter.DISCARD
        if is_turn("double_every"):
            for recipient in self.recipients:
                self.addrcpt("<" + recipient.replace("@", "+again@", 1) + ">")
        return Milter.CONTINUE

    def inbound(self, message, mail):
        domain = author(message).rpartition("@")[2] if is_on("require_alignment") else None
        if not is_signed(mail, domain):
            return self.refuse("554", "5.7.1", "No valid DKIM signature found")
        fits = is_encrypted(message, from_outside=True) or is_securejoin_request(message) or is_report(message)
        if is_on("require_encryption_in") and not fits:
            return self.refuse(*NOT_ENCRYPTED)
        return Milter.CONTINUE

    def refuse(self, code, extended, text):
        self.setreply(code, extended, text.replace("%", "%%"))
        return Milter.TEMPFAIL if code.startswith("4") else Milter.REJECT


ini, socket = sys.argv[1:]
parsed = configparser.ConfigParser(interpolation=None, strict=False)
parsed.read_string("[params]\n" + open(ini, encoding="utf-8").read())
settings = parsed["params"]
rate = Rate(settings.getint("max_user_send_per_minute"))
parser = BytesParser(policy=email.policy.compat32)

os.umask(0)
Milter.factory = Filter
Milter.set_flags(Milter.CHGHDRS | Milter.ADDRCPT)
Milter.runmilter("chatmail-filter", socket, 300)
