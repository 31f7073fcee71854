// In a job of GitHub Actions: job summary, annotations and outputs, without being asked. Elsewhere nothing.
import { appendFile } from 'node:fs/promises'
import type { Result } from '../harness/result/schema.ts'
import { githubErrors, githubOutputs } from '../reports/github.ts'
import { openLanguage } from '../reports/language/language.ts'
import type { LanguageName } from '../reports/language/names.ts'
import { renderMarkdown } from '../reports/markdown.ts'
import type { Io } from './io.ts'
import { reasonOf } from './read-file.ts'

export const inGithubActions = (env: Io['env']): boolean => env.GITHUB_ACTIONS === 'true'

/** `report` is the path of the JSON record. Trouble with the runner's files is a remark: the verdict stands without them. */
export async function tellGithub(
  result: Result,
  report: string | undefined,
  io: Io,
  lang: LanguageName = 'en',
): Promise<void> {
  if (!inGithubActions(io.env)) return
  // The runner reads commands from both streams; stdout may be carrying JSON.
  for (const line of githubErrors(result)) io.stderr.write(`${line}\n`)
  await append('GITHUB_STEP_SUMMARY', renderMarkdown(result, await openLanguage(lang)), io)
  await append('GITHUB_OUTPUT', githubOutputs(result, report), io)
}

/** For commands whose result is no run of checks or of load. */
export async function appendSummary(markdown: string, io: Io): Promise<void> {
  if (inGithubActions(io.env)) await append('GITHUB_STEP_SUMMARY', markdown, io)
}

async function append(variable: string, text: string, io: Io): Promise<void> {
  const file = io.env[variable]
  if (!file) return
  try {
    await appendFile(file, text)
  } catch (cause) {
    io.stderr.write(`chatmail-check: cannot write to $${variable}: ${reasonOf(cause)}\n`)
  }
}
