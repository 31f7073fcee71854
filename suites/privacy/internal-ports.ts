// Looks from outside at the ports by which the parts of a relay talk to each other. Intrusive: it is a small port scan.
import { check } from '../../harness/check/define.ts'
import { attempt, equals } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { webAddress } from '../web-pages.ts'

/** Of chatmail/relay: filtermail out and in, reinjection, transport; they greet as SMTP or LMTP servers do. */
const greeting = [10_025, 10_026, 10_080, 10_081, 10_083] as const
/** Deliveries by HTTP. */
const web = [10_082] as const
/** Of mtail and Dovecot. Some operators show their figures on purpose: noted, not judged. */
const figures = [3_903, 3_904] as const

export const internalPortsClosed = check({
  id: 'privacy/internal-ports-closed',
  requirement: 'privacy.internal-ports-closed',
  title: 'keeps the ports closed by which its parts talk to each other',
  profile: 'list',
  needs: { cost: 'intrusive' },
  async run(t) {
    const found = await Promise.all([
      ...greeting.map(async (port) => [port, await greets(t, port)] as const),
      ...web.map(async (port) => [port, await answersHttp(t, port)] as const),
    ])
    for (const port of figures) {
      const answer = await answersHttp(t, port)
      if (answer !== closed) t.note(`port ${port} shows figures to strangers: ${answer}`)
    }
    for (const [port, answer] of found) t.expect(`port ${port}`, answer, equals(closed))
  },
})

const closed = 'closed, or nothing internal'

async function greets(t: CheckContext, port: number): Promise<string> {
  const client = await attempt(
    (async () => {
      const endpoint = await t.endpoint('smtp', new URL(webAddress(t, '/')).hostname, port, 'none')
      return (await t.submission(undefined, { endpoint, raw: true })).client
    })(),
  )
  if (client instanceof WireError || client.greeting.code !== 220) return closed
  return `takes mail: ${client.greeting.code} ${client.greeting.text}`.slice(0, 120)
}

async function answersHttp(t: CheckContext, port: number): Promise<string> {
  const url = new URL(webAddress(t, '/metrics'))
  url.protocol = 'http:'
  url.port = String(port)
  const answer = await attempt(t.https.request(url.href))
  if (answer instanceof WireError) return closed
  const tells = answer.status === 200 && /^[a-z_:][\w:]*(\{[^}\n]{0,500}\})? [-+]?\d/im.test(answer.text())
  // The delivery service takes POST on any path and says so.
  const deliveries = port === 10_082 && answer.status === 405
  return tells || deliveries ? `answers HTTP with status ${answer.status}` : closed
}
