// The relay for realtime channels of apps in chats, which METADATA names by a URL.
import { check } from '../../harness/check/define.ts'
import { attempt, imapOk, satisfies } from '../../harness/check/matchers.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { requireCapability } from '../imap/scene.ts'
import { absolute } from '../web-pages.ts'

const key = '/shared/vendor/deltachat/irohrelay'

/** What apps and older ones ask to see whether it is there; a relay has one of them at least. */
const probes = ['/ping', '/generate_204', '/relay/probe'] as const

const answers = check({
  id: 'calls/realtime-relay-answers',
  requirement: 'calls.realtime-relay-answers',
  title: 'the relay for realtime channels that METADATA names is there',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    await requireCapability(t, client, 'METADATA')
    const { reply, values } = await client.getMetadata('', [key])
    t.control('GETMETADATA of the relay', reply, imapOk, { coveredBy: 'imap/names-iroh-relay' })
    const relay = absolute(values.get(key) ?? '', 'about:blank') ?? ''
    if (relay === '') t.unsupported('no relay for realtime channels is named')
    const name = new URL(relay).hostname.replace(/^\[(.*)\]$/, '$1')
    const domain = t.host.domain.replace(/^\[(.*)\]$/, '$1')
    // The relay of somebody else is not ours to try.
    if (name !== domain && !name.endsWith(`.${domain}`)) t.unsupported(`names a relay of somebody else: ${name}`)
    const said: string[] = []
    for (const path of probes) {
      const answer = await attempt(t.https.request(new URL(path, relay).href))
      // Only a port that refuses is the host's own doing.
      if (answer instanceof WireError && answer.code !== 'refused') throw answer
      said.push(`${path} ${answer instanceof WireError ? answer.code : answer.status}`)
    }
    t.expect('answers to the probes of apps', said, oneIsThere)
  },
})

const oneIsThere = satisfies<readonly string[]>(
  'a 2xx status for one of them',
  (said) => said.some((each) => / 2\d\d$/.test(each)),
  (said) => said.join(', '),
)

export const realtimeChecks = [answers]
