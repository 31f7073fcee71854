# Tells whether a message is encrypted as chat apps do it (PGP/MIME around OpenPGP packets). Used by filter.py.
import base64
import binascii
import re

BEGIN = b"-----BEGIN PGP MESSAGE-----\r\n"
END = b"-----END PGP MESSAGE-----"
SESSION_KEYS = {1, 3}
ENCRYPTED_DATA = 18


def is_encrypted(message, from_outside=False):
    """Two parts: "Version: 1" and an armoured OpenPGP message, nothing else that could be read."""
    if message.get_content_type() != "multipart/encrypted" or not message.is_multipart():
        return False
    parts = message.get_payload()
    if len(parts) != 2 or any(part.is_multipart() for part in parts):
        return False
    version, data = parts
    return (
        version.get_content_type() == "application/pgp-encrypted"
        and version.get_payload(decode=True).strip() == b"Version: 1"
        and data.get_content_type() == "application/octet-stream"
        and is_armoured(crlf(data.get_payload(decode=True)), from_outside)
    )


def is_securejoin_request(message):
    """The first step of a contact by invite, which has no key yet: one part that says so and nothing else."""
    step = message.get("Secure-Join", "").strip()
    if step not in ("vc-request", "vg-request") or not message.is_multipart():
        return False
    parts = message.get_payload()
    if len(parts) != 1 or parts[0].is_multipart() or parts[0].get_content_type() != "text/plain":
        return False
    return parts[0].get_payload(decode=True).strip().lower() == b"secure-join: " + step.encode()


def crlf(data):
    return re.sub(rb"\r?\n", b"\r\n", data)


def is_armoured(text, from_outside):
    """RFC 9580 section 6, without armour headers: they are room for text that anybody can read."""
    # Some servers elsewhere write which program they are, whatever their users want.
    if from_outside:
        text = re.sub(rb"^(-----BEGIN PGP MESSAGE-----\r\n)Version: [^\r\n]*\r\n", rb"\1", text)
    if not text.startswith(BEGIN) or not text.rstrip().endswith(END):
        return False
    head, separator, body = text.rstrip()[len(BEGIN) : -len(END)].partition(b"\r\n")
    if head != b"" or separator == b"":
        return False
    # The checksum is optional, and stands alone on the last line.
    body = re.sub(rb"\r\n=[A-Za-z0-9+/]{4}\r\n$", b"\r\n", body)
    try:
        data = base64.b64decode(body.replace(b"\r\n", b""), validate=True)
    except binascii.Error:
        return False
    return is_encrypted_packets(data)


def is_encrypted_packets(data):
    """RFC 9580 section 4.2: session keys, then one packet of encrypted data that ends where the message ends."""
    position, tag = 0, None
    while position < len(data):
        if tag == ENCRYPTED_DATA or (tag is not None and tag not in SESSION_KEYS):
            return False
        packet = read_packet(data, position)
        if packet is None:
            return False
        tag, position = packet
    return position == len(data) and tag == ENCRYPTED_DATA


def read_packet(data, position):
    """Tag and end of the packet that begins at position; None when it is none, or cut short."""
    try:
        first = data[position]
        position += 1
        if first & 0xC0 == 0xC0:
            return first & 0x3F, end_of_body(data, position)
        if first & 0xC0 == 0x80 and first & 3 != 3:
            octets = 1 << (first & 3)
            length = int.from_bytes(data[position : position + octets], "big")
            return (first >> 2) & 0x0F, position + octets + length
    except IndexError:
        pass
    return None


def end_of_body(data, position):
    while True:
        first = data[position]
        if first < 192:
            return position + 1 + first
        if first < 224:
            return position + 2 + ((first - 192) << 8) + data[position + 1] + 192
        if first == 255:
            return position + 5 + int.from_bytes(data[position + 1 : position + 5], "big")
        # A partial length: another one follows its octets.
        position += 1 + (1 << (first & 0x1F))
