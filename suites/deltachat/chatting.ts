// What two people do in a chat: texts, reactions, receipts, edits, deletions.
import { check } from '../../harness/check/define.ts'
import { equals } from '../../harness/check/matchers.ts'
import { arrived, friends, happened, say, taken, text, told, withCore } from './scene.ts'

const requirement = 'deltachat.carries-chat' as const
const needs = { ...withCore, accounts: 2 }

const carriesTexts = check({
  id: 'deltachat/carries-texts',
  requirement,
  title: 'brings texts to the other side, both ways, as they were written',
  profile: 'full',
  needs: { ...needs, messages: 4 },
  async run(t) {
    const { alice, bob, aliceChat, bobChat } = await friends(t)
    // A lone dot ends a message of SMTP, where a client or server forgets to double it.
    const texts = [text(t, 'hello'), '.', text(t, 'Grüße, 你好, 😀\n.\n..\nFrom here on'), text(t, 'x'.repeat(900))]
    for (const [at, words] of texts.entries()) {
      const [from, to, chat] = at % 2 === 0 ? [alice, bob, aliceChat] : [bob, alice, bobChat]
      const since = to.seen.length
      t.expect(`text ${at + 1} of ${texts.length}, at the server`, (await say(from, chat, words)).taken, taken)
      const shown = await to.message((message) => message.text === words, { from: since })
      t.expect(`text ${at + 1} of ${texts.length}, at the other side`, shown, arrived)
      if (!shown) return
    }
  },
})

const carriesReactions = check({
  id: 'deltachat/carries-reactions',
  requirement,
  title: 'brings a reaction to the author of a message',
  profile: 'full',
  needs: { ...needs, messages: 3 },
  async run(t) {
    const two = await friends(t)
    const { received, sent } = await told(t, two)
    await two.bob.rpc.sendReaction(two.bob.id, received.id, ['👍'])
    const seen = await two.alice.event('IncomingReaction', { fits: ({ msgId }) => msgId === sent })
    t.expect('the reaction', seen?.event.reaction, equals<string | undefined>('👍'))
  },
})

const carriesReceipts = check({
  id: 'deltachat/carries-receipts',
  requirement,
  title: 'tells the author that a message was read',
  profile: 'full',
  needs: { ...needs, messages: 3 },
  async run(t) {
    const two = await friends(t)
    const { received, sent } = await told(t, two)
    await two.bob.rpc.markseenMsgs(two.bob.id, [received.id])
    t.expect('the receipt', await two.alice.event('MsgRead', { fits: ({ msgId }) => msgId === sent }), happened)
  },
})

const carriesEdits = check({
  id: 'deltachat/carries-edits',
  requirement,
  title: 'brings the new text of an edited message',
  profile: 'full',
  needs: { ...needs, messages: 3 },
  async run(t) {
    const two = await friends(t)
    const { received, sent } = await told(t, two)
    const words = text(t, 'edited')
    await two.alice.rpc.sendEditRequest(two.alice.id, sent, words)
    const shown = await two.bob.message((message) => message.id === received.id && message.text === words)
    t.expect('the new text', shown, arrived)
  },
})

const carriesDeletions = check({
  id: 'deltachat/carries-deletions',
  requirement,
  title: 'deletes a message for all when its author does',
  profile: 'full',
  needs: { ...needs, messages: 3 },
  async run(t) {
    const two = await friends(t)
    const { received, sent } = await told(t, two)
    await two.alice.rpc.deleteMessagesForAll(two.alice.id, [sent])
    const gone = await two.bob.event('MsgDeleted', { fits: ({ msgId }) => msgId === received.id })
    t.expect('the deletion', gone, happened)
  },
})

export const chattingChecks = [carriesTexts, carriesReactions, carriesReceipts, carriesEdits, carriesDeletions]
