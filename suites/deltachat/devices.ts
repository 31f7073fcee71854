// Devices that come and go: a second one, one that was away, one whose connection broke.
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { check } from '../../harness/check/define.ts'
import { arrived, friends, happened, say, taken, text, withCore } from './scene.ts'

const servesSecondDevice = check({
  id: 'deltachat/serves-second-device',
  requirement: 'deltachat.serves-second-device',
  title: 'keeps two devices of one account in step',
  profile: 'full',
  needs: { ...withCore, accounts: 2, messages: 4 },
  async run(t) {
    const { deltachat, alice, bob, aliceChat, bobChat } = await friends(t)
    const folder = deltachat.newPath('backup')
    await mkdir(folder)
    await alice.rpc.stopIo(alice.id)
    await alice.rpc.exportBackup(alice.id, folder, null)
    const [backup] = await readdir(folder)
    if (backup === undefined) throw new Error('the core made no backup')
    const second = await deltachat.blank()
    await second.rpc.importBackup(second.id, join(folder, backup), null)
    // The backup brings the settings of the first device along.
    await second.rpc.batchSetConfig(second.id, { proxy_url: second.links.url, proxy_enabled: '1' })
    for (const device of [alice, second]) {
      const since = device.seen.length
      await device.rpc.startIo(device.id)
      t.control('the device is online', await device.event('ImapInboxIdle', { from: since }), happened, {
        coveredBy: 'deltachat/onboards-by-login',
      })
    }

    const incoming = text(t, 'to both')
    t.expect('the server takes a message to both', (await say(bob, bobChat, incoming)).taken, taken)
    const shown = await Promise.all([alice, second].map((one) => one.message(({ text }) => text === incoming)))
    t.expect('what comes in, on the first device', shown[0], arrived)
    t.expect('what comes in, on the second device', shown[1], arrived)

    const outgoing = text(t, 'from one')
    t.expect('the server takes a message of one', (await say(alice, aliceChat, outgoing)).taken, taken)
    t.expect('what one sent, on the other', await second.message(({ text }) => text === outgoing), arrived)
  },
})

const deliversWhatWaited = check({
  id: 'deltachat/delivers-what-waited',
  requirement: 'deltachat.delivers-what-waited',
  title: 'has the mail ready that came while the device was away',
  profile: 'full',
  needs: { ...withCore, accounts: 2, messages: 3 },
  async run(t) {
    const { alice, bob, aliceChat } = await friends(t)
    await bob.rpc.stopIo(bob.id)
    const texts = [1, 2, 3].map((n) => text(t, `waiting ${n}`))
    for (const words of texts) {
      const { taken: how } = await say(alice, aliceChat, words)
      t.control('the server has taken it', how, taken, { coveredBy: 'deltachat/carries-texts' })
    }
    await bob.rpc.startIo(bob.id)
    for (const words of texts) {
      const shown = await bob.message(({ text }) => text === words)
      t.expect(words, shown, arrived)
      if (!shown) return
    }
  },
})

const recoversConnection = check({
  id: 'deltachat/recovers-connection',
  requirement: 'deltachat.delivers-what-waited',
  title: 'gives Delta Chat everything after its connections broke',
  profile: 'full',
  needs: { ...withCore, accounts: 2, messages: 4 },
  async run(t) {
    const { deltachat, alice, bob, aliceChat, bobChat } = await friends(t)
    t.note(`core ${deltachat.version}; its connections are cut at our side`)
    for (const { links } of [alice, bob]) links.cut()
    const [words, back] = [text(t, 'written in a tunnel'), text(t, 'and back')]
    const sent = await alice.rpc.miscSendTextMessage(alice.id, aliceChat, words)
    const within = 2 * t.host.timing.arrival
    // As phones do when the network is back; without it core waits half a minute, for no fault of the server.
    alice.links.mend()
    await alice.rpc.maybeNetwork()
    const gone = await alice.event('MsgDelivered', { fits: ({ msgId }) => msgId === sent, within })
    t.control('it goes out', gone, happened, { coveredBy: 'deltachat/carries-texts' })
    // The reader comes back after it: only SELECT can tell him.
    bob.links.mend()
    await bob.rpc.maybeNetwork()
    const shown = await bob.message(({ text }) => text === words, { within })
    t.expect('what was written without a network', shown, arrived)
    if (!shown) return
    await bob.rpc.miscSendTextMessage(bob.id, bobChat, back)
    t.expect('the answer', await alice.message(({ text }) => text === back, { within }), arrived)
  },
})

export const deviceChecks = [servesSecondDevice, deliversWhatWaited, recoversConnection]
