// Delta Chat on two servers: from users of the one to users of the other. Runs in both directions.
import { check } from '../../harness/check/define.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { sendFile } from './content.ts'
import { securejoin } from './joining.ts'
import { arrived, devices, happened, say, taken, text, withCore } from './scene.ts'

const requirement = 'deltachat.reaches-other-servers' as const
const needs = { ...withCore, hosts: 2, accounts: 1, partnerAccounts: 1 } as const
/** A first message between two servers may wait for look-ups and for a second try. */
const patience = 2

/** One device on each host. */
async function neighbours(t: CheckContext) {
  const [[here], [there]] = await Promise.all([
    devices(t, await t.accounts(1)),
    devices(t, await t.partner.accounts(1), t.partner.host),
  ])
  if (!here || !there) throw new Error('an account on each host makes a device on each')
  return { here, there, within: patience * Math.max(t.host.timing.arrival, t.partner.host.timing.arrival) }
}

const joinsAcross = check({
  id: 'deltachat/joins-across',
  requirement,
  title: 'carries the securejoin handshake between users of two servers',
  profile: 'full',
  needs: { ...needs, messages: 4 },
  async run(t) {
    const { here, there } = await neighbours(t)
    await securejoin(t, here, there)
  },
})

const chatsAcross = check({
  id: 'deltachat/chats-across',
  requirement,
  title: 'brings texts and receipts between users of two servers',
  profile: 'full',
  needs: { ...needs, messages: 3 },
  async run(t) {
    const { here, there, within } = await neighbours(t)
    const [chatHere, chatThere] = await (await t.deltachat()).introduce(here, there)
    const words = text(t, 'hello over there')
    const started = t.now()
    const { id, taken: how } = await say(here, chatHere, words)
    t.expect('the server takes a text', how, taken)
    const shown = await there.message((message) => message.text === words, { within })
    t.expect('it arrives on the other server', shown, arrived)
    if (!shown) return
    t.measure('deltachat.across', `Delta Chat to Delta Chat, to ${t.partner.host.domain}`, 'ms', [shown.at - started])
    await there.rpc.markseenMsgs(there.id, [shown.message.id])
    const receipt = await here.event('MsgRead', { fits: ({ msgId }) => msgId === id, within })
    t.expect('its receipt', receipt, happened)
    if (!receipt) return
    const answer = text(t, 'hello back')
    t.expect('the other server takes the answer', (await say(there, chatThere, answer)).taken, taken)
    t.expect('the answer', await here.message((message) => message.text === answer, { within }), arrived)
  },
})

const groupAcross = check({
  id: 'deltachat/carries-group-across',
  requirement,
  title: 'brings a message to all members of a group, two of them on another server',
  profile: 'full',
  needs: { ...needs, accounts: 2, partnerAccounts: 2, messages: 2 },
  async run(t) {
    const deltachat = await t.deltachat()
    const [owner, friend] = await devices(t, await t.accounts(2))
    const others = await devices(t, await t.partner.accounts(2), t.partner.host)
    if (!owner || !friend) throw new Error('two accounts make two devices')
    const members = [friend, ...others]
    const group = await deltachat.group(owner, text(t, 'group'), members)
    const words = text(t, 'to all')
    t.expect('the server takes the message', (await say(owner, group, words)).taken, taken)
    const within = patience * t.partner.host.timing.arrival
    const shown = await Promise.all(members.map((one) => one.message(({ text }) => text === words, { within })))
    for (const [at, one] of shown.entries()) t.expect(`the message to member ${at + 1}`, one, arrived)
  },
})

const fileAcross = check({
  id: 'deltachat/carries-file-across',
  requirement,
  title: 'brings a file of 1 MB to a user of another server',
  profile: 'full',
  needs: { ...needs, messages: 2 },
  async run(t) {
    const { here, there } = await neighbours(t)
    const deltachat = await t.deltachat()
    const [chat] = await deltachat.introduce(here, there)
    const { path, content } = await deltachat.randomFile(1_000_000)
    await sendFile(t, { from: here, to: there, chat, path, content })
  },
})

export const acrossChecks = [joinsAcross, chatsAcross, groupAcross, fileAcross]
