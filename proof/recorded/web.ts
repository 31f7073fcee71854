// HTTPS of a chatmail relay (relay services 1.9, nginx) as recorded.
import type { WebCase } from './types.ts'

export const web: readonly WebCase[] = [
  {
    name: 'POST /new',
    port: 'https',
    witnesses: ['onboarding.new-proposes-credentials'],
    dialogue: [
      {
        client: 'POST /new',
        reply: '200 application/json',
        says: ['email: nine letters or digits, at {domain}', 'password: twelve printable ASCII characters'],
      },
    ],
  },
  {
    name: 'GET /new',
    port: 'https',
    witnesses: ['onboarding.new-redirects-browsers'],
    partly: ['onboarding.invites-work-in-apps'],
    dialogue: [{ client: 'GET /new', reply: '301 dcaccount:https://{domain}/new' }],
  },
]
