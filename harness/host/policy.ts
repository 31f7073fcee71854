// What the operator chose: read from `--policy FILE` (the relay's own chatmail.ini, or JSON) and joined with what was seen.
import { defaultPolicy } from './defaults.ts'
import { type Policy, type PolicyKey, policyKeys } from './host.ts'
import { nearest } from './nearest.ts'
import { TargetError } from './target-error.ts'

export type PolicyValues = Readonly<Partial<Record<PolicyKey, number>>>

/** Names of chatmail/relay's chatmail.ini (chatmaild/src/chatmaild/ini/chatmail.ini.f). */
const iniKeys: Readonly<Record<string, PolicyKey>> = {
  delete_mails_after: 'retentionDays',
  delete_large_after: 'largeRetentionDays',
  delete_inactive_users_after: 'idleAccountDays',
  max_message_size: 'messageBytes',
  max_user_send_per_minute: 'sendPerMinute',
  max_user_send_burst_size: 'sendBurst',
  max_mailbox_size: 'mailboxBytes',
  username_min_length: 'localpartMin',
  username_max_length: 'localpartMax',
  password_min_length: 'passwordMin',
}

const sizes: ReadonlySet<PolicyKey> = new Set(['messageBytes', 'mailboxBytes'])

/** Throws TargetError `bad-file`, naming the file and the line or key. */
export function parsePolicy(text: string, file: string): PolicyValues {
  const bare = text.replace(/^\uFEFF/, '')
  return bare.trimStart().startsWith('{') ? fromJson(bare, file) : fromIni(bare, file)
}

/** Declared wins over discovered, discovered over the default. */
export function joinPolicy(declared: PolicyValues, discovered: PolicyValues = {}): Policy {
  const policy: { -readonly [K in PolicyKey]: Policy[K] } = { ...defaultPolicy }
  for (const key of policyKeys) {
    const said = declared[key]
    const seen = discovered[key]
    if (said !== undefined) policy[key] = { value: said, from: 'declared' }
    else if (seen !== undefined) policy[key] = { value: seen, from: 'discovered' }
  }
  return policy
}

const hint = 'give the relay\'s chatmail.ini, or JSON like {"retentionDays": 20}'

function fromJson(text: string, file: string): PolicyValues {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new TargetError('bad-file', `${file}: not valid JSON: ${why}`, { hint, cause })
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new TargetError('bad-file', `${file}: a policy is an object`, { hint })
  }
  const values: Partial<Record<PolicyKey, number>> = {}
  for (const [key, value] of Object.entries(parsed)) {
    const known = policyKeys.find((name) => name === key)
    if (known === undefined) {
      const guess = nearest(key, policyKeys)
      const hint = guess === undefined ? `known are ${policyKeys.join(', ')}` : `did you mean "${guess}"?`
      throw new TargetError('bad-file', `${file}: unknown key "${key}"`, { hint })
    }
    values[known] = amount(known, typeof value === 'number' ? String(value) : value, `${file}: ${key}`)
  }
  return ordered(values, file)
}

function fromIni(text: string, file: string): PolicyValues {
  const values: Partial<Record<PolicyKey, number>> = {}
  let settings = 0
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const setting = /^([A-Za-z][\w-]*)\s*[=:]\s*(.*?)\s*$/.exec(line)
    if (setting === null) continue
    settings++
    // Object.hasOwn: a line "constructor = 1" must not find Object's own.
    const name = (setting[1] ?? '').toLowerCase()
    const key = Object.hasOwn(iniKeys, name) ? iniKeys[name] : undefined
    if (key !== undefined) values[key] = amount(key, setting[2], `${file}:${index + 1}: ${name}`)
  }
  if (settings === 0) {
    throw new TargetError('bad-file', `${file}: neither JSON nor a chatmail.ini`, { hint })
  }
  return ordered(values, file)
}

/** A count, days, or bytes with K, M or G (powers of 1024). */
function amount(key: PolicyKey, value: unknown, where: string): number {
  const pattern = sizes.has(key) ? /^(\d+(?:\.\d+)?)\s*([kmg])?(?:i?b)?$/i : /^(\d+(?:\.\d+)?)()$/
  const match = typeof value === 'string' ? pattern.exec(value.trim()) : null
  if (match === null) {
    const wanted = sizes.has(key) ? 'a size, like 500M' : 'a number'
    throw new TargetError('bad-file', `${where}: ${JSON.stringify(value)} is not ${wanted}`)
  }
  const power = ['', 'k', 'm', 'g'].indexOf((match[2] ?? '').toLowerCase())
  const result = Number(match[1]) * 1024 ** power
  const whole = key.endsWith('Days') ? result : Math.floor(result)
  if (whole > Number.MAX_SAFE_INTEGER) throw new TargetError('bad-file', `${where}: too large`)
  return whole
}

function ordered(values: PolicyValues, file: string): PolicyValues {
  if (values.localpartMin !== undefined && values.localpartMax !== undefined) {
    if (values.localpartMin > values.localpartMax) {
      throw new TargetError('bad-file', `${file}: the shortest user name is longer than the longest`)
    }
  }
  return values
}
