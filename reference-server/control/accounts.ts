// Accounts: list, make, look at, remove.
import { z } from 'zod'
import { randomCredentials, type User } from '../accounts.ts'
import { userOf } from '../powers/mail.ts'
import { Refused } from './refused.ts'
import { empty, json, type Route, route } from './route.ts'
import { accountShape, addressShape, newAccountShape } from './schemas.ts'

export const accountRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/accounts',
    id: 'listAccounts',
    summary: 'All accounts.',
    gives: z.object({ accounts: z.array(accountShape) }),
    status: 200,
    run: ({ reference }) => json({ accounts: reference.accounts.list().map(shown) }),
  }),
  route({
    method: 'POST',
    path: '/accounts',
    id: 'createAccount',
    summary: 'Makes an account, with a random address and password where none are given.',
    body: z.object({ address: addressShape.optional(), password: z.string().min(1).max(1_000).optional() }),
    gives: newAccountShape,
    status: 201,
    errors: [409],
    run({ reference, link }, { body }) {
      const random = randomCredentials(reference.domain)
      const address = (body.address ?? random.address).toLowerCase()
      if (!reference.domains.includes(address.slice(address.lastIndexOf('@') + 1))) {
        throw new Refused(400, 'foreign-domain', `${address} is under none of ${reference.domains.join(', ')}`)
      }
      if (reference.accounts.find(address) !== undefined) {
        throw new Refused(409, 'account-exists', `${address} exists; remove it first`)
      }
      const made = reference.accounts.create({ address, password: body.password ?? random.password })
      return json({ ...made, dclogin: link(made) }, 201)
    },
  }),
  route({
    method: 'GET',
    path: '/accounts/{address}',
    id: 'getAccount',
    summary: 'One account.',
    gives: accountShape,
    status: 200,
    errors: [404],
    run: ({ reference }, { parameters }) => json(shown(userOf(reference.accounts, parameters.address ?? ''))),
  }),
  route({
    method: 'DELETE',
    path: '/accounts/{address}',
    id: 'removeAccount',
    summary: 'Removes an account with its mail. Its sessions are not ended.',
    gives: 'nothing',
    status: 204,
    errors: [404],
    run({ reference }, { parameters }) {
      reference.accounts.remove(userOf(reference.accounts, parameters.address ?? '').address)
      return empty
    },
  }),
]

function shown({ address, store }: User): z.infer<typeof accountShape> {
  return { address, messages: store.inbox.messages.length, bytes: store.usageBytes }
}
