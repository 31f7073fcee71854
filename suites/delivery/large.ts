// Large messages: a photo or a short film must come through, and how fast it does is worth knowing.
import { check } from '../../harness/check/define.ts'
import { accepted, satisfies } from '../../harness/check/matchers.ts'
import type { Check, CheckContext, Needs } from '../../harness/check/types.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { pkeskV6, seipdV2, writePackets } from '../../harness/mail/packets.ts'
import { blameNobodyForSlowLine, finds } from './scene.ts'

const megabyte = 1_000_000

/** Random octets in place of the ciphertext: encrypting so much would only measure us. Armour adds a good third. */
export function largeMail(t: CheckContext, from: string, to: string, octets: number): Mail {
  const packets = writePackets([pkeskV6(t.mail.random), seipdV2(t.mail.random, Math.floor((octets / 4) * 2.9))])
  return t.mail.armoured(from, to, packets)
}

async function bringsThrough(t: CheckContext, megabytes: number): Promise<void> {
  const [alice, bob] = await t.accounts(2)
  const mail = largeMail(t, alice.address, bob.address, megabytes * megabyte)
  const smtp = await t.submission(alice)
  const offered = Number(smtp.client.extensions.get('SIZE') ?? 0)
  const limit = offered > 0 ? offered : t.host.policy.messageBytes.value
  // Of a small limit its own rule tells; what is over it cannot be expected to pass.
  if (mail.bytes.length > limit) t.unsupported(`the server takes messages up to ${limit} octets`)
  const started = t.now()
  const outcome = await smtp.send(mail)
  blameNobodyForSlowLine(t, outcome)
  t.expect('the message is accepted', outcome, accepted)
  if (!outcome.accepted) return
  const sent = t.now()
  const same = finds(t, bob, ({ messageId }) => messageId === mail.messageId)
  const wanted = Buffer.from(mail.payload ?? '')
  type Got = Awaited<ReturnType<typeof same>>
  const isWhole = (got: Got): boolean => got !== undefined && Buffer.from(got.bytes).includes(wanted)
  const whole = satisfies<Got>(`the message with its ${wanted.length} octets of armour`, isWhole, (got) => {
    if (got === undefined) return 'no such message'
    return isWhole(got) ? 'it' : `one of ${got.bytes.length} octets that differs`
  })
  // Quotas and filters may take their time with megabytes.
  await t.eventually('it arrives whole', same, whole, { within: t.host.timing.arrival * (megabytes > 1 ? 2 : 1) })
  const speed = (from: number, to: number) => mail.bytes.length / megabyte / Math.max(0.001, (to - from) / 1_000)
  t.measure(`large.${megabytes}`, `${megabytes} MB message, from submission to fetched`, 'MB/s', [
    speed(started, t.now()),
  ])
  t.note(`submitted at ${speed(started, sent).toFixed(1)} MB/s`)
}

const oneMegabyte = check({
  id: 'delivery/delivers-message-of-1-mb',
  requirement: 'delivery.delivers-large-messages',
  title: 'delivers a message of 1 MB whole',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  run: (t) => bringsThrough(t, 1),
})

const fiveMegabytes = larger(5, {})
const twentyFiveMegabytes = larger(25, { cost: 'bulk', deadline: 300_000 })

function larger(megabytes: number, needs: Needs): Check {
  return check({
    id: `delivery/delivers-message-of-${megabytes}-mb`,
    requirement: 'delivery.delivers-very-large-messages',
    title: `delivers a message of ${megabytes} MB whole`,
    profile: 'full',
    needs: { accounts: 2, messages: 1, ...needs },
    run: (t) => bringsThrough(t, megabytes),
  })
}

export const largeChecks = [oneMegabyte, fiveMegabytes, twentyFiveMegabytes]
