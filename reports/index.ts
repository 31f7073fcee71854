// The formats a result can be written in. Used by the command line; each is a pure function of the result.
import type { Result } from '../harness/result/schema.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import { renderTerminal, type TerminalOptions } from './terminal.ts'

export interface ReportFormat {
  /** The file written into `--out DIR`. */
  readonly file: string
  readonly title: string
  readonly render: (result: Result, options: TerminalOptions) => string
}

export const formats = {
  terminal: { file: 'report.txt', title: 'text for people', render: renderTerminal },
  json: { file: 'result.json', title: 'the whole record', render: renderJson },
  junit: { file: 'junit.xml', title: 'JUnit XML for CI servers', render: renderJunit },
} as const satisfies Readonly<Record<string, ReportFormat>>

export type FormatName = keyof typeof formats
