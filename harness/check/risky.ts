// Runs what may get us banned: last, one after the other, and after each one the ports that answered so far are asked again.
// Used by the runner.
import { Transcript } from '../clients/transcript.ts'
import { type Service, standardPorts } from '../host/host.ts'
import type { Finding } from '../result/schema.ts'
import type { HostRun } from './host-run.ts'
import type { Unit } from './plan.ts'
import { BudgetSpent } from './signals.ts'

/** A ban: from which check on, and the sentence that says so. */
export interface Ban {
  /** Units that were not tried any more. */
  readonly untried: readonly Unit[]
  readonly text: string
}

/** Of the ports that logins go to, those that answer: a ban that closes only one of them is one as well. */
const asked = ['imaps', 'imap', 'submissions', 'submission'] as const satisfies readonly Service[]

/** Undefined when the host talks to us to the end. Findings of the check after which it did not are changed in place. */
export async function runRisky(
  risky: readonly Unit[],
  run: HostRun,
  findings: Finding[],
  interrupt: AbortSignal,
  execute: (unit: Unit) => Promise<void>,
): Promise<Ban | undefined> {
  if (risky.length === 0) return undefined
  const before = await answering(run, interrupt)
  for (const [at, unit] of risky.entries()) {
    if (interrupt.aborted) return undefined
    await execute(unit)
    const now = await answering(run, interrupt, before)
    const silent = before.filter((service) => !now.includes(service))
    if (silent.length === 0 || interrupt.aborted) continue
    const ports = silent.map((service) => run.host.endpoints[service]?.port ?? standardPorts[service])
    const where = silent.length === before.length ? '' : ` on port ${ports.join(' and ')}`
    const text = `${run.host.label} stopped answering${where} after ${unit.id}: probably a ban`
    for (const [index, finding] of findings.entries()) {
      if (unit.members.some((member) => member.id === finding.check))
        findings[index] = { ...finding, verdict: 'inconclusive', reason: text }
    }
    return { untried: risky.slice(at + 1), text }
  }
  return undefined
}

async function answering(
  run: HostRun,
  interrupt: AbortSignal,
  among: readonly Service[] = asked,
): Promise<readonly Service[]> {
  const known = among.filter((service) => run.host.endpoints[service] !== undefined)
  const twice = async (service: Service) =>
    (await greets(run, service, interrupt)) || (await greets(run, service, interrupt))
  const answers = await Promise.all(known.map(twice))
  return known.filter((_, at) => answers[at])
}

/** A whole greeting: some say goodbye to whom they have banned, and some answer with 421 or 554. */
async function greets(run: HostRun, service: Service, interrupt: AbortSignal): Promise<boolean> {
  const signal = AbortSignal.any([interrupt, AbortSignal.timeout(run.host.timing.connect * 2)])
  const line = { signal, transcript: new Transcript() }
  const isImap = service === 'imaps' || service === 'imap'
  try {
    await using client = isImap ? await run.imap(line, { service }) : await run.smtp(line, { service })
    return !client.closed
  } catch (error) {
    // That we may not ask any more says nothing about the host.
    return error instanceof BudgetSpent
  }
}
