// What a recipient learns of the other recipients: nothing that only the envelope says.
import { check, observation } from '../../harness/check/define.ts'
import { accepted, holds, satisfies } from '../../harness/check/matchers.ts'
import type { Delivered } from '../../harness/check/types.ts'
import { latin1 } from '../../harness/mail/octets.ts'
import { headerValues } from '../../harness/mail/parse.ts'

export const hidesOtherRecipients = check({
  id: 'sender/hides-other-recipients',
  requirement: 'sender.hides-other-recipients',
  title: 'shows a recipient nothing of the others who are only in the envelope',
  profile: 'list',
  needs: { accounts: 3, messages: 1 },
  async run(t) {
    const [alice, bob, carol] = await t.accounts(3)
    const smtp = await t.submission(alice)
    const mail = await t.mail.encrypted(alice, [bob, carol])
    t.control('a message to two is accepted', await smtp.send(mail), accepted, {
      coveredBy: 'encryption/accepts-pkesk-v6-seipd-v2',
    })
    for (const [name, reader, other] of [
      ['first', bob, carol],
      ['second', carol, bob],
    ] as const) {
      const inbox = t.inbox(reader)
      const there = await t.eventually<readonly Delivered[]>(`the ${name} recipient gets it`, () => inbox.minted(), holds(mail), {
        control: true,
      })
      t.expect(`the copy of the ${name} recipient`, there, withoutAddress(other.address))
    }
  },
})

function withoutAddress(address: string) {
  return satisfies<readonly Delivered[]>(
    'without the address of the other',
    (copies) => copies.every(({ bytes }) => !latin1(bytes).toLowerCase().includes(address.toLowerCase())),
    (copies) => linesWith(copies, address).join(' / ') || 'no line with it',
  )
}

function linesWith(copies: readonly Delivered[], address: string): readonly string[] {
  return copies
    .flatMap(({ bytes }) => latin1(bytes).split('\r\n'))
    .filter((line) => line.toLowerCase().includes(address.toLowerCase()))
    .slice(0, 3)
}

export const bccHeader = observation({
  id: 'sender/keeps-bcc-header',
  requirement: 'sender.bcc-header',
  title: 'keeps or removes a Bcc header',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    const mail = await t.mail.encrypted(alice, bob, { headers: { Bcc: '<hidden@nowhere.invalid>' } })
    const outcome = await smtp.send(mail)
    if (!outcome.accepted) return t.observe('refused')
    const inbox = t.inbox(bob)
    const there = await t.eventually<readonly Delivered[]>('it arrives', () => inbox.minted(), holds(mail), { control: true })
    const kept = there.some(({ bytes }) => headerValues(bytes, 'Bcc').length > 0)
    t.observe(kept ? 'kept' : 'removed')
  },
})
