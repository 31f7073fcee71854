import { expect, it } from 'vitest'
import type { SmtpOutcome } from '../harness/clients/smtp.ts'
import { treatment } from './treatment.ts'

const outcome = (code?: number): SmtpOutcome => ({
  accepted: code === 250,
  stage: 'DATA',
  recipients: [],
  times: { started: 0, ended: 1 },
  ...(code === undefined ? {} : { reply: { code, lines: ['text'], text: 'text' } }),
})

it.each([
  [250, 'accepted'],
  [523, 'refused'],
  // A milter that is down: it says nothing of the message.
  [451, undefined],
  [undefined, undefined],
])('is told by the reply %s: %s', (code, seen) => {
  expect(treatment(outcome(code))).toBe(seen)
})
