// Shapes that several routes of the control share. All times are milliseconds since 1970, sizes bytes.
import { z } from 'zod'

export const addressShape = z
  .string()
  .max(320)
  .regex(/^[^\s@<>]+@[^\s@<>]+$/, 'is not an address like alice@chat.test')

export const accountShape = z
  .object({
    address: addressShape,
    messages: z.int().describe('In INBOX.'),
    bytes: z.int().describe('Of all mailboxes.'),
  })
  .meta({ id: 'Account' })

export const newAccountShape = z
  .object({
    address: addressShape,
    password: z.string(),
    dclogin: z.string().describe('A link that Delta Chat logs in with: real ports, any certificate.'),
  })
  .meta({ id: 'NewAccount' })

export const messageShape = z
  .object({
    uid: z.int(),
    messageId: z.string().nullable().describe('With angle brackets.'),
    headers: z.array(z.object({ name: z.string(), value: z.string() })).describe('In their order, unfolded.'),
    flags: z.array(z.string()),
    internalDate: z.number(),
    size: z.int(),
  })
  .meta({ id: 'Message' })

export const errorShape = z
  .object({
    code: z.string().describe('Stable; for programs.'),
    message: z.string(),
    decisions: z.array(z.string()).optional().describe('With code needs-restart: those taken at the start.'),
  })
  .meta({ id: 'Error' })

/** A list in a query: repeated, or one value. */
export function several<T extends z.ZodType>(one: T) {
  return z.preprocess(
    (value) => (Array.isArray(value) || value === undefined ? value : [value]),
    z.array(one).max(1_000),
  )
}

/** Numbers in a query come as text. */
export const wholeInQuery = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31)
