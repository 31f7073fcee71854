// Good octets to start from: what a real relay said (proof/recorded), and examples where nothing was recorded.
import { stunAttributes, writeStun } from '../../harness/wire/stun.ts'
import { recorded } from '../recorded/index.ts'
import type { Step } from '../recorded/types.ts'

const filled = (text: string): string =>
  text
    .replaceAll('{domain}', 'chat.test')
    .replace(/\{(?:me|from|name:\d+)\}/g, 'alice1234@chat.test')
    .replace(/\{[a-z]+\}/g, 'x')
    .replaceAll('#', '12')

/** Between what a server says at once and what it says to the next command. */
export const turn = '\x1e'

const smtpReply = ({ reply, text, says }: Step): string => {
  const code = reply.slice(0, 3)
  const lines = [...(says ?? []), `${reply.slice(4)} ${text ?? 'Ok'}`.trim()]
  return lines.map((line, at) => `${code}${at < lines.length - 1 ? '-' : ' '}${filled(line)}\r\n`).join('')
}

export const smtpSessions: readonly string[] = recorded.smtp
  .filter(({ port }) => port !== 'https')
  .map(({ dialogue }) =>
    ['220 chat.test ESMTP\r\n', '250-chat.test\r\n250-PIPELINING\r\n250-SIZE 31457280\r\n250 AUTH PLAIN\r\n']
      .concat(dialogue.filter(({ reply }) => /^\d{3}/.test(reply)).map(smtpReply))
      .join(turn),
  )

export const imapSessions: readonly string[] = [
  ...recorded.imap.map(({ dialogue }) =>
    ['* OK [CAPABILITY IMAP4rev1 IDLE METADATA QUOTA LITERAL+] ready\r\n']
      .concat(
        dialogue.map(({ reply, says }, at) => {
          const lines = (says ?? []).map(filled)
          return `${lines.join('\r\n')}${lines.length > 0 ? '\r\n' : ''}a${at + 1} ${reply} done\r\n`
        }),
      )
      .join(turn),
  ),
  [
    '* OK [CAPABILITY IMAP4rev1 IDLE METADATA QUOTA] ready\r\n',
    'a1 OK [CAPABILITY IMAP4rev1 IDLE METADATA QUOTA] in\r\n',
    '* FLAGS (\\Seen \\Deleted $x)\r\n* 3 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 12] ok\r\na2 OK [READ-WRITE] sel\r\n',
    '* 1 FETCH (UID 9 FLAGS (\\Seen) INTERNALDATE "01-Mar-2026 12:00:00 +0000" BODY[] {30}\r\nSubject: x\r\nMessage-ID: <a@b>\r\n)\r\n* 2 FETCH (UID 10 BODY[HEADER.FIELDS (FROM)]<0> "From: a" MODSEQ (5))\r\na3 OK f\r\n',
    '* METADATA "" (/shared/vendor/deltachat/turn {34}\r\nchat.test:3478:1790000000:c2VjcmV0 /shared/admin NIL)\r\na4 OK m\r\n',
    '* QUOTAROOT INBOX "User quota"\r\n* QUOTA "User quota" (STORAGE 12 512000)\r\na5 OK q\r\n',
    '* STATUS INBOX (MESSAGES 3 UIDNEXT 12)\r\n* LIST (\\HasNoChildren) "." INBOX\r\na6 OK\r\n',
    '* SEARCH 1 2 3\r\n* ID ("name" "Dovecot")\r\n* NAMESPACE (("" ".")) NIL NIL\r\na7 OK\r\n+ idling\r\n* 4 EXISTS\r\n* BYE bye\r\n',
  ].join(turn),
]

export const page = `<!doctype html><html><head><title>chat</title><link rel=stylesheet href="main.css">
<style>@import url("x.css"); body { background: url(logo.svg) }</style><script src=/a.js></script></head>
<body><!-- none --><a href="dcaccount:https://chat.test/new">join</a> <a href='privacy.html'>Privacy &amp; more</a>
<img src="qr.png" srcset="a.png 1x, b.png 2x"><iframe src=//else.test/></iframe></body></html>`

export const autoconfig = `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="chat.test">
<domain>chat.test</domain><displayName>chat &amp; mail</displayName>
<incomingServer type="imap"><hostname>%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType>
<authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username></incomingServer>
<outgoingServer type="smtp"><hostname>chat.test</hostname><port>465</port><socketType>SSL</socketType></outgoingServer>
<![CDATA[x]]></emailProvider></clientConfig>`

export const message = [
  'Return-Path: <a@peer.test>',
  'Received: from [203.0.113.5] (host [IPv6:2001:db8::1])\r\n\tby chat.test with ESMTPS; Sun, 1 Mar 2026 12:00:00 +0000',
  'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=peer.test; s=k1; t=1772366400; x=1772452800;\r\n h=From:From:Date; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=dGVzdA==',
  'From: "A \\" B" <a@peer.test>',
  'Message-ID: <m1@localhost>',
  'Auto-Submitted: auto-replied',
  'Content-Type: multipart/report; report-type=delivery-status;\r\n boundary="b1"',
  '',
  '--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nno=20such user\r\n',
  '--b1\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; chat.test\r\n\r\nFinal-Recipient: rfc822; <bob@chat.test>\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no\r\n',
  '--b1\r\nContent-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: base64\r\n\r\nU3ViamVjdDogeA==\r\n--b1--\r\n',
].join('\r\n')

export const dkimKey = `v=DKIM1; k=rsa; p=${'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA'.repeat(8)}; t=s`

export const httpAnswers: readonly string[] = [
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 53\r\n\r\n{"email":"abcdefghi@chat.test","password":"hunter22"}',
  'HTTP/1.1 301 Moved\r\nLocation: dcaccount:https://chat.test/new\r\nSet-Cookie: a=b\r\nConnection: close\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
]

const transaction = Uint8Array.from({ length: 12 }, (_, at) => at)
/** 192.0.2.7:3478, masked as XOR-MAPPED-ADDRESS wants it (RFC 8489, 14.2). */
const place = Uint8Array.from([0, 1, 0x2c, 0x84, 0xe1, 0x12, 0xa6, 0x45])

export const stunPackets: readonly Uint8Array[] = [
  writeStun({
    method: 'binding',
    class: 'success',
    transaction,
    attributes: new Map([[stunAttributes.mapped, place]]),
  }),
  writeStun({
    method: 'allocate',
    class: 'error',
    transaction,
    attributes: new Map([
      [stunAttributes.error, Uint8Array.from([0, 0, 4, 1, 0x6e, 0x6f])],
      [stunAttributes.realm, Buffer.from('chat.test')],
      [stunAttributes.nonce, Buffer.from('nonce')],
    ]),
  }),
  writeStun({
    method: 'allocate',
    class: 'success',
    transaction,
    attributes: new Map([
      [stunAttributes.relayed, place],
      [stunAttributes.lifetime, Uint8Array.from([0, 0, 2, 0x58])],
    ]),
  }),
  Uint8Array.from([0x40, 0, 0, 4, 1, 2, 3, 4]),
]
