// Completion in real shells: at a terminal in bash and zsh, and as fish itself says what it would offer.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatNames } from '../../reports/format-names.ts'
import { commandNames } from '../commands/names.ts'
import { newProgram } from '../program.ts'
import { candidates } from './candidates.ts'

const launcher = join(import.meta.dirname, '..', 'chatmail-check.js')
const script = (shell: string) => join(import.meta.dirname, `completion.${shell}`)
const here = (program: string): boolean => spawnSync(program, ['--version']).status === 0

let folder = ''
let env: NodeJS.ProcessEnv = {}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'))
  mkdirSync(join(folder, 'bin'))
  symlinkSync(launcher, join(folder, 'bin', 'chatmail-check'))
  mkdirSync(join(folder, 'results'))
  writeFileSync(join(folder, 'result.json'), '{}')
  const path = [join(folder, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter)
  env = { PATH: path, HOME: folder, ZDOTDIR: folder, TERM: 'dumb', LC_ALL: 'C.UTF-8', COLUMNS: '200' }
  const bash = `PS1='READY>'; bind 'set bell-style none'; bind -x '"\\C-t": printf "<%s>\\n" "$READLINE_LINE"'`
  writeFileSync(join(folder, '.bashrc'), `${bash}\nsource ${script('bash')}\n`)
  const zsh = `PROMPT='READY>'; autoload -U compinit; compinit -u -D; source ${script('zsh')}
    show() { print -r -- "<$BUFFER>" }; zle -N show; bindkey '^T' show\n`
  writeFileSync(join(folder, '.zshrc'), zsh)
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Terminal extends AsyncDisposable {
  /** The command line once Tab was pressed behind it. */
  completed(line: string): Promise<string>
}

const starts = { bash: ['--noprofile', '-i'], zsh: ['-i'] } as const

async function terminal(shell: keyof typeof starts): Promise<Terminal> {
  const command = [shell, ...starts[shell]].join(' ')
  const child: ChildProcess = spawn('script', ['-qfc', command, '/dev/null'], { cwd: folder, env })
  let seen = ''
  let wake = () => {}
  child.stdout?.on('data', (chunk: Buffer) => {
    seen += chunk
    wake()
  })
  const until = async (pattern: RegExp): Promise<string> => {
    const limit = AbortSignal.timeout(15_000)
    for (;;) {
      const found = pattern.exec(seen)
      if (found !== null) {
        seen = seen.slice(found.index + found[0].length)
        return found[1] ?? ''
      }
      if (limit.aborted) throw new Error(`${shell} never showed ${pattern}: ${JSON.stringify(seen)}`)
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, 1_000)
      })
    }
  }
  await until(/READY>/)
  return {
    async completed(line) {
      // ^U empties the line for the next question.
      child.stdin?.write(`${line}\t\x14`)
      const result = await until(/<(chatmail-check[^>\r\n]*)>/)
      child.stdin?.write('\x15')
      return result
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('close', resolve))
      // The terminal goes away with it, and the shell with the terminal.
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Each costs a start of the program, and a shell at a terminal is the slowest way to find out. */
const atTerminal = [
  ['lo', 'load '],
  ['--format=js', '--format=json '],
  ['--format json,ju', '--format json,junit '],
  ['@reference:lik', '@reference:like='],
  ['@reference:like=madmail,defect=accepts-cl', '@reference:like=madmail,defect=accepts-cleartext '],
  ['check --only onboard', 'check --only onboarding/'],
  ['--known-failing result.', '--known-failing result.json '],
  ['--out=re', '--out=results/'],
] as const

const lines = [
  ...atTerminal,
  ['check --trust', 'check --trust-presented '],
  ['watch chat.test --full n', 'watch chat.test --full never '],
  ['load reco', 'load reconnect-storm '],
  ['completion f', 'completion fish '],
  ['explain onboarding/new-proposes-c', 'explain onboarding/new-proposes-credentials '],
  ['report la', 'report last '],
] as const

describe.for(['bash', 'zsh'] as const)('completion at a terminal in %s', (shell) => {
  it('completes commands, flags, values, ids, files and folders', async ({ skip }) => {
    skip(!here(shell), `there is no ${shell} here`)
    skip(spawnSync('script', ['--version']).status !== 0, 'there is no script (util-linux) here')
    await using open = await terminal(shell)
    const shown: string[] = []
    for (const [typed] of atTerminal) shown.push(await open.completed(`chatmail-check ${typed}`))
    expect(shown).toEqual(atTerminal.map(([, wanted]) => `chatmail-check ${wanted}`))
  })
})

describe('completion in fish', () => {
  it('offers commands, flags, values, ids, files and folders', ({ skip }) => {
    skip(!here('fish'), 'there is no fish here')
    const asked = [...lines.map(([typed]) => typed), '--format ']
    const questions = asked.map((line) => `echo "<$(complete -C 'chatmail-check ${line}' | string collect)>"`)
    const text = `source ${script('fish')}\n${questions.join('\n')}\n`
    const answer = execFileSync('fish', ['--no-config', '-c', text], { cwd: folder, env, encoding: 'utf8' })
    const offers = answer
      .split(/^<|>\n<|>\n$/m)
      .slice(1, -1)
      .map((offer) => offer.split('\n').map((line) => line.split('\t', 1)[0]))
    expect(offers.at(-1)?.sort()).toEqual([...formatNames].sort())
    for (const [at, [typed, wanted]] of lines.entries())
      expect(offers[at], typed).toEqual([wanted.trim().split(' ').at(-1)])
  })
})

describe('the scripts', () => {
  it.for([
    ['bash', '-n'],
    ['zsh', '-n'],
    ['fish', '--no-execute'],
  ] as const)('are read by %s without complaint', ([shell, flag], { skip }) => {
    skip(!here(shell), `there is no ${shell} here`)
    const { status, stderr } = spawnSync(shell, [flag, script(shell)], { encoding: 'utf8', env })
    expect([status, stderr]).toEqual([0, ''])
  })
})

describe('what could come next', () => {
  const nowhere = { write: () => true }
  const io = { stdout: nowhere, stderr: nowhere, env: {}, cwd: '/', signals: process, exit() {} }
  const program = newProgram(io, () => {})
  const offered = async (...words: readonly string[]) => (await candidates(program, words)).items.map(([word]) => word)

  it('are all commands and the reference server at the start', async () => {
    expect((await offered('')).sort()).toEqual(['@reference', ...commandNames].sort())
  })

  it('are all visible flags of a command, and no flag twice that counts once', async () => {
    for (const command of program.commands.filter((one) => one.name() !== 'complete')) {
      const flags = command.options.map(({ long }) => long)
      expect(await offered(command.name(), '-')).toEqual([...flags, '--help'])
    }
    expect(await offered('trace', '--quiet', '--qui')).toEqual([])
    expect(await offered('serve', '--defect', 'x', '--defe')).toEqual(['--defect'])
  })

  it('are values of a flag that takes several until another flag comes, and no flag behind --', async () => {
    expect(await offered('load', '--baseline', 'a.json', 'hist')).toEqual(['history'])
    expect(await offered('load', '--baseline', 'a.json', '--qui')).toEqual(['--quiet'])
    expect(await offered('load', '--', '--qui')).toEqual([])
  })
})
