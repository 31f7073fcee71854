// The device tokens of one account: in the order they first came, each with the time it was last set. Used by the store.

export interface DeviceToken {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly setAt: number
}

/** Part of the push behaviour. */
export interface TokenRules {
  /** Days after which a token that was not set again no longer counts; 0: it always does. */
  readonly tokenDays: number
  /** A token set further ahead than this does not count: the clock was wrong then. */
  readonly tokenFutureSeconds: number
  /** Setting a token again starts its days anew. */
  readonly refreshesTokens: boolean
}

export const conformingTokenRules: TokenRules = { tokenDays: 90, tokenFutureSeconds: 60, refreshesTokens: true }

const day = 86_400_000

/** As the store keeps it among its metadata: the time, a space, the token. */
export function writeToken({ token, setAt }: DeviceToken): string {
  return `${setAt} ${token}`
}

export function parseToken(text: string): DeviceToken {
  const space = text.indexOf(' ')
  return { setAt: Number(text.slice(0, space)), token: text.slice(space + 1) }
}

export function validTokens(tokens: readonly DeviceToken[], now: number, rules: TokenRules): readonly DeviceToken[] {
  const oldest = rules.tokenDays > 0 ? now - rules.tokenDays * day : Number.NEGATIVE_INFINITY
  return tokens.filter(({ setAt }) => setAt > oldest && setAt <= now + rules.tokenFutureSeconds * 1000)
}

/** The list with one more, or with the same one refreshed in its place; those that no longer count are left out. */
export function withToken(
  tokens: readonly DeviceToken[],
  token: string,
  now: number,
  rules: TokenRules,
): readonly DeviceToken[] {
  const valid = validTokens(tokens, now, rules)
  if (!valid.some((one) => one.token === token)) return [...valid, { token, setAt: now }]
  return rules.refreshesTokens ? valid.map((one) => (one.token === token ? { token, setAt: now } : one)) : valid
}
