#!/usr/bin/python3
# Deletes what is too old by the ini file of a relay: mail, large mail that was read, and accounts that nobody uses.
# Run by hand, by tests, or as --expire-command; arguments: the folder of the relay.
import configparser
import os
import shutil
import sys
import time

LARGE = 200_000
DAY = 86_400


def files(folder):
    for path, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(path, name)


def is_old(path, now):
    part = os.path.basename(os.path.dirname(path))
    if part not in ("cur", "new", "tmp"):
        return False
    facts = os.stat(path)
    days = (now - facts.st_mtime) / DAY
    return days > mail_days or (days > large_days and facts.st_size > LARGE and part == "cur")


relay = sys.argv[1]
parsed = configparser.ConfigParser(interpolation=None, strict=False)
parsed.read_string("[params]\n" + open(os.path.join(relay, "relay.ini"), encoding="utf-8").read())
settings = parsed["params"]
mail_days = settings.getint("delete_mails_after")
large_days = settings.getint("delete_large_after")
idle_days = settings.getint("delete_inactive_users_after")
now = time.time()

mail, accounts = os.path.join(relay, "mail"), os.path.join(relay, "accounts")
for path in files(mail):
    if is_old(path, now):
        os.unlink(path)
for name in os.listdir(accounts):
    if (now - os.stat(os.path.join(accounts, name)).st_mtime) / DAY > idle_days:
        shutil.rmtree(os.path.join(mail, name), ignore_errors=True)
        os.unlink(os.path.join(accounts, name))
