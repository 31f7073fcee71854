// Reads Linux's pressure stall information. Pure. Used by processes.ts and control-group.ts.

/** Seconds, since whenever, in which nothing could go on for want of it; undefined where the system does not tell. */
export function stalledIn(pressure: string): number | undefined {
  const micros = /^full .*total=(\d+)$/m.exec(pressure)?.[1]
  return micros === undefined ? undefined : Number(micros) / 1_000_000
}
