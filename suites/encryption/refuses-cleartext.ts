// A message that is not encrypted must not get in: refused for good, and not delivered all the same.
import { check } from '../../harness/check/define.ts'
import { accepted, code, codeClass, holds, holdsExactly, refusedOrClosed } from '../../harness/check/matchers.ts'

const ordinary = { coveredBy: 'encryption/accepts-pkesk-v6-seipd-v2' }

export const refusesCleartext = check({
  id: 'encryption/refuses-cleartext',
  requirement: 'encryption.refuses-cleartext',
  title: 'refuses a message whose body is not encrypted',
  needs: { accounts: 2, messages: 2 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    const cleartext = t.mail.cleartext(alice, bob)
    const sentinel = await t.mail.encrypted(alice, bob)

    const refusal = await smtp.send(cleartext)
    t.control('an encrypted message is accepted', await smtp.send(sentinel), accepted, ordinary)
    t.expect('the cleartext one is refused', refusal, code(523), { tolerate: refusedOrClosed })
    await t.eventually('the encrypted one arrives', () => t.inbox(bob).minted(), holds(sentinel), { control: true })
    t.expect('only the encrypted one arrives', await t.inbox(bob).minted(), holdsExactly(sentinel))
  },
})

export const refusesForGood = check({
  id: 'encryption/refuses-for-good',
  requirement: 'encryption.refuses-for-good',
  title: 'refuses cleartext with a code that clients do not try again on',
  profile: 'list',
  needs: { accounts: 2, messages: 2 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    t.control(
      'an encrypted message is accepted',
      await smtp.send(await t.mail.encrypted(alice, bob)),
      accepted,
      ordinary,
    )
    const refusal = await smtp.send(t.mail.cleartext(alice, bob))
    t.control('cleartext is refused by a reply', refusal, codeClass(4, 5), {
      coveredBy: 'encryption/refuses-cleartext',
    })
    t.expect('the refusal is permanent', refusal, codeClass(5))
  },
})

export const deliversNothingRefused = check({
  id: 'encryption/delivers-nothing-it-refused',
  requirement: 'encryption.delivers-nothing-refused',
  title: 'delivers a refused message to none of its recipients',
  profile: 'list',
  needs: { accounts: 3, messages: 2 },
  async run(t) {
    const [alice, bob, carol] = await t.accounts(3)
    const smtp = await t.submission(alice)
    const cleartext = t.mail.cleartext(alice, [bob, carol])
    t.control('cleartext is refused', await smtp.send(cleartext), refusedOrClosed, {
      coveredBy: 'encryption/refuses-cleartext',
    })
    const later = smtp.client.closed ? await t.submission(alice) : smtp
    const sentinel = await t.mail.encrypted(alice, [bob, carol])
    t.control('an encrypted message is accepted', await later.send(sentinel), accepted, ordinary)
    for (const [name, account] of [
      ['first', bob],
      ['second', carol],
    ] as const) {
      const inbox = t.inbox(account)
      await t.eventually(`the ${name} recipient gets the encrypted one`, () => inbox.minted(), holds(sentinel), {
        control: true,
      })
      t.expect(`the ${name} recipient gets nothing else`, await inbox.minted(), holdsExactly(sentinel))
    }
  },
})
