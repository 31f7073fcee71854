// What a sampler tells of the server's machine, once a second: counters since whenever, and states of now. Every sampler turns what
// it reads into this; a line of JSON with these keys is also what `--sample-command` prints.
import { z } from 'zod'

const amount = z.number().nonnegative()

export const reading = z.looseObject({
  /** Processor seconds used, since whenever. */
  cpuSeconds: amount,
  /** Octets resident, of the processes watched or in use on the machine. */
  resident: amount,
  /** Octets written to disk, since whenever. */
  written: amount,
  load1: amount.optional(),
  /** Processors of the machine, or what a quota leaves of them. */
  cpus: z.number().positive().optional(),
  /** Octets that could be had without swapping, of how many. */
  memoryAvailable: amount.optional(),
  memoryTotal: amount.optional(),
  /** Seconds, since whenever, that a disk was busy; that processors waited for one; that a quota held processes back. */
  diskBusy: amount.optional(),
  ioWait: amount.optional(),
  heldBack: amount.optional(),
  /** Seconds, since whenever, in which all that wanted to go on waited for a disk: "full" of Linux's pressure stall information. */
  diskStalled: amount.optional(),
  /** Octets free where mail is kept. */
  diskFree: amount.optional(),
  celsius: z.number().optional(),
  /** The processor is slowed down now, for want of voltage or for heat. */
  throttled: z.boolean().optional(),
  /** Bits of the Raspberry Pi's firmware. */
  throttleBits: z.number().int().nonnegative().optional(),
})

export type Reading = z.infer<typeof reading>

/** What a machine is, told once. */
export const board = z.looseObject({
  model: z.string().optional(),
  kernel: z.string().optional(),
  governor: z.string().optional(),
  /** `mmcblk0 (SD card)` */
  storage: z.string().optional(),
})

export type Board = z.infer<typeof board>
