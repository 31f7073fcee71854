// What Delta Chat learns from a server, how fast they are together, and what it makes of the server's refusals.
import { check } from '../../harness/check/define.ts'
import { atMost, isTrue, type Matcher, matchesText, satisfies } from '../../harness/check/matchers.ts'
import { announced } from '../calls/relay.ts'
import { noLimit, storageOf } from '../quota.ts'
import { arrived, devices, friends, happened, say, type Taken, taken, text, told, withCore } from './scene.ts'

/** Samples that decide a median well enough, and stay within the burst that relays allow. */
const latencySamples = 9
const latencyLimitMs = 1_000

const arrivesQuickly = check({
  id: 'deltachat/arrives-quickly',
  requirement: 'deltachat.arrives-quickly',
  title: 'takes less than a second from one Delta Chat to the other',
  profile: 'full',
  needs: { ...withCore, accounts: 2, messages: latencySamples + 2, deadline: 120_000 },
  async run(t) {
    const two = await friends(t)
    // The first one connects over SMTP.
    await told(t, two)
    const samples: (number | null)[] = []
    for (let n = 0; samples.length < latencySamples && n < 2 * latencySamples; n++) {
      // Both ways, so that each sender keeps within its allowance.
      const [from, to, chat] = n % 2 === 0 ? [two.alice, two.bob, two.aliceChat] : [two.bob, two.alice, two.bobChat]
      const words = text(t, `sample ${n}`)
      const started = t.now()
      const [{ taken: how }, shown] = await Promise.all([
        say(from, chat, words),
        to.message((message) => message.text === words, { within: 4 * latencyLimitMs }),
      ])
      // Throttled, and therefore no sample of anything.
      if (how === 'late') continue
      samples.push(shown ? shown.at - started : null)
      if (samples.filter((sample) => sample === null || sample > latencyLimitMs).length > latencySamples / 2) break
    }
    t.measure('deltachat', 'Delta Chat to Delta Chat', 'ms', samples)
    t.note('floor of the client: 55 to 85 ms, 3.5 to 4 round trips of the sender and 3.5 of the reader')
    if (samples.length < 3) t.inconclusive('throttled: the server took too few messages at once')
    const ordered = samples.map((sample) => sample ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
    const median = ordered[Math.floor(ordered.length / 2)] ?? Number.POSITIVE_INFINITY
    t.expect('the median of them', Math.round(median), atMost(latencyLimitMs, ' ms'))
  },
})

const showsQuota = check({
  id: 'deltachat/shows-quota',
  requirement: 'deltachat.shows-quota',
  title: 'lets Delta Chat show how full the mailbox is',
  profile: 'full',
  needs: { ...withCore, accounts: 1 },
  async run(t) {
    const accounts = await t.accounts(1)
    const imap = await t.imap(accounts[0])
    await imap.capability()
    if (!imap.capabilities.has('QUOTA')) t.unsupported('QUOTA is not in the capability list')
    if ((await storageOf(imap)).unlimited) t.unsupported(noLimit)
    const [device] = await devices(t, accounts)
    if (!device) return
    const page = plain(await device.rpc.getConnectivityHtml(device.id))
    t.expect('its page Connectivity', page, matchesText(/\d+ \w+ of \d[\d.]* \w+ used/, 'so much of so much used'))
  },
})

const showsContactOfOperator = check({
  id: 'deltachat/shows-contact-of-operator',
  requirement: 'deltachat.shows-contact-of-operator',
  title: 'tells Delta Chat whom to write to about the server',
  profile: 'full',
  needs: { ...withCore, accounts: 1 },
  async run(t) {
    const [device] = await devices(t, await t.accounts(1))
    if (!device) return
    const { imap_server_admin: admin } = await device.rpc.getInfo(device.id)
    if (admin === undefined || /unset|not set|^""?$|None/.test(admin)) t.unsupported('no /shared/admin')
    t.expect('the contact', admin, matchesText(/mailto:[^@\s]+@[^@\s]+|https:/, 'a mailto: or https: link'))
  },
})

const offersCallRelay = check({
  id: 'deltachat/offers-call-relay',
  requirement: 'deltachat.offers-call-relay',
  title: 'gives Delta Chat a relay of its own for calls',
  profile: 'full',
  needs: { ...withCore, accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const value = await announced(t, account)
    const [device] = await devices(t, [account])
    if (!device) return
    const servers = callServers(await device.rpc.iceServers(device.id))
    // Delta Chat looks names up by itself, past us: where that fails it has none, and the server is not to blame.
    const [name = ''] = value.split(':', 1)
    if (servers.length === 0 && !/^[\d.]+$/.test(name)) t.inconclusive(`Delta Chat found no address for ${name}`)
    const own = value.split(':').at(-2) ?? ''
    t.expect(
      'the relay is among those that Delta Chat would use',
      servers.some(({ username = '', credential }) => sameUser(username, own) || value.endsWith(`:${credential}`)),
      isTrue,
    )
  },
})

/** A name made for each one who asks is the time at which it expires, which moves on from one question to the next. */
function sameUser(a: string, b: string): boolean {
  const isTime = (text: string) => /^\d{9,11}$/.test(text)
  return a !== '' && (a === b || (isTime(a) && isTime(b) && Math.abs(Number(a) - Number(b)) < sameQuestionS))
}

/** Seconds between our own question and that of Delta Chat, at most. */
const sameQuestionS = 3_600

interface CallServer {
  readonly username?: string
  readonly credential?: string
}

function callServers(json: string): readonly CallServer[] {
  const list: unknown = JSON.parse(json)
  return Array.isArray(list) ? list.filter((one): one is CallServer => typeof one === 'object' && one !== null) : []
}

const showsRefusals = check({
  id: 'deltachat/shows-refusals',
  requirement: 'deltachat.shows-refusals',
  title: 'refuses for good, so that Delta Chat shows the message as failed',
  profile: 'full',
  needs: { ...withCore, accounts: 2, messages: 2 },
  async run(t) {
    const [alice, bob] = await devices(t, await t.accounts(2))
    if (!alice || !bob) return
    // Without a key of the other one the message goes out unencrypted, which a chatmail server does not take.
    await alice.rpc.setConfig(alice.id, 'force_encryption', '0')
    const contact = await alice.rpc.createContact(alice.id, bob.address, null)
    const chat = await alice.rpc.createChatByContactId(alice.id, contact)
    const sent = await alice.rpc.miscSendTextMessage(alice.id, chat, text(t, 'in clear'))
    const failed = alice.event('MsgFailed', { fits: ({ msgId }) => msgId === sent })
    const taken = alice.event('MsgDelivered', { fits: ({ msgId }) => msgId === sent })
    const first = await Promise.race([failed, taken])
    t.control('it does not take the message', first?.event.kind ?? 'no reply', refused, {
      coveredBy: 'encryption/refuses-cleartext',
    })
    t.expect('the message shows as failed', await failed, happened)
    const { error } = await alice.rpc.getMessage(alice.id, sent)
    t.expect('and why', error ?? '', matchesText(/\d{3}|error/i, 'the reply of the server'))
  },
})

const refused: Matcher<string> = satisfies('no 250', (kind) => kind !== 'MsgDelivered')

const defersOverRate = check({
  id: 'deltachat/defers-over-rate',
  requirement: 'deltachat.defers-over-rate',
  title: 'puts off what is sent too fast, and takes it later',
  profile: 'full',
  needs: { ...withCore, accounts: 2, messages: 20, deadline: 60_000 },
  async run(t) {
    const { alice, bob, aliceChat } = await friends(t)
    const count = Math.min(30, t.host.policy.sendBurst.value + 4)
    let [last, how]: [string, Taken] = ['', 'at once']
    for (let n = 1; n <= count && how === 'at once'; n++) {
      last = text(t, `hurry ${n}`)
      how = (await say(alice, aliceChat, last)).taken
    }
    if (how === 'at once') t.note(`${count} messages in a row met no limit`)
    t.expect('the last one is taken in the end', how, taken)
    if (how === 'refused' || how === 'never') return
    t.expect('and comes', await bob.message((message) => message.text === last), arrived)
  },
})

/** Without tags and styles. */
function plain(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

export const connectionChecks = [
  arrivesQuickly,
  showsQuota,
  showsContactOfOperator,
  offersCallRelay,
  showsRefusals,
  defersOverRate,
]
