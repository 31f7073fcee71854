// Octets that careless servers change: dots, letters beyond ASCII, long lines. Encrypted mail cannot carry them bare, so
// they travel in the one readable message that relays let users send: a setup message to oneself.
import { batch } from '../../harness/check/define.ts'
import { accepted, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckMeta, Delivered } from '../../harness/check/types.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { oddTexts } from '../../harness/mail/odd-texts.ts'
import { setupMessage } from '../../harness/mail/setup-message.ts'
import { sendersOf } from '../senders.ts'

// 'dot-before-998' is not among them: stuffed it is longer than a line may be, and servers may break it.
const kept = {
  'delivery/keeps-lone-dots': 'lone-dot',
  'delivery/keeps-leading-dots': 'leading-dots',
  'delivery/keeps-text-line-of-998': 'line-of-998',
  'delivery/keeps-8-bit-text': 'utf-8',
  'delivery/keeps-from-lines': 'from-line',
  'delivery/keeps-trailing-spaces': 'trailing-space',
  'delivery/keeps-blank-lines': 'blank-lines',
  'delivery/keeps-text-like-headers': 'looks-like-header',
  'delivery/keeps-control-characters': 'every-character',
} as const satisfies Record<string, keyof typeof oddTexts>

const members: readonly CheckMeta[] = Object.entries(kept).map(([id, text]) => ({
  id,
  requirement: 'delivery.keeps-odd-octets',
  title: `delivers unchanged: ${oddTexts[text].why}`,
  profile: 'full',
}))

export const oddTextBatch = batch({
  id: 'delivery/odd-texts',
  needs: { accounts: 1, messages: 1 },
  members,
  async run(t, selected) {
    const [alice] = await t.accounts(1)
    const senders = sendersOf(t, [alice])
    const probe = setupMessage(t.mail, alice)
    const first = await senders.send(alice, probe)
    if (!first.accepted && first.reply && first.reply.code >= 500)
      t.unsupported('setup messages to oneself are refused')
    t.control('a setup message to oneself is accepted', first, accepted)
    const sent = new Map<string, Mail>()
    for (const { id } of selected) {
      const member = t.member(id)
      const mail = setupMessage(t.mail, alice, { text: oddTexts[kept[id as keyof typeof kept]].text })
      const outcome = await senders.send(alice, mail)
      member.expect('it is accepted', outcome, accepted)
      if (outcome.accepted) sent.set(id, mail)
    }
    const there = async () => (await t.inbox(alice).minted()).length
    const all = satisfies<number>(`${sent.size + 1} messages`, (count) => count >= sent.size + 1, String)
    await t.eventually('all of them arrive', there, all, { control: true })
    const arrived = await t.inbox(alice).minted()
    for (const [id, mail] of sent) {
      const got = arrived.find(({ messageId }) => messageId === mail.messageId)
      t.member(id).expect('its text part', got, hasText(mail))
    }
  },
})

function hasText(mail: Mail): Matcher<Delivered | undefined> {
  // With what surrounds it, so that nothing is cut off or added at its ends.
  const wanted = Buffer.concat([Buffer.from('\r\n\r\n'), Buffer.from(mail.payload ?? ''), Buffer.from('\r\n--')])
  return satisfies(
    'the same octets',
    (got) => got !== undefined && Buffer.from(got.bytes).includes(wanted),
    (got) => (got === undefined ? 'no such message' : 'other octets'),
  )
}
