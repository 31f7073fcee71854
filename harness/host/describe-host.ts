// A host as plain data, for the records of runs: how it was reached and what is expected of it. Used wherever a record is made.
import type { Host } from './host.ts'

export function describeHost({ label, domain, endpoints, trust, policy, notes }: Host) {
  return {
    label,
    domain,
    endpoints: Object.values(endpoints).map((endpoint) => ({ ...endpoint })),
    trust: trust.mode,
    policy: Object.fromEntries(Object.entries(policy).map(([key, value]) => [key, { ...value }])),
    notes: [...notes],
  }
}
