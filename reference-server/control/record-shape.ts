// The shape of the ready line and of the control's record. Fields are only ever added, so there may be more.
import { z } from 'zod'
import { newAccountShape } from './schemas.ts'

export const recordShape = z
  .looseObject({
    domains: z.array(z.string()),
    ports: z.record(z.string(), z.int()),
    addresses: z.record(z.string(), z.string()).describe('IP address and port of each service.'),
    dns: z.string().nullable().describe('ADDR:PORT where the zones are served by DNS.'),
    ca: z.string().describe('PEM: what clients must trust.'),
    invite: z.string().nullable(),
    landingPage: z.string(),
    accounts: z.array(newAccountShape),
    ready: z.string().optional().describe('Of serve, like the fields below: the format of the record.'),
    address: z.string().optional().describe('Where to connect: an IP address.'),
    caFile: z.string().optional().describe('Path of a file with the CA.'),
    control: z.object({ url: z.string(), token: z.string() }).nullable().optional(),
    data: z.string().nullable().optional().describe('Folder that keeps accounts and mail.'),
  })
  .meta({ id: 'Record' })
