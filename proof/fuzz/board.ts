// A file in which a fuzzing process notes what it is reading right now, so that its watcher can tell what it died of or hangs
// in. Used by worker.ts and fuzz.ts.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'

/** What the process is told. */
export interface Job {
  /** URL of a module that exports `openTargets`. */
  readonly module: string
  readonly seconds: number
  readonly seed: number
  readonly only: string | undefined
  /** In base64: this input alone is read. */
  readonly replay: string | undefined
  /** Path of the file. */
  readonly board: string
}

export interface Note {
  /** How many inputs there were, this one too. */
  readonly number: number
  readonly target: string
  readonly input: Uint8Array
}

/** Number of the input, length of the target's name, length of the input. */
const headLength = 12

export interface Board extends Disposable {
  note(target: string, input: Uint8Array): void
}

export function openBoard(path: string): Board {
  const file = openSync(path, 'w')
  let number = 0
  return {
    note(target, input) {
      number += 1
      const name = Buffer.from(target)
      const head = Buffer.alloc(headLength)
      head.writeUInt32LE(number, 0)
      head.writeUInt32LE(name.length, 4)
      head.writeUInt32LE(input.length, 8)
      writeSync(file, Buffer.concat([head, name, input]), 0, undefined, 0)
    },
    [Symbol.dispose]: () => closeSync(file),
  }
}

export function readBoard(path: string): Note {
  const octets = readFileSync(path)
  if (octets.length < headLength) return { number: 0, target: '', input: new Uint8Array(0) }
  const name = headLength + octets.readUInt32LE(4)
  return {
    number: octets.readUInt32LE(0),
    target: octets.toString('utf8', headLength, name),
    input: octets.subarray(name, name + octets.readUInt32LE(8)),
  }
}
