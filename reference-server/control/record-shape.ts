// The shape of the ready line and of the control's record. Fields are only ever added, so there may be more.
import { z } from 'zod'
import { newAccountShape } from './schemas.ts'

export const recordShape = z
  .looseObject({
    domains: z.array(z.string()),
    ports: z.record(z.string(), z.int()),
    addresses: z.record(z.string(), z.string()).describe('IP address and port of each service.'),
    ca: z.string().describe('PEM: what clients must trust.'),
    invite: z.string().nullable(),
    landingPage: z.string(),
    accounts: z.array(newAccountShape),
  })
  .meta({ id: 'Record' })
