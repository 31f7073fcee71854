import { expect, test } from 'vitest'
import { joinPolicy, parsePolicy } from './policy.ts'

const ini = `[params]
# a comment, with a = sign
mail_domain = chat.example
max_user_send_per_minute = 30
max_user_send_burst_size = 5
max_mailbox_size = 500M
max_message_size = 31457280
delete_mails_after = 7
delete_large_after = 3
delete_inactive_users_after = 90
username_min_length = 8
username_max_length = 12
password_min_length = 10
constructor = 1
`

test('reads a chatmail.ini and passes over what is none of ours', () => {
  expect(parsePolicy(ini, 'chatmail.ini')).toEqual({
    retentionDays: 7,
    largeRetentionDays: 3,
    idleAccountDays: 90,
    messageBytes: 31_457_280,
    sendPerMinute: 30,
    sendBurst: 5,
    mailboxBytes: 500 * 1024 * 1024,
    localpartMin: 8,
    localpartMax: 12,
    passwordMin: 10,
  })
})

test('reads JSON with numbers and sizes', () => {
  expect(parsePolicy('\uFEFF{"retentionDays": 0.5, "mailboxBytes": "1G", "sendBurst": 10}', 'p.json')).toEqual({
    retentionDays: 0.5,
    mailboxBytes: 1024 ** 3,
    sendBurst: 10,
  })
})

test.each([
  ['{"retentionDay": 7}', 'p: unknown key "retentionDay"', 'did you mean "retentionDays"?'],
  ['{"retentionDays": -1}', 'p: retentionDays: "-1" is not a number', undefined],
  ['{"retentionDays": null}', 'p: retentionDays: null is not a number', undefined],
  ['{"mailboxBytes": "much"}', 'p: mailboxBytes: "much" is not a size, like 500M', undefined],
  ['{"localpartMin": 9, "localpartMax": 8}', 'p: the shortest user name is longer than the longest', undefined],
  ['[params]\n\ndelete_mails_after = soon', 'p:3: delete_mails_after: "soon" is not a number', undefined],
  ['hello', 'p: neither JSON nor a chatmail.ini', 'give the relay\'s chatmail.ini, or JSON like {"retentionDays": 20}'],
])('says what is wrong with %s', (text, message, hint) => {
  expect(() => parsePolicy(text, 'p')).toThrow(expect.objectContaining({ code: 'bad-file', message, hint }))
})

test('says where JSON is broken', () => {
  expect(() => parsePolicy('{', 'p')).toThrow(/^p: not valid JSON: .*position 1/)
})

test('declared wins over discovered, discovered over the default', () => {
  const policy = joinPolicy({ retentionDays: 7 }, { retentionDays: 9, messageBytes: 100 })
  expect(policy.retentionDays).toEqual({ value: 7, from: 'declared' })
  expect(policy.messageBytes).toEqual({ value: 100, from: 'discovered' })
  expect(policy.sendBurst).toEqual({ value: 10, from: 'default' })
})
