// Tests of the From rule.
import { expect, test } from 'vitest'
import { conformingSubmission, type SubmissionBehaviour } from '../behaviour/submission.ts'
import { firstAddress, judgeFrom } from './from.ts'
import { parseHeaders } from './mime.ts'

const me = 'alice1234@chat.test'

test.each([
  ['a@b.c', 'a@b.c'],
  ['<a@b.c>', 'a@b.c'],
  ['"x@y.z" <a@b.c>', 'a@b.c'],
  ['x@y.z <a@b.c>', 'a@b.c'],
  ['"a \\" <x@y.z>" <a@b.c>', 'a@b.c'],
  ['(x@y.z) a@b.c (more)', 'a@b.c'],
  ['Group: a@b.c, d@e.f;', 'a@b.c'],
  ['a@b.c, d@e.f', 'a@b.c'],
  ['=?utf-8?q?x=40y.z?= <a@b.c>', 'a@b.c'],
  ['nobody', undefined],
  ['', undefined],
  ['<>', undefined],
])('the first address of %s is %s', (value, address) => expect(firstAddress(value)).toBe(address))

function judgeLines(lines: readonly string[], rules: Partial<SubmissionBehaviour> = {}): boolean {
  const headers = parseHeaders(Buffer.from(`${lines.join('\r\n')}\r\n`))
  return judgeFrom(headers, me, { ...conformingSubmission, ...rules }) === undefined
}

test('one may send as oneself, whatever the display name and the case', () => {
  expect(judgeLines([`From: <${me}>`])).toBe(true)
  expect(judgeLines([`FROM: "ceo@bank.example"\r\n <${me.toUpperCase()}>`])).toBe(true)
})

test('nobody may send as another, without From, or with another one first', () => {
  expect(judgeLines(['From: bob@chat.test'])).toBe(false)
  expect(judgeLines(['Subject: x'])).toBe(false)
  expect(judgeLines(['From: nonsense'])).toBe(false)
  expect(judgeLines(['From: bob@chat.test', `From: ${me}`])).toBe(false)
  expect(judgeLines([`From: "${me}" <bob@chat.test>`])).toBe(false)
})

test('each mistake lets its own trick through', () => {
  expect(judgeLines(['From: bob@chat.test'], { headerFrom: 'unchecked' })).toBe(true)
  expect(judgeLines(['From: bob@chat.test'], { headerFrom: 'same-domain' })).toBe(true)
  expect(judgeLines(['Subject: x'], { missingFrom: 'accept' })).toBe(true)
  expect(judgeLines(['From: bob@chat.test', `From: ${me}`], { headerFrom: 'last' })).toBe(true)
  expect(judgeLines([`From: bob@chat.test, ${me}`], { headerFrom: 'any' })).toBe(true)
  expect(judgeLines([`From: "${me}" <bob@chat.test>`], { headerFrom: 'display-name' })).toBe(true)
  expect(judgeLines([`From: bob+${me}.evil.example`], { headerFrom: 'substring' })).toBe(true)
  expect(judgeLines(['From: bob@chat.test', `Sender: ${me}`], { trustsSenderHeader: true })).toBe(true)
  expect(judgeLines([`From: ${me}`, 'From: bob@chat.test'], { twoFroms: 'refuse' })).toBe(false)
})
