import imaplib, json, os, smtplib, ssl, subprocess, urllib.request
import pytest

COMMAND = os.environ.get("CHATMAIL_CHECK", "npx --yes chatmail-check").split()
MAIL = b"From: carol@elsewhere.example\r\nSubject: Hi\r\n\r\nHello.\r\n"

@pytest.fixture(scope="session")
def relay():
    serve = [*COMMAND, "serve", "--quiet", "--control", "127.0.0.1:0", "--exit-with-stdin"]
    with subprocess.Popen(serve, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        record = json.loads(server.stdout.readline())
        record["tls"] = ssl.create_default_context(cadata=record["ca"])
        record["tls"].check_hostname = False  # we connect by address
        yield record
        server.stdin.close()  # the server ends with it

def ask(relay, method, path, data=None):
    headers = {"Authorization": "Bearer " + relay["control"]["token"]}
    request = urllib.request.Request(relay["control"]["url"] + path, data, headers, method=method)
    return json.load(urllib.request.urlopen(request))

def test_mail_from_elsewhere_arrives(relay):
    alice = ask(relay, "POST", "/accounts")
    ask(relay, "POST", f"/injections?from=carol@elsewhere.example&to={alice['address']}&judge=false", MAIL)
    assert ask(relay, "GET", f"/accounts/{alice['address']}/messages?wait=5")["complete"]
    with imaplib.IMAP4_SSL(relay["address"], relay["ports"]["imaps"], ssl_context=relay["tls"]) as imap:
        imap.login(alice["address"], alice["password"])
        assert imap.select()[1] == [b"1"]

def test_cleartext_is_refused(relay):
    alice = ask(relay, "POST", "/accounts")
    with smtplib.SMTP_SSL(relay["address"], relay["ports"]["submissions"], context=relay["tls"]) as smtp:
        smtp.login(alice["address"], alice["password"])
        with pytest.raises(smtplib.SMTPDataError, match="523"):
            smtp.sendmail(alice["address"], [alice["address"]], f"From: {alice['address']}\n\nHello.\n")
