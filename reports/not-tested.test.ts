import { expect, it } from 'vitest'
import type { Finding } from '../harness/result/schema.ts'
import { byReason } from './not-tested.ts'

const finding = (check: string, reason: string): Finding => ({ check, reason, verdict: 'inconclusive' }) as Finding

it('groups what differs only in when a server said it, and how long it took', () => {
  const said = (time: string, took: string) =>
    `INBOX can be selected; got NO Internal error occurred. [2026-11-26 ${time}] (${took} secs).`
  const groups = byReason([
    finding('imap/a', said('22:03:15', '0.001 + 0.000')),
    finding('imap/b', said('22:03:18', '0.004 + 0.000 + 0.003')),
    finding('imap/c', 'the port 143 is closed'),
    finding('imap/d', 'the port 993 is closed'),
    finding('sender/a', 'a message is refused; got 250 OK id=1xWgow-0006ID-0S'),
    finding('sender/b', 'a message is refused; got 250 OK id=1xWgow-0006II-0e'),
    finding('sender/c', 'a message is refused; got 250 2.0.0 Ok: queued as 3376B9C0493'),
  ])
  expect(groups.map(([, { length }]) => length)).toEqual([2, 1, 1, 2, 1])
  expect(groups[0]?.[0]).toContain('22:03:15')
})
