// What a server has promised so far, written down by the clients of the kill test, and what it shows after a restart.

/** One account as its clients know it. Messages by their mark, a text that stands in the body. */
export interface Ledger {
  readonly address: string
  readonly password: string
  /** Answered with OK or 250, and not removed since. */
  readonly sure: Set<string>
  /** Sent or being removed, without an answer: may be there, once, or not. */
  readonly open: Set<string>
  /** Removed, and that was answered. */
  readonly gone: Set<string>
  /** Flags that were answered. */
  readonly flagged: Set<string>
  /** What each UID was seen to be; never anything else. */
  readonly uids: Map<number, string>
  uidValidity: number | undefined
}

export function newLedger(address: string, password: string): Ledger {
  return {
    ...{ address, password, sure: new Set(), open: new Set(), gone: new Set(), flagged: new Set() },
    ...{ uids: new Map(), uidValidity: undefined },
  }
}

/** One message as INBOX shows it. */
export interface Shown {
  readonly uid: number
  readonly flags: readonly string[]
  readonly bytes: string
}

export function markOf(bytes: string): string {
  return /mark-[\w-]+/.exec(bytes)?.[0] ?? 'no mark'
}

/** Complaints; none on a server that keeps its word. Afterwards the ledger knows what is there. */
export function compare(
  ledger: Ledger,
  inbox: { readonly uidValidity: number; readonly messages: readonly Shown[] },
  bodyOf: (mark: string) => string,
): readonly string[] {
  const complaints: string[] = []
  const say = (text: string) => complaints.push(`${ledger.address}: ${text}`)
  if (ledger.uidValidity !== undefined && ledger.uidValidity !== inbox.uidValidity) say('has another UIDVALIDITY')
  ledger.uidValidity = inbox.uidValidity
  const counts = new Map<string, number>()
  for (const { uid, flags, bytes } of inbox.messages) {
    const mark = markOf(bytes)
    counts.set(mark, (counts.get(mark) ?? 0) + 1)
    if (!bytes.endsWith(bodyOf(mark))) say(`${mark} has other bytes`)
    const before = ledger.uids.get(uid)
    if (before !== undefined && before !== mark) say(`UID ${uid} was ${before} and is ${mark}`)
    ledger.uids.set(uid, mark)
    if (ledger.flagged.has(mark) && !flags.includes('\\Flagged')) say(`${mark} lost its flag`)
    if (ledger.gone.has(mark)) say(`${mark} came back`)
    if (!ledger.sure.has(mark) && !ledger.open.has(mark) && !ledger.gone.has(mark)) say(`${mark} came from nowhere`)
  }
  for (const mark of ledger.sure) if (!counts.has(mark) && !ledger.open.has(mark)) say(`${mark} is lost`)
  for (const [mark, count] of counts) if (count > 1) say(`${mark} is there ${count} times`)
  // What was open is settled now: a restarted server does nothing on its own.
  ledger.open.clear()
  ledger.sure.clear()
  for (const mark of counts.keys()) ledger.sure.add(mark)
  return complaints
}
