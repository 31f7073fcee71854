// Messages of an account: list, wait for, read, put there, remove.
import { z } from 'zod'
import type { SeenMessage } from '../powers/mail.ts'
import { userOf } from '../powers/mail.ts'
import { NoSuchThing } from '../powers/no-such-thing.ts'
import { empty, json, type Route, route } from './route.ts'
import { messageShape, several, wholeInQuery } from './schemas.ts'

const mailbox = z.string().max(500).optional().describe('INBOX when absent.')

export const messageRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/accounts/{address}/messages',
    id: 'listMessages',
    summary: 'Messages of a mailbox; with wait, as soon as the wanted ones are there, or what is there in the end.',
    query: z.object({
      mailbox,
      wait: z.coerce.number().min(0).max(300).optional().describe('Seconds of real time to wait at most.'),
      count: wholeInQuery.optional().describe('Wait for so many; 1 when neither this nor message_id is given.'),
      message_id: z.string().max(1_000).optional().describe('Wait for this Message-ID, with angle brackets.'),
      after_uid: wholeInQuery.optional().describe('Only messages with a higher UID count and are answered.'),
    }),
    gives: z.object({
      complete: z.boolean().describe('Whether what was waited for is there.'),
      messages: z.array(messageShape),
    }),
    status: 200,
    errors: [404],
    async run({ reference }, { parameters, query, gone }) {
      // The patience of a test is in real time, whatever clock the server has.
      const signal = AbortSignal.any([gone, AbortSignal.timeout((query.wait ?? 0) * 1_000)])
      const found = await reference.waitForMail(parameters.address ?? '', {
        signal: (query.wait ?? 0) === 0 ? AbortSignal.abort() : signal,
        ...(query.mailbox === undefined ? {} : { mailbox: query.mailbox }),
        ...(query.count === undefined ? {} : { atLeast: query.count }),
        ...(query.message_id === undefined ? {} : { messageId: query.message_id }),
        ...(query.after_uid === undefined ? {} : { afterUid: query.after_uid }),
      })
      return json({ complete: found.complete, messages: found.messages.map(shown) })
    },
  }),
  route({
    method: 'POST',
    path: '/accounts/{address}/messages',
    id: 'storeMessage',
    summary: 'Puts a message into a mailbox as it is, judged by nobody.',
    query: z.object({
      mailbox: mailbox.describe('Made when it is not there; INBOX when absent.'),
      flag: several(z.string().regex(/^[\\$]?[A-Za-z0-9_-]{1,100}$/)).optional(),
      internal_date: z.coerce.number().min(0).optional(),
    }),
    body: 'message',
    gives: messageShape,
    status: 201,
    errors: [404],
    run({ reference }, { parameters, query, body }) {
      const stored = reference.store(parameters.address ?? '', body, {
        ...(query.mailbox === undefined ? {} : { mailbox: query.mailbox }),
        ...(query.flag === undefined ? {} : { flags: query.flag }),
        ...(query.internal_date === undefined ? {} : { internalDate: query.internal_date }),
      })
      return json(shown(stored), 201)
    },
  }),
  route({
    method: 'GET',
    path: '/accounts/{address}/messages/{uid}',
    id: 'readMessage',
    summary: 'The bytes of a message.',
    query: z.object({ mailbox }),
    gives: 'message',
    status: 200,
    errors: [404],
    run({ reference }, { parameters, query }) {
      const { address = '', uid = '' } = parameters
      const found = reference.messages(address, query.mailbox).find((message) => message.uid === Number(uid))
      if (found === undefined) throw new NoSuchThing(`${address} has no message ${uid}`)
      return { kind: 'message', bytes: found.raw }
    },
  }),
  route({
    method: 'DELETE',
    path: '/accounts/{address}/messages/{uid}',
    id: 'removeMessage',
    summary: 'Expunges a message.',
    query: z.object({ mailbox }),
    gives: 'nothing',
    status: 204,
    errors: [404],
    run({ reference }, { parameters, query }) {
      const { address = '', uid = '' } = parameters
      const gone = userOf(reference.accounts, address)
        .store.get(query.mailbox ?? 'INBOX')
        ?.expunge([Number(uid)])
      if (gone === undefined || gone.length === 0) throw new NoSuchThing(`${address} has no message ${uid}`)
      return empty
    },
  }),
]

function shown({ raw: _raw, ...message }: SeenMessage): z.infer<typeof messageShape> {
  return { ...message, headers: [...message.headers], flags: [...message.flags] }
}
