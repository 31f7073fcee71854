// The plot of a host, kept between runs in a file beside the accounts.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlantedMessage, PlantedRound, Plot, PlotStore } from '../host/plot.ts'
import { codeOf, fileName, moveAside, reasonOf, replaceFile } from './private-files.ts'

export interface PlotFileOptions {
  /** The mail domain, or whatever else tells hosts apart. */
  readonly host: string
  /** The state folder; files go to `planted/` in it. */
  readonly directory: string
  /** Hears of trouble with the file. */
  readonly onNote: (text: string) => void
}

/** Far more than anybody plants. */
const mostOctets = 256 * 1024

export function plotFile({ host, directory, onNote }: PlotFileOptions): PlotStore {
  const folder = join(directory, 'planted')
  const file = join(folder, `${fileName(host)}.json`)
  return {
    async load() {
      try {
        const plot = readPlot(await readFile(file, 'utf8'))
        if (plot === undefined) onNote(`the record of planted mail is damaged; moved aside to ${await moveAside(file)}`)
        return plot
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') onNote(`the record of planted mail cannot be read: ${reasonOf(error)}`)
        return undefined
      }
    },
    async save(plot) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await replaceFile(file, `${JSON.stringify(plot, null, 2)}\n`)
      } catch (error) {
        onNote(`planted mail is not noted for a later run: ${reasonOf(error)}`)
      }
    },
  }
}

function readPlot(text: string): Plot | undefined {
  if (text.length > mostOctets) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return isPlot(value) ? value : undefined
}

function isPlot(value: unknown): value is Plot {
  if (!isRecord(value) || !isRecord(value.account) || !Array.isArray(value.rounds)) return false
  const { address, password } = value.account
  const numbers = [value.uidValidity, value.uidNext]
  return (
    typeof address === 'string' && typeof password === 'string' && numbers.every(isTime) && value.rounds.every(isRound)
  )
}

function isRound(value: unknown): value is PlantedRound {
  return isRecord(value) && isTime(value.planted) && Array.isArray(value.messages) && value.messages.every(isMessage)
}

const kinds: readonly unknown[] = ['old', 'young', 'old-elsewhere', 'large-old', 'large-young']

function isMessage(value: unknown): value is PlantedMessage {
  if (!isRecord(value) || !kinds.includes(value.kind)) return false
  if (typeof value.mailbox !== 'string' || typeof value.messageId !== 'string') return false
  const times = [value.seen, value.spared, value.gone]
  return isTime(value.date) && times.every((time) => time === undefined || isTime(time))
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
