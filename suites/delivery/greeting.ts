// What a new connection waits for before anybody has asked for anything: a look, not a judgement.
import { observation } from '../../harness/check/define.ts'
import { diagnose } from '../../harness/timeline/diagnose.ts'
import { networkRoundTrip, type Timeline } from '../../harness/timeline/timeline.ts'

const connections = 4

export const waitsBeforeGreeting = observation({
  id: 'delivery/waits-before-greeting',
  requirement: 'delivery.greets-at-once',
  title: 'how long a new connection waits to be greeted',
  profile: 'list',
  needs: { alone: true },
  async run(t) {
    const sessions: Timeline[] = []
    const connects: number[] = []
    for (let n = 0; n < connections; n++) {
      const { client } = await t.submission()
      const imap = await t.imap()
      sessions.push({ stages: client.stages, reader: imap.stages })
      connects.push(client.times.tcp, imap.times.tcp)
    }
    const roundTrip = networkRoundTrip(connects)
    const { advice } = diagnose(sessions, { sender: roundTrip, reader: roundTrip })
    const held = advice.find(({ id }) => id === 'delayed-ack')
    const slow = advice.find(({ id }) => id === 'slow-greeting' || id === 'slow-ehlo')
    if (held) t.observe('about 40 ms, as by a delayed ACK')
    else t.observe(slow ? 'longer than 100 ms' : 'not at all')
    for (const { text, fix } of advice) t.note(`${text}. ${fix.any ?? ''}`)
  },
})
