// Who gets a message: everybody it is addressed to, once, however the address is written.
import { check } from '../../harness/check/define.ts'
import { accepted, atLeast, attempt, holds, holdsExactly, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { carries, deliver } from './scene.ts'

async function reachesAll(t: CheckContext, recipients: number): Promise<void> {
  const [sender, ...group] = await t.accounts(recipients + 1)
  if (!sender) throw new Error('no sender')
  const mail = await t.mail.encrypted(sender, sender, { envelopeTo: group })
  const smtp = await t.submission(sender)
  const outcome = await smtp.send(mail)
  t.control('the message is accepted', outcome, accepted)
  const refused = outcome.recipients.filter(({ reply }) => reply.code >= 300).length
  t.control(
    'all recipients are accepted',
    refused,
    satisfies(
      'none refused',
      (count) => count === 0,
      (count) => `${count} refused`,
    ),
  )
  // One wait for all: a hundred times the arrival time would be no wait but a siege.
  const have = async () => {
    const inboxes = await Promise.all(group.map((member) => t.inbox(member).minted()))
    return inboxes.filter((mails) => mails.some(({ messageId }) => messageId === mail.messageId)).length
  }
  await t.eventually(`recipients who have it, of ${recipients}`, have, atLeast(recipients))
}

const reachesEveryRecipient = check({
  id: 'delivery/reaches-every-recipient',
  requirement: 'delivery.reaches-every-recipient',
  title: 'brings a message to each of three recipients',
  profile: 'list',
  needs: { accounts: 4, messages: 1 },
  run: (t) => reachesAll(t, 3),
})

const reachesGroupOfTen = check({
  id: 'delivery/reaches-group-of-ten',
  requirement: 'delivery.reaches-every-recipient',
  title: 'brings a message to each of ten recipients',
  profile: 'full',
  needs: { accounts: 11, messages: 1 },
  run: (t) => reachesAll(t, 10),
})

const reachesGroupOfHundred = check({
  id: 'delivery/reaches-group-of-hundred',
  requirement: 'delivery.reaches-every-recipient',
  title: 'brings a message to each of a hundred recipients',
  profile: 'full',
  needs: { accounts: 101, messages: 1, cost: 'bulk', deadline: 180_000 },
  run: (t) => reachesAll(t, 100),
})

const deliversToSelf = check({
  id: 'delivery/delivers-to-self',
  requirement: 'delivery.delivers-to-self',
  title: 'brings users what they send to themselves, alone or beside others',
  profile: 'list',
  needs: { accounts: 2, messages: 2 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const alone = await t.mail.encrypted(alice, alice)
    const beside = await t.mail.encrypted(alice, [bob, alice])
    const smtp = await deliver(t, alice, alone)
    t.control('the message to both is accepted', await smtp.send(beside), accepted)
    await t.eventually('the other recipient has it', () => t.inbox(bob).minted(), holds(beside), { control: true })
    await t.eventually('the sender has both', () => t.inbox(alice).minted(), holds(alone, beside))
  },
})

const deliversOnce = check({
  id: 'delivery/delivers-once-to-repeated-recipient',
  requirement: 'delivery.delivers-once-to-repeated-recipient',
  title: 'brings one copy to a recipient who is named twice',
  profile: 'list',
  needs: { accounts: 2, messages: 2 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const mail = await t.mail.encrypted(alice, bob, { envelopeTo: [bob, bob] })
    const sentinel = await t.mail.encrypted(alice, bob)
    const smtp = await deliver(t, alice, mail)
    t.control('the next message is accepted', await smtp.send(sentinel), accepted)
    await t.eventually('both arrive', () => t.inbox(bob).minted(), holds(mail, sentinel), { control: true })
    t.expect('each is there once', await t.inbox(bob).minted(), holdsExactly(mail, sentinel))
  },
})

const deliversSameMessageToMore = check({
  id: 'delivery/delivers-same-message-to-more-recipients',
  requirement: 'delivery.delivers-same-message-to-more-recipients',
  title: 'brings the same message to further recipients in a second transaction',
  profile: 'list',
  needs: { accounts: 3, messages: 2 },
  async run(t) {
    const [alice, bob, carol] = await t.accounts(3)
    const mail = await t.mail.encrypted(alice, [bob, carol])
    const smtp = await t.submission(alice)
    // Neither the recipients of a transaction given up nor those who have had a message get what comes next.
    for (const line of [`MAIL FROM:<${alice.address}>`, `RCPT TO:<${carol.address}>`, 'RSET'])
      await attempt(smtp.client.command(line))
    const first = { ...mail, envelope: { from: alice.address, to: [bob.address] } }
    t.control('the message is accepted', await smtp.send(first), accepted)
    const again = { ...mail, envelope: { from: alice.address, to: [carol.address] } }
    t.expect('the same octets are accepted again', await smtp.send(again), accepted)
    await t.eventually('the first recipient has it', () => t.inbox(bob).minted(), holds(mail), { control: true })
    await t.eventually('the second recipient has it', () => t.inbox(carol).minted(), holds(mail))
    t.expect('the first recipient has it once', await t.inbox(bob).minted(), holdsExactly(mail))
    t.expect('the second recipient has it once', await t.inbox(carol).minted(), holdsExactly(mail))
  },
})

const foldsRecipientCase = check({
  id: 'delivery/folds-recipient-case',
  requirement: 'delivery.folds-recipient-case',
  title: 'knows a recipient in capital letters',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const mail = await t.mail.encrypted(alice, bob, { envelopeTo: bob.address.toUpperCase() })
    const smtp = await t.submission(alice)
    t.expect('the message is accepted', await smtp.send(mail), accepted)
    await t.eventually('it arrives', () => t.inbox(bob).minted(), holds(mail))
  },
})

const deliversPlusAddresses = check({
  id: 'delivery/delivers-plus-addresses',
  requirement: 'delivery.delivers-plus-addresses',
  title: 'brings mail for user+tag to the user',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const address = bob.address.replace('@', '+tag@')
    const mail = await t.mail.encrypted(alice, bob, { envelopeTo: address })
    const smtp = await t.submission(alice)
    const outcome = await smtp.send(mail)
    if (outcome.stage === 'RCPT' && !outcome.accepted && outcome.reply) t.unsupported('plus addresses are refused')
    t.control('the message is accepted', outcome, accepted)
    const fates = async () => {
      if ((await t.inbox(bob).minted()).some(carries(mail))) return 'arrives'
      return (await t.inbox(alice).all()).length > 0 ? 'is returned' : 'is nowhere'
    }
    await t.eventually('the message arrives, or its sender is told', fates, reachesSomebody)
    if ((await fates()) === 'is returned') t.unsupported('mail for a plus address is returned to its sender')
  },
})

const reachesSomebody = satisfies<string>(
  'arrives, or is returned',
  (fate) => fate !== 'is nowhere',
  (fate) => fate,
)

export const recipientChecks = [
  reachesEveryRecipient,
  reachesGroupOfTen,
  reachesGroupOfHundred,
  deliversToSelf,
  deliversOnce,
  deliversSameMessageToMore,
  foldsRecipientCase,
  deliversPlusAddresses,
]
