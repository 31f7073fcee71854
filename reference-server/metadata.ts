// What the server tells every account through IMAP METADATA (RFC 5464). Used by startReference.
import { createHmac } from 'node:crypto'
import type { Behaviour } from './behaviour/index.ts'
import type { Clock } from './clock.ts'

const turnLifetime = 432_000

/** One line of JSON in the form the relay ships; the app is made up. */
const appVersions = JSON.stringify({
  clients: [
    {
      clientId: 'chat.example.app',
      sources: [
        {
          sourceId: 'site',
          versionInteger: 1,
          versionString: '1.0.0',
          downloadUrl: 'https://download.delta.chat/example/1.0.0',
        },
      ],
    },
  ],
})

/** Values of the shared annotations, null where there is none; keys in lower case. */
export function createSharedMetadata(options: {
  readonly domain: string
  readonly behaviour: () => Behaviour
  readonly clock: Clock
  readonly turnSecret: string
}): (key: string) => string | null {
  const { domain, behaviour, clock, turnSecret } = options
  return (key) => {
    switch (key.toLowerCase()) {
      case '/shared/admin':
        return `mailto:privacy@${domain}`
      case '/shared/vendor/deltachat/irohrelay':
        return `https://${domain}`
      case '/shared/vendor/deltachat/turn': {
        // Name and password as the long-term TURN credentials of the deployed relays: expiry, and its HMAC.
        const expiry = `${Math.floor(clock.now() / 1000) + turnLifetime}`
        return `${domain}:3478:${expiry}:${createHmac('sha1', turnSecret).update(expiry).digest('base64')}`
      }
      case '/shared/vendor/deltachat/maxsmtprecipients':
        return `${behaviour().limits.recipients}`
      case '/shared/vendor/deltachat/appversions':
        return appVersions
      default:
        return null
    }
  }
}
