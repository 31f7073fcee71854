// Readers with faults of every kind, to show that the fuzzing finds them.
import type { Target, Targets } from './target.ts'

const kept: unknown[] = []

const has = (input: Uint8Array, octet: number): boolean => input.includes(octet)

/** Each goes wrong at a `!`, which the mutation puts in sooner or later. */
const faults: Readonly<Record<string, (input: Uint8Array) => unknown>> = {
  crashes: () => {
    throw new TypeError('planted')
  },
  'crashes later': () =>
    setImmediate(() => {
      throw new TypeError('planted')
    }),
  hangs: (input) => {
    while (input.length >= 0);
  },
  'fills the heap': () => {
    for (;;) kept.push(new Array(1_000).fill(kept.length))
  },
  'fills memory': () => kept.push(...Array.from({ length: 300 }, () => new Uint8Array(1024 * 1024))),
  'is slow': () => {
    const began = process.cpuUsage()
    while (process.cpuUsage(began).user < 300_000);
  },
}

class Refused extends Error {}

export async function openTargets(): Promise<Targets> {
  const targets = Object.entries(faults).map(
    ([name, fault]): Target => ({
      name,
      seeds: ['good'],
      words: ['!'],
      says: [Refused],
      read(input) {
        if (has(input, 0x21)) return fault(input)
        throw new Refused()
      },
    }),
  )
  const sound: Target = { name: 'sound', seeds: ['good'], words: ['!'], says: [], read: (input) => input.length }
  return { targets: [...targets, sound], async [Symbol.asyncDispose]() {} }
}
