// The history command: reads the runs that were kept and shows them over time.
import { renderTrendPage } from '../reports/html/trend-page.ts'
import { openLanguage } from '../reports/language/language.ts'
import { languageNames } from '../reports/language/names.ts'
import { renderTrends, trendsOf } from '../reports/trend.ts'
import { historyFormats } from './choices.ts'
import { exitCodes } from './exit-codes.ts'
import { keptRuns } from './history.ts'
import { type Io, wantsColor, widthOf } from './io.ts'
import type { RawOptions } from './options.ts'
import { UsageError, unknown } from './usage-error.ts'

/** Throws UsageError where there is nothing to show. */
export async function historyCommand(host: string | undefined, flags: RawOptions, io: Io): Promise<number> {
  const { format = 'terminal', lang = 'en' } = flags
  const known = historyFormats.find((name) => name === format)
  if (known === undefined) throw unknown('value of --format', String(format), historyFormats)
  const language = languageNames.find((name) => name === lang)
  if (language === undefined) throw unknown('value of --lang', String(lang), languageNames)
  const trends = trendsOf(await keptRuns(io.env), host)
  if (trends.length === 0) {
    const of = host === undefined ? '' : ` of ${host}`
    throw new UsageError(`no run${of} is kept`, 'check a host first: chatmail-check HOST')
  }
  if (known === 'json') io.stdout.write(`${JSON.stringify(trends, null, 2)}\n`)
  else if (known === 'html') io.stdout.write(renderTrendPage(trends, await openLanguage(language)))
  else {
    const color = flags.color === false ? false : wantsColor(io.stdout, io.env)
    io.stdout.write(renderTrends(trends, { color, width: widthOf(io.stdout, io.env) }))
  }
  return exitCodes.ok
}
