import { describe, expect, it } from 'vitest'
import { guess } from './guess.ts'
import { createListener, type Line } from './listen.ts'

/** `imaps: < line`, one connection each time the service is named. */
function heard(...texts: readonly string[]) {
  const lines: Line[] = []
  let connection = 0
  for (const text of texts) {
    const opened = /^\w+$/.exec(text)
    if (opened) {
      connection++
      lines.push({ connection, direction: '-', text: `connected to chat.test (127.0.0.1) port 1, ${text}` })
    } else lines.push({ connection, direction: text.startsWith('>') ? '>' : '<', text: text.slice(2) })
  }
  const listener = createListener()
  listener.hear(lines)
  return guess(listener.heard)
}

const login = [
  '> a1 LOGIN me ***',
  '< a1 OK [CAPABILITY IMAP4rev1 IDLE ID NAMESPACE XCHATMAIL METADATA] Logged in',
] as const
const relay = ['imaps', '< * OK [CAPABILITY IMAP4rev1 XCHATMAIL AUTH=PLAIN] Dovecot ready.', ...login] as const
const refusal = ['submissions', '< 523 Encryption Needed: Invalid Unencrypted Mail'] as const

describe('a guess', () => {
  it('is none where nothing was heard', () => {
    expect(heard()).toEqual({ name: 'unknown', confidence: 'unknown', text: 'unknown', evidence: [] })
  })

  it('grows with the evidence', () => {
    expect(heard(...relay.slice(0, 2))).toMatchObject({ name: 'relay', confidence: 'possible' })
    expect(heard(...relay, ...refusal)).toMatchObject({ name: 'relay', confidence: 'likely', versions: '1.6 or later' })
  })

  it('takes Postfix and Dovecot for no relay when XCHATMAIL is missing after login', () => {
    const plain = ['imaps', '< * OK [CAPABILITY IMAP4rev1] Dovecot ready.', '> a1 LOGIN me ***']
    const after = '< a1 OK [CAPABILITY IMAP4rev1 IDLE ID NAMESPACE] Logged in'
    expect(heard(...plain, after, 'smtp', '< 220 mail.test ESMTP Postfix')).toMatchObject({
      name: 'postfix-dovecot',
      confidence: 'likely',
    })
  })

  it('makes nothing of capabilities that come between a login and its answer', () => {
    const between = [
      'imaps',
      '< * OK hello',
      '> a1 LOGIN me ***',
      '< * CAPABILITY IMAP4rev1 IDLE XCHATMAIL ID',
      '< a1 OK in',
    ]
    const later = ['> a2 CAPABILITY', '< * CAPABILITY IMAP4rev1 IDLE XCHATMAIL ID']
    const words = 'the words in which it refuses cleartext'
    expect(heard(...between, ...refusal).evidence).toEqual([words])
    expect(heard(...between, ...later, ...refusal).evidence).toEqual([words, 'XCHATMAIL after login'])
  })

  it('reads versions off what came and went, whether as a literal or quoted', () => {
    const metadata = (text: string) => heard(...relay, ...refusal, 'imaps', ...login, text).versions
    expect(metadata('< * METADATA "" (/shared/vendor/deltachat/turn {55}')).toBe('1.8 or later')
    expect(metadata('<  /shared/vendor/deltachat/maxsmtprecipients "1000" /shared/comment NIL)')).toBe('1.12 or later')
    expect(metadata('<  /shared/vendor/deltachat/maxsmtprecipients NIL)')).toBe('1.6-1.10')
  })

  it('lets what is merely missing give way to what was seen', () => {
    const calls = ['< * METADATA "" (/shared/vendor/deltachat/turn NIL)', '< * METADATA "" (/shared/comment {4}']
    const port25 = ['smtp', '> MAIL FROM:<>', '< 530 5.7.0 Must issue a STARTTLS command first']
    expect(heard(...relay, ...refusal, 'imaps', ...login, ...calls, ...port25).versions).toBe('1.8-1.11')
  })

  it('passes over what others say who connect to us, and what belongs to another port', () => {
    const listener = createListener()
    listener.hear([
      { connection: 1, direction: '-', text: 'a connection to port 25 of mx.peer.test' },
      { connection: 1, direction: '<', text: '220 mail.test ESMTP Postfix' },
    ])
    expect(listener.heard.size).toBe(0)
    const onSubmission = ['submission', '> MAIL FROM:<>', '< 530 5.7.0 Must issue a STARTTLS command first']
    expect(heard(...onSubmission).name).toBe('unknown')
  })
})
