// Defects about what a server gives away.
import type { Defect } from './types.ts'

/** What a good server takes out of submitted mail, but for one header. */
function without(...kept: readonly string[]): readonly string[] {
  const all = [
    'received',
    'x-originating-ip',
    'x-mailer',
    'user-agent',
    'dkim-signature',
    'authentication-results',
    'return-path',
    'delivered-to',
  ]
  return all.filter((name) => !kept.includes(name))
}

/** Internal ports are fixed: a loopback address of its own keeps them apart from everything else on the machine. */
const ownAddress = { addresses: ['127.88.0.25'] }
/** What looks for the other services at the address that DNS has. */
const elsewhere = ['transport/answers-at-every-address', 'transport/serves-mta-sts-policy']

export const privacyDefects = {
  'shows-client-address-in-received': {
    violates: 'privacy.hides-client-address',
    title: 'adds a Received header with the address and the name of the sender’s device, as plain Postfix does',
    alsoFails: ['privacy/hides-client-name', 'privacy/removes-received'],
    behaviour: { privacy: { received: 'with-address' } },
  },
  'shows-client-address-on-587': {
    violates: 'privacy.hides-client-address',
    title: 'adds a Received header with the address of the sender to what comes by port 587',
    behaviour: { privacy: { received: 'with-address-after-starttls' } },
  },
  'shows-client-address-in-header': {
    violates: 'privacy.hides-client-address',
    title: 'adds an X-Sender-IP header with the address of the sender',
    behaviour: { privacy: { addressHeader: 'X-Sender-IP' } },
  },
  'shows-client-address-with-port': {
    violates: 'privacy.hides-client-address',
    title: 'adds an X-Client header with the address and port of the sender',
    behaviour: { privacy: { addressHeader: 'X-Client', addressWithPort: true } },
  },
  'shows-device-name': {
    violates: 'privacy.hides-client-name',
    title: 'adds a header with the name that the device gave in EHLO',
    behaviour: { privacy: { addsHeloHeader: true } },
  },
  'adds-received': {
    violates: 'privacy.removes-received',
    title: 'adds a Received header of its own, without the address of the sender',
    behaviour: { privacy: { received: 'without-address' } },
  },
  'keeps-received': {
    violates: 'privacy.removes-received',
    title: 'leaves Received headers of the sender in the message',
    behaviour: { privacy: { removesHeaders: without('received') } },
  },
  'keeps-user-agent': {
    violates: 'privacy.removes-user-agent',
    title: 'leaves User-Agent in the message',
    behaviour: { privacy: { removesHeaders: without('user-agent') } },
  },
  'keeps-x-mailer': {
    violates: 'privacy.removes-x-mailer',
    title: 'leaves X-Mailer in the message',
    behaviour: { privacy: { removesHeaders: without('x-mailer') } },
  },
  'keeps-x-originating-ip': {
    violates: 'privacy.removes-x-originating-ip',
    title: 'leaves X-Originating-IP in the message',
    behaviour: { privacy: { removesHeaders: without('x-originating-ip') } },
  },
  'keeps-subject': {
    violates: 'privacy.replaces-subject',
    title: 'leaves the subject as it was sent',
    behaviour: { privacy: { subject: null } },
  },
  'stores-dkim-signature': {
    violates: 'privacy.stores-no-dkim-signature',
    title: 'stores local mail with its DKIM signature',
    behaviour: { privacy: { addsDkimSignature: true } },
  },
  'stores-authentication-results': {
    violates: 'privacy.stores-no-authentication-results',
    title: 'stores local mail with Authentication-Results',
    behaviour: { privacy: { addsAuthenticationResults: true } },
  },
  'lists-recipients': {
    violates: 'privacy.hides-other-recipients',
    title: 'adds a header with all recipients of the envelope',
    behaviour: { privacy: { listsRecipients: true } },
  },
  'shows-tokens-to-everyone': {
    violates: 'privacy.keeps-tokens-private',
    title: 'keeps push tokens in one place for all accounts',
    alsoFails: ['push/forgets-gone-devices'],
    behaviour: { imap: { metadata: { tokensShownTo: 'everyone' } } },
  },
  'tells-users-by-vrfy': {
    violates: 'privacy.vrfy-tells-nothing',
    title: 'tells by VRFY who has an account',
    behaviour: { privacy: { vrfyTells: true } },
  },
  'loads-foreign-script': {
    violates: 'privacy.pages-load-nothing-from-others',
    title: 'loads a script of a statistics service with its pages',
    behaviour: { privacy: { thirdParties: ['https://stats.example'] } },
  },
  'loads-foreign-style': {
    violates: 'privacy.pages-load-nothing-from-others',
    title: 'loads its style sheet from another host',
    behaviour: { privacy: { thirdParties: ['https://cdn.example'], thirdPartyKind: 'style' } },
  },
  'loads-foreign-font': {
    violates: 'privacy.pages-load-nothing-from-others',
    title: 'loads a font from another host',
    behaviour: { privacy: { thirdParties: ['https://fonts.example'], thirdPartyKind: 'font' } },
  },
  'loads-foreign-pixel': {
    violates: 'privacy.pages-load-nothing-from-others',
    title: 'loads an invisible picture from another host',
    behaviour: { privacy: { thirdParties: ['https://pixel.example'], thirdPartyKind: 'image' } },
  },
  'sets-cookies': {
    violates: 'privacy.pages-set-no-cookies',
    title: 'sets a cookie with every page',
    behaviour: { privacy: { setsCookies: true } },
  },
  'invites-robots': {
    violates: 'privacy.turns-search-engines-away',
    title: 'lets robots index everything',
    behaviour: { privacy: { robots: 'User-agent: *\nDisallow:\n' } },
  },
  'has-no-robots-txt': {
    violates: 'privacy.turns-search-engines-away',
    title: 'has no robots.txt',
    behaviour: { privacy: { robots: null } },
  },
  'names-no-contact': {
    violates: 'privacy.policy-names-contact',
    title: 'names nobody to turn to in its privacy policy',
    behaviour: { privacy: { statesContact: false } },
  },
  'claims-other-retention': {
    violates: 'privacy.policy-states-retention',
    title: 'says in its privacy policy that mail is kept for 400 days',
    behaviour: { privacy: { claimedRetentionDays: 400 } },
  },
  'states-no-retention': {
    violates: 'privacy.policy-states-retention',
    title: 'does not say how long mail is kept',
    behaviour: { privacy: { statesRetention: false } },
  },
  'shows-metrics': {
    violates: 'privacy.shows-no-metrics',
    title: 'shows at /metrics how many accounts there are',
    behaviour: { privacy: { metrics: true } },
  },
  'tells-web-server-version': {
    violates: 'privacy.tells-no-software-version',
    title: 'names the version of its web server',
    behaviour: { privacy: { serverHeader: 'nginx/1.22.1' } },
  },
  'tells-framework-version': {
    violates: 'privacy.tells-no-software-version',
    title: 'names the version of what makes its pages',
    behaviour: { privacy: { poweredByHeader: 'PHP/8.2.7' } },
  },
  'opens-reinjection-port': {
    violates: 'privacy.internal-ports-closed',
    title: 'takes mail from strangers at the port where filtered mail comes back',
    cost: 'intrusive',
    alsoFails: elsewhere,
    behaviour: { zone: ownAddress, privacy: { openInternalPorts: [10_025] } },
  },
  'opens-delivery-port': {
    violates: 'privacy.internal-ports-closed',
    title: 'answers strangers at the port behind its web server',
    cost: 'intrusive',
    alsoFails: elsewhere,
    behaviour: { zone: ownAddress, privacy: { openInternalPorts: [10_082] } },
  },
} as const satisfies Record<string, Defect>
