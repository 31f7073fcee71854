// The formats that two servers measured in turns can be written in. Used by `compare --interleave`; each is a pure function of the
// record.
import { type Interleave, interleave as interleaveSchema } from '../../harness/result/interleave.ts'
import type { Language } from '../language/language.ts'
import { renderInterleaveHtml } from './html.ts'
import { renderInterleaveMarkdown } from './markdown.ts'
import { renderInterleave } from './terminal.ts'

export type InterleaveFormat = 'terminal' | 'html' | 'md' | 'json'

interface Screen {
  readonly color: boolean
  readonly width: number
}

interface Rendering {
  /** The file written into `--out DIR`. */
  readonly file: string
  readonly render: (record: Interleave, language: Language, options: Screen) => string
}

export const interleaveFormats: Readonly<Record<InterleaveFormat, Rendering>> = {
  terminal: { file: 'interleave.txt', render: renderInterleave },
  html: { file: 'interleave.html', render: renderInterleaveHtml },
  md: { file: 'interleave.md', render: renderInterleaveMarkdown },
  json: { file: 'interleave.json', render: renderInterleaveJson },
}

/** Throws where a field does not fit the schema: that would be our own mistake. */
function renderInterleaveJson(record: Interleave): string {
  return `${JSON.stringify(interleaveSchema.parse(record), null, 2)}\n`
}
