// The formats a result can be written in. Used by the command line; each is a pure function of the result.
import type { Result } from '../harness/result/schema.ts'
import { noBadge, renderBadge } from './badge.ts'
import { renderCsv } from './csv.ts'
import type { FormatName } from './format-names.ts'
import { renderHtml } from './html/html.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import type { Language } from './language/language.ts'
import { renderMarkdown } from './markdown.ts'
import { renderOpenMetrics } from './openmetrics.ts'
import { renderTerminal, type TerminalOptions } from './terminal.ts'

export interface RenderOptions extends TerminalOptions {
  /** English where it is not given. */
  readonly language?: Language
}

export interface ReportFormat {
  /** The file written into `--out DIR`. */
  readonly file: string
  readonly title: string
  /** Why there is no such report of this result; undefined when there is one. */
  readonly unfit?: (result: Result) => string | undefined
  /** `language` is for people's formats, HTML and Markdown; the others are English. */
  readonly render: (result: Result, options: RenderOptions) => string
}

export const formats: Readonly<Record<FormatName, ReportFormat>> = {
  terminal: { file: 'report.txt', title: 'text for people', render: renderTerminal },
  json: { file: 'result.json', title: 'the whole record', render: renderJson },
  junit: { file: 'junit.xml', title: 'JUnit XML for CI servers', render: renderJunit },
  md: {
    file: 'report.md',
    title: 'Markdown for job summaries and issues',
    render: (result, { language }) => renderMarkdown(result, language),
  },
  csv: { file: 'samples.csv', title: 'samples of measurements; load over time', render: renderCsv },
  badge: {
    file: 'badge.svg',
    title: 'a small picture of the verdict, SVG',
    unfit: (result) => (result.reference ? noBadge : notOfLoad('badge')(result)),
    render: renderBadge,
  },
  openmetrics: {
    file: 'chatmail-check.prom',
    title: 'OpenMetrics for Prometheus',
    render: renderOpenMetrics,
  },
  html: {
    file: 'report.html',
    title: 'a page for browsers',
    render: (result, { language }) => renderHtml(result, language),
  },
}

/** It tells of checks: of a load run, which has none, it would show a verdict that means something else. */
function notOfLoad(name: 'badge'): (result: Result) => string | undefined {
  return ({ load, capacity }) => {
    if (load) return `${name} has no form for load runs`
    return capacity ? `${name} has no form for a search for capacity` : undefined
  }
}
