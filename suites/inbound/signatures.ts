// Mail of another domain, signed well and badly: what is not authentic must be refused, and must not arrive all the same.
import { batch } from '../../harness/check/define.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { type Peer, selectors } from '../../harness/peer/peer.ts'
import { judge, type Member, member } from './members.ts'
import { asPeer, fromPeer } from './scene.ts'

/** Changes the message after it was signed; the octets are ASCII. */
function changed(mail: Mail, from: string | RegExp, to: string): Mail {
  return { ...mail, bytes: Buffer.from(Buffer.from(mail.bytes).toString('latin1').replace(from, to), 'latin1') }
}

/** Behind the last part, where no filter of encrypted mail looks. */
function appended(mail: Mail, text: string): Mail {
  return { ...mail, bytes: Buffer.concat([mail.bytes, Buffer.from(text)]) }
}

const refused: readonly Member[] = [
  member('refuses-unsigned', 'inbound.requires-signature', 'refuses mail without a signature', fromPeer),
  member(
    'refuses-unsigned-in-own-name',
    'inbound.requires-signature',
    'refuses mail without a signature that claims to be of a user here',
    (t, _peer, bob) => t.mail.encrypted(bob, bob),
  ),
  member(
    'refuses-changed-body',
    'inbound.verifies-signature',
    'refuses a body changed after signing',
    async (...scene) => {
      const [, peer] = scene
      return appended(peer.sign(await fromPeer(...scene)), 'Added on the way.\r\n')
    },
  ),
  member(
    'refuses-changed-author',
    'inbound.verifies-signature',
    'refuses a From changed after signing',
    async (...scene) => {
      const [, peer] = scene
      return changed(
        peer.sign(await fromPeer(...scene)),
        `From: <${peer.address('someone')}>`,
        `From: <${peer.address('somebody')}>`,
      )
    },
  ),
  member(
    'refuses-strange-key',
    'inbound.verifies-signature',
    'refuses a signature by a key that is not published',
    async (...scene) => scene[1].sign(await fromPeer(...scene), { strangeKey: true }),
  ),
  member(
    'refuses-missing-key',
    'inbound.verifies-signature',
    'refuses a signature whose key the DNS does not have',
    async (...scene) => scene[1].sign(await fromPeer(...scene), { selector: selectors.missing }),
  ),
  member(
    'refuses-revoked-key',
    'inbound.verifies-signature',
    'refuses a signature by a revoked key',
    async (...scene) => scene[1].sign(await fromPeer(...scene), { selector: selectors.revoked }),
  ),
  member(
    'refuses-unsigned-author',
    'inbound.verifies-signature',
    'refuses a signature that leaves From out',
    async (...scene) =>
      scene[1].sign(await fromPeer(...scene), { headers: ['to', 'subject', 'date', 'message-id', 'content-type'] }),
  ),
  member(
    'refuses-expired',
    'inbound.refuses-expired-signatures',
    'refuses a signature that has expired',
    async (...scene) => {
      // Verifiers allow for clocks that are wrong: OpenDKIM minutes, dkimpy ten hours.
      const day = 86_400
      const now = Math.floor(Date.now() / 1000)
      return scene[1].sign(await fromPeer(...scene), { signedAt: now - 3 * day, expires: now - 2 * day })
    },
  ),
  member(
    'refuses-other-domain',
    'inbound.requires-alignment',
    'refuses a good signature of another domain',
    async (...scene) => scene[1].sign(await fromPeer(...scene), { domain: scene[1].other }),
  ),
  member(
    'refuses-domain-below',
    'inbound.requires-strict-alignment',
    'refuses a good signature of a domain below',
    async (...scene) => scene[1].sign(await fromPeer(...scene), { domain: scene[1].below }),
  ),
  member(
    'refuses-domain-above',
    'inbound.requires-strict-alignment',
    'refuses a good signature of the domain above',
    async (...scene) => scene[1].sign(await fromPeer(...scene), { domain: scene[1].above }),
  ),
  member(
    'refuses-foreign-first-author',
    'inbound.requires-alignment',
    'refuses two From fields of which only the second has a signature',
    async (...scene) => {
      const [, peer] = scene
      const own = `From: <${peer.address('someone')}>`
      // The lowest field of a name is the one that is signed (RFC 6376, 5.4.2); people are shown the first.
      return peer.sign(changed(await fromPeer(...scene), own, `From: <someone@${peer.other}>\r\n${own}`))
    },
    'full',
  ),
  member('refuses-cleartext', 'inbound.refuses-cleartext', 'refuses a signed message in clear', async (t, peer, bob) =>
    peer.sign(t.mail.cleartext(peer.address('someone'), bob)),
  ),
]

const taken: readonly Member[] = [
  member(
    'accepts-two-algorithms',
    'inbound.accepts-any-good-signature',
    'takes mail signed by RSA and by Ed25519',
    async (...scene) => {
      const [, peer] = scene
      return peer.signShort(peer.sign(await fromPeer(...scene)))
    },
  ),
  member(
    'accepts-good-among-bad',
    'inbound.accepts-any-good-signature',
    'takes mail with a good signature below a bad one',
    async (...scene) => {
      const [, peer] = scene
      return peer.sign(peer.sign(await fromPeer(...scene)), { strangeKey: true })
    },
  ),
  member(
    'accepts-forwarded-envelope',
    'inbound.accepts-forwarded-envelopes',
    'takes signed mail with another envelope sender',
    async (...scene) => {
      const [, peer] = scene
      const mail = peer.sign(await fromPeer(...scene))
      return { ...mail, envelope: { ...mail.envelope, from: `srs0=x=y@${peer.other}` } }
    },
  ),
  member(
    'accepts-bounce',
    'inbound.accepts-bounces',
    'takes a signed bounce in clear, of the null sender',
    async (t, peer, bob) => peer.sign(bounce(t, peer, bob)),
  ),
  member(
    'accepts-securejoin-request',
    'inbound.accepts-securejoin',
    'takes a signed securejoin request in clear',
    async (t, peer, bob) => peer.sign(securejoin(t, peer, bob)),
  ),
  member(
    'accepts-armour-version',
    'inbound.accepts-armour-versions',
    'takes an armour with a Version line',
    async (...scene) => {
      const mail = await fromPeer(...scene)
      return scene[1].sign(
        changed(mail, 'BEGIN PGP MESSAGE-----\r\n', 'BEGIN PGP MESSAGE-----\r\nVersion: ProtonMail\r\n'),
      )
    },
  ),
]

export const signatures = batch({
  id: 'inbound/signatures',
  needs: { ...asPeer, accounts: 1, messages: 1, deadline: 120_000 },
  members: [...refused, ...taken],
  run: (t, chosen) => judge(t, chosen, { refused, taken }),
})

function bounce(t: CheckContext, peer: Peer, bob: Account): Mail {
  const from = peer.address('mailer-daemon')
  const boundary = t.mail.random.hex(24)
  const body = [
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Your message could not be delivered.',
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${peer.domain}`,
    '',
    `Final-Recipient: rfc822; ${peer.address('nobody')}`,
    'Action: failed',
    'Status: 5.1.1',
    '',
    `--${boundary}--`,
    '',
  ].join('\r\n')
  const mail = t.mail.compose(
    from,
    bob,
    { contentType: `multipart/report; report-type=delivery-status; boundary="${boundary}"`, body },
    {
      headers: { 'Auto-Submitted': 'auto-replied', Subject: 'Undelivered Mail Returned to Sender' },
      omitHeaders: ['Chat-Version'],
    },
  )
  return { ...mail, envelope: { ...mail.envelope, from: '' } }
}

function securejoin(t: CheckContext, peer: Peer, bob: Account): Mail {
  const boundary = t.mail.random.hex(24)
  const body = `--${boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nsecure-join: vc-request\r\n--${boundary}--\r\n`
  const headers = { 'Secure-Join': 'vc-request', 'Secure-Join-Invitenumber': t.mail.random.hex(16) }
  const contentType = `multipart/mixed; boundary="${boundary}"`
  return t.mail.compose(peer.address('someone'), bob, { contentType, body }, { headers })
}
