// What a user can do wrong, or meet: each error says in one line what happened and where, and in a hint what to do.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runMain } from './test-main.ts'

const files = {
  'plain.txt': 'hello world\n',
  'broken.json': '{"a":',
  'other.json': '{"a": 1}',
  'list.json': '{"relays": [{"name": "x"}]}',
  'notes.json': '{"chat.test": {"maintenence": "x"}}',
  'policy.json': '{"retentionDay": 20}',
  'policy.ini': '[params]\nmax_message_size = big\n',
  'accounts.txt': 'somebody\n',
  'stranger.txt': 'a@other.test password\n',
  'known.txt': 'encryption/refuses-cleartext\n',
  'dated.txt': 'encryption/refuses-cleartext  reason  until=2026-13-01\n',
  'unknown.txt': 'encryption/none  reason  until=2099-01-01\n',
  'syntax.ts': 'export default function ( {\n',
  'throws.ts': "throw new Error('boom')\n",
  'empty.ts': 'export const x = 1\n',
} as const

let folder = ''
/** Is taken already. */
const taken = createServer()
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'errors-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  mkdirSync(join(folder, 'nothing'))
  mkdirSync(join(folder, 'full'))
  writeFileSync(join(folder, 'full', 'x'), '')
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  taken.close()
  rmSync(folder, { recursive: true })
})

/** A host that is looked for nowhere. */
const here = 'chat.test --resolve chat.test=127.0.0.1'

/** The command line, what the line must say, and what its hint must; no hint where the line says it all. */
const errors: Readonly<Record<string, readonly (readonly [line: string, says: string, hint?: string])[]>> = {
  'words and flags': [
    ['lst', '"lst" is neither a command nor a domain', 'did you mean the command list?'],
    ['--profil full', "unknown option '--profil'", 'did you mean --profile?'],
    ['--profile', '--profile <NAME>: the value is missing', 'chatmail-check check --help shows what it takes'],
    ['explain', 'ID is missing, and needed', 'chatmail-check explain --help'],
    ['watch', 'HOST is missing, and needed', 'chatmail-check watch --help'],
    ['load export steady', '--k6 <DIR> is missing, and needed', 'chatmail-check load export --help'],
    ['list checks x', "too many arguments for 'list'", 'chatmail-check list --help'],
    ['serve x', "too many arguments for 'serve'", 'chatmail-check serve --help'],
    ['completion tcsh', 'unknown shell "tcsh"', 'one of: bash, zsh, fish'],
    ['list chekcs', 'unknown topic "chekcs"', 'did you mean checks?'],
    ['explain nonsense', 'unknown id "nonsense"', 'chatmail-check list checks'],
    ['-4 -6', '-4 and -6 exclude each other'],
    ['--quiet --verbose', '--quiet and --verbose exclude each other'],
  ],
  'values of flags': [
    ['--only ""', '--only: the value is empty', 'leave the flag out'],
    ['--only zz', '--only: "zz" matches no check', 'chatmail-check list'],
    ['--cost x', 'unknown value of --cost "x"', 'one of: light, slow, bulk, intrusive'],
    ['--fail-on x', 'unknown value of --fail-on "x"', 'one of: must, should, may'],
    ['--format jsn', 'unknown value of --format "jsn"', 'did you mean json?'],
    ['--format json,html', 'several formats need a folder', 'add --out DIR'],
    ['--lang de', 'unknown value of --lang "de"', 'one of: en, sq, it, uk, zh-CN'],
    ['history --lang de', 'unknown value of --lang "de"', 'one of: en, sq, it, uk, zh-CN'],
    ['--evidence x', 'unknown value of --evidence "x"', 'one of: failures, all, none'],
    ['--seed x', '--seed: "x" is not a whole number from 0 to 2147483647'],
    ['--jobs 0', '--jobs: "0" is not a whole number from 1 to 64'],
    ['--timeout 5x', '--timeout: "5x" is not a duration', 'write 500ms, 60s, 2m or 1h'],
    ['--wait x', '--wait: "x" is not a duration', 'write 500ms, 60s, 2m or 1h'],
    ['--public --withhold-until 2026-02-30', '--withhold-until: "2026-02-30" is not a date', 'YYYY-MM-DD'],
    ['trace --count 0', '--count: "0" is not a whole number from 1 to 500'],
    ['trace --format html', 'unknown value of --format "html"', 'one of: terminal, json'],
    ['watch chat.test --every 1m', 'chat.test is asked every five minutes at most', 'add --i-operate chat.test'],
    ['watch chat.test --full 1h', '--full: a full run once a day is the most', '--full never'],
    ['watch chat.test --listen x', '--listen: "x" is not ADDR:PORT', 'write 127.0.0.1:9469'],
    ['watch chat.test --notify-chat x', '--notify-chat and --notify-via go together', 'names the relay'],
    ['compare @reference --matrix x', 'unknown value of --matrix "x"', 'one of: sparse, full'],
    ['compare --interleave a.test', '--interleave takes two hosts', 'OLD NEW'],
    ['capacity --from 5 --most 2', '--from is higher than --most', 'give at most --from 2'],
    ['capacity --step 1s', '--step: wanted 5s to 60m'],
    ['capacity --people x', 'unknown name in --people "x"', 'one of: messages, photos'],
    ['capacity --upload x', '--upload: "x" is not a rate', 'write 800kbit, 8Mbit or 1Gbit'],
  ],
  'hosts, and how they are reached': [
    ['""', 'HOST is empty', 'name a mail domain'],
    ['http://chat.test/', '"http://chat.test/" is not a host but a URL', 'did you mean chat.test?'],
    ['alice@chat.test', 'is not a host but a mail address', 'did you mean chat.test?'],
    ['chat..test', '"chat..test" is not a domain name', 'like chat.example'],
    ['[300.1.1.1]', '"[300.1.1.1]" is not an address literal', 'write [192.0.2.1]'],
    ['chat.test:993', 'is not a host but a host with a port', '--connect imaps=ADDR:993'],
    ['a.test a.test', 'a.test is named twice'],
    ['@refrence', 'unknown built-in target "@refrence"', 'did you mean @reference?'],
    ['@reference:defct=x', 'unknown word in @reference:defct=x: "defct"', 'did you mean defect?'],
    ['@reference:defect=', '"defect=" is not key=value', '@reference:defect=NAME'],
    ['@reference:defect=x', 'unknown defect "x"', 'chatmail-check list defects'],
    ['@reference:like=x', 'unknown preset "x"', 'one of: relay-2025-02'],
    ['@reference:slow=auth', 'slow="auth" is not STAGE+TIME', 'slow=auth+2ms'],
    ['--resolve x', '--resolve: "x" is not HOST=IP', 'write --resolve chat.example=192.0.2.1'],
    ['--connect x', '--connect: "x" names no service', 'services are imaps'],
    ['--connect imaps=', '--connect: "" is no place to connect to', 'write imaps=192.0.2.1:PORT'],
    ['--dns x', '--dns: "x" is not the address of a name server', 'write --dns 9.9.9.9'],
    ['--pin zz', '--pin: "zz" is not a SHA-256', '64 hex digits'],
    ['--trust-presented --ca plain.txt', '--ca and --trust-presented contradict each other', 'give one of them'],
    ['--ca plain.txt', '--ca: the file holds no certificate', 'it must be PEM'],
    ['trace --resolve x', '--resolve: "x" is not HOST=IP', 'write --resolve'],
    ['load smoke --connect x', '--connect: "x" names no service', 'services are imaps'],
    ['capacity --dns x', '--dns: "x" is not the address of a name server', 'write --dns 9.9.9.9'],
    ['watch @reference --pin zz', '--pin: "zz" is not a SHA-256', '64 hex digits'],
    ['compare @reference --resolve x', '--resolve: "x" is not HOST=IP', 'write --resolve'],
    ['compare --interleave a.test b.test --connect old:x', '--connect: "x" names no service', 'services are imaps'],
    [`${here} --cost intrusive`, 'chat.test is not named as one', 'add --i-operate chat.test'],
    ['@reference --i-operate other.test', 'other.test is not one of the hosts of this run', 'as the host is written'],
    ['--peer-domain d.test', 'needs --peer-domain, --peer-listen and --peer-dkim-key together', 'docs/vantage.md'],
    [`${here} --expire-command true`, 'cleans up a host that you operate', 'add --i-operate chat.test'],
    ['trace a.test b.test c.test', 'a trace has two ends', 'alice@a.example bob@b.example'],
    ['load smoke [192.0.2.1]', "gets load only with its operator's word", 'add --i-operate [192.0.2.1]'],
  ],
  files: [
    ['--only @none', '--only: cannot read none: there is no such file'],
    ['--known-failing none', '--known-failing: cannot read none: there is no such file'],
    ['--known-failing known.txt', '--known-failing: known.txt, line 1: encryption/refuses-cleartext needs a reason'],
    ['--known-failing dated.txt', 'until=2026-13-01 is not a date like 2026-12-31'],
    ['--known-failing unknown.txt', '"encryption/none" matches no check', 'did you mean encryption/*?'],
    ['--policy nothing', '--policy: cannot read nothing: it is a folder'],
    ['--policy broken.json', 'broken.json: not valid JSON: ', 'JSON like {"retentionDays": 20}'],
    ['--policy policy.json', 'policy.json: unknown key "retentionDay"', 'did you mean "retentionDays"?'],
    ['--policy policy.ini', 'policy.ini:2: max_message_size: "big" is not a size, like 500M'],
    ['--policy plain.txt', 'plain.txt: neither JSON nor a chatmail.ini', "give the relay's chatmail.ini"],
    ['--ca none', '--ca: cannot read none: there is no such file'],
    [`${here} --accounts none`, 'none: there is no such file'],
    [`${here} --accounts accounts.txt`, 'accounts.txt:1: no address', 'write lines "address password"'],
    [`${here} --accounts stranger.txt`, 'the file holds no account of chat.test', 'write lines "address password"'],
    ['--baseline none', '--baseline: cannot read none: there is no such file'],
    ['--baseline nothing', '--baseline: there is no result in the folder nothing'],
    ['--baseline other.json', 'other.json is not a result of chatmail-check: it says no format'],
    ['--out plain.txt', '--out: cannot write into plain.txt: a file of that name is in the way', 'another folder'],
    ['--out plain.txt/x', '--out: cannot write into plain.txt/x: a part of the path is a file', 'another folder'],
    ['load smoke --out plain.txt', '--out: cannot write into plain.txt', 'name another folder'],
    ['compare @reference --site plain.txt', '--site: cannot write into plain.txt', 'name another folder'],
    ['watch @reference --folder plain.txt', '--folder: cannot write into plain.txt', 'name another folder'],
    ['report none', 'report: cannot read none: there is no such file'],
    ['report broken.json', 'broken.json is not a result of chatmail-check: it is not JSON'],
    ['report last', 'no run is kept yet', 'chatmail-check HOST'],
    ['history', 'no run is kept', 'check a host first'],
    ['compare', 'nothing to compare', 'name hosts or result files'],
    ['compare none.json', 'compare: cannot read none.json: there is no such file'],
    ['compare --list list.json', '--list: list.json: relays.0.host', 'one domain a line'],
    ['compare @reference --notes notes.json', 'Unrecognized key: "maintenence"', 'write { "chat.example"'],
  ],
  load: [
    ['load stedy', 'unknown scenario "stedy"', 'did you mean steady?'],
    ['load none.ts', 'there is no scenario file none.ts', 'chatmail-check scenarios copy steady'],
    ['load empty.ts @reference', 'empty.ts: options.scenarios.default: there is no function "default"', 'docs/load.md'],
    ['load smoke --vus 0', '--vus: "0" is not a whole number from 1 to 100000'],
    ['load smoke --env x', '--env: wanted NAME=VALUE, got "x"'],
    ['load smoke --segment x', '--segment: wanted one of equal shares', '0:1/3'],
    ['load smoke @reference --threshold delivery_duration:p(95)', 'wanted METHOD OPERATOR NUMBER', 'docs/load.md'],
    ['load smoke --sample x', '--sample: "x" is no source', 'wanted ssh:USER@HOST'],
    ['load smoke --board pi', '--board pi looks at the board over SSH', 'add --sample ssh:USER@HOST'],
    ['load merge other.json', 'other.json is not a result of chatmail-check'],
    ['load export smoke --k6 out', 'the built-in server ends with this command', 'chatmail-check serve'],
    [`load export smoke ${here} --k6 full`, 'full is not empty, and stays as it is', 'name another folder'],
    ['scenarios copy stedy', 'unknown scenario "stedy"', 'did you mean steady?'],
    ['scenarios copy steady throws.ts', 'throws.ts'],
    ['scenarios copy steady x.txt', 'x.txt: a scenario is a .ts or .js file', 'steady.ts'],
  ],
  serve: [
    ['serve --ports foo=1', 'unknown service of --ports "foo"', 'one of: imaps'],
    ['serve --ports imaps=x', '--ports: "x" is not a port of imaps'],
    ['serve --ports imaps=TAKEN', '127.0.0.1:TAKEN is taken by another program', 'choose other places'],
    ['serve --control 127.0.0.1:TAKEN', '127.0.0.1:TAKEN is taken by another program', 'choose other places'],
    ['watch @reference --listen 127.0.0.1:TAKEN', '--listen: 127.0.0.1:TAKEN is taken', 'another address or port'],
    ['serve --listen x', '--listen: "x" is not an IP address'],
    ['serve --listen 192.0.2.1', '192.0.2.1 is no address of this machine', 'choose other places'],
    ['serve --data d --state s', '--state and --data together', 'leave --state out'],
    ['serve --state plain.txt', '--state: cannot use plain.txt: a file of that name is in the way'],
    ['serve --accounts A!', '--accounts: "A!" is not a user name', 'lower case letters'],
    ['serve --defect x', 'unknown defect "x"', 'chatmail-check list defects'],
    ['serve --domain ..', '--domain: ".." is not a domain name', 'name a mail domain'],
    ['serve --dns x', '--dns: "x" is not an IP address with a port', 'write 127.0.0.1:5353'],
    ['serve --peer-ca plain.txt', '--peer-ca: plain.txt holds no certificate', 'PEM'],
    ['serve --push x', '--push: "x" is no http or https URL', 'for example'],
  ],
}

function run(line: string) {
  const { port } = taken.address() as AddressInfo
  const args = [...line.replaceAll('TAKEN', `${port}`).matchAll(/"([^"]*)"|(\S+)/g)]
  return runMain(
    args.map(([, quoted, bare]) => quoted ?? bare ?? ''),
    { cwd: folder },
  )
}

describe.for(Object.entries(errors))('errors of %s', ([, rows]) => {
  it.for(rows)('%s', async ([line, says, hint]) => {
    const { exitCode, stdout, stderr, listeners } = await run(line)
    expect([exitCode, stdout, listeners]).toEqual([2, '', 0])
    const lines = stderr.trimEnd().split('\n')
    const at = lines.findIndex((one) => one.startsWith('chatmail-check: '))
    const { port } = taken.address() as AddressInfo
    expect(lines[at]).toContain(says.replaceAll('TAKEN', `${port}`))
    if (hint === undefined) expect(lines.slice(at + 1).filter((one) => !one.startsWith('  hint: '))).toEqual([])
    else expect(lines.slice(at + 1)).toEqual([expect.stringMatching(/^ {2}hint: /)])
    expect(lines[at + 1] ?? '').toContain(hint ?? '')
    // Neither colours nor codes of the operating system nor a stack.
    expect(stderr).not.toMatch(/\x1b|\bE[A-Z]{4,}\b|^\s+at /m)
  })
})

describe('the project file', () => {
  const name = 'chatmail-check.config.json'
  it.for([
    ['{', 'is not JSON', 'write for example { "profile": "list" }'],
    ['[]', 'holds no object', 'write for example { "profile": "list" }'],
    ['{"profil": "list"}', 'unknown key "profil"', 'did you mean profile?'],
    ['{"iOperate": "x"}', '"iOperate" may stand on the command line only', 'give --i-operate'],
    ['{"jobs": true}', '"jobs": wanted a text, got true', ''],
  ] as const)('%s', async ([text, says, hint]) => {
    const cwd = mkdtempSync(join(folder, 'project-'))
    writeFileSync(join(cwd, name), text)
    const { exitCode, stderr } = await runMain(['@reference'], { cwd })
    expect([exitCode, stderr.split('\n').length]).toEqual([2, hint === '' ? 2 : 3])
    expect(stderr).toContain(`chatmail-check: ${name}`)
    expect(stderr).toContain(says)
    expect(stderr).toContain(hint)
  })
})

describe('what is right and of no use', () => {
  it('is said of flags about a host where none is named', async () => {
    const line = '--resolve chat.test=127.0.0.1 --connect imaps=127.0.0.1:1 --dns 127.0.0.1:1 -4 --dry-run'
    const { exitCode, stderr } = await run(`${line} --only encryption/refuses-cleartext`)
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/^--resolve, --connect, --dns, -4: of no use here, .*\. Name a HOST\.$/m)
    const plain = await run('--dry-run --only encryption/refuses-cleartext')
    expect(plain.stderr).not.toContain('of no use')
  })
})

describe('what goes wrong at the end of a run', () => {
  it.for([
    ['none/x', 'there is no such folder'],
    ['/dev/full', 'the disk is full'],
  ] as const)('says so, and leaves the report on the screen: %s', async ([file, why], { skip }) => {
    skip(file === '/dev/full' && process.platform !== 'linux', 'there is no /dev/full here')
    const { exitCode, stdout, stderr } = await run(`--write-known-failing ${file} --only imap/advertises-idle`)
    expect([exitCode, stdout.includes('CONFORMS')]).toEqual([2, true])
    expect(stderr.split('\n')).toContain(`chatmail-check: --write-known-failing: cannot write ${file}: ${why}`)
  })
})
