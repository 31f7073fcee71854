// What the server tells every account through IMAP METADATA (RFC 5464). Used by startReference.
import type { Behaviour } from './behaviour/index.ts'
import type { TurnCredentials } from './calls/credentials.ts'
import { webName } from './domain-name.ts'

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
  readonly turn: TurnCredentials
  /** The UDP port of the call relay; undefined where there is none. */
  readonly turnPort: () => number | undefined
}): (key: string) => string | null {
  const { domain, behaviour, turn, turnPort } = options
  return (key) => {
    switch (key.toLowerCase()) {
      case '/shared/admin':
        return `mailto:privacy@${domain}`
      case '/shared/vendor/deltachat/irohrelay':
        return behaviour().calls.irohRelay?.replaceAll('{domain}', webName(domain)) ?? null
      case '/shared/vendor/deltachat/turn': {
        const { announcesTurn, turnHost, announcesStandardPort } = behaviour().calls
        const port = announcesStandardPort ? 3478 : turnPort()
        if (!announcesTurn || port === undefined) return null
        return `${turnHost.replaceAll('{domain}', domain)}:${port}:${turn.give()}`
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
