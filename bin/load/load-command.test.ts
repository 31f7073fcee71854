// The load command as a user has it: arguments, consent, exit codes, the record.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readResult } from '../../reports/json.ts'
import { runMain } from '../test-main.ts'
import { consentFor } from './consent.ts'
import { readArguments } from './scenarios.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-command-'))
})
afterAll(() => rm(folder, { recursive: true }))

const run = (...args: readonly string[]) => runMain(['load', ...args], { cwd: folder })

describe('chatmail-check load', () => {
  it('runs smoke on the built-in server, says what it will cost, and writes the same record in every format', {
    timeout: 60_000,
  }, async () => {
    const { exitCode, stdout, stderr } = await run('smoke', '--format', 'terminal,json,junit', '--out', 'report')
    const { load, gate, hosts } = readResult(await readFile(join(folder, 'report', 'result.json'), 'utf8'))
    expect(stderr).toContain('No relay named')
    expect(stderr).toContain('@reference: 1 virtual user, 2 accounts (2 new), up to 2 connections at once')
    expect(stdout).toContain('3 messages due, 3 taken, 3 arrived')
    expect(load?.metrics.messages_lost?.values.count).toBe(0)
    expect(hosts[0]?.spent).toMatchObject({ freshAccounts: 2, messages: 3, connections: 2 })
    // A busy machine may make any run invalid; what it says must agree with itself.
    expect(exitCode).toBe(load?.verdict === 'pass' ? 0 : 120)
    expect(gate.exitCode).toBe(exitCode)
    expect(await readFile(join(folder, 'report', 'junit.xml'), 'utf8')).toContain('messages_lost count==0')
  })

  it('exits with 99 when a threshold does not hold', { timeout: 60_000 }, async () => {
    const { exitCode, stdout } = await run('smoke', '--threshold', 'messages_received:count>3', '--verbose')
    if (exitCode === 120) return expect(stdout).toContain('INVALID')
    expect(exitCode).toBe(99)
    expect(stdout).toContain('PROBLEM  messages_received count>3  (was 3)')
    expect(stdout).toContain('smtp_submit_duration')
  })

  it.for([
    [['stedy'], 'unknown scenario "stedy"', 'did you mean steady?'],
    [['nowhere.ts'], 'there is no scenario file nowhere.ts', ''],
    [['steady', '--rate', 'many'], '--rate: "many" is not a whole number', ''],
    [['smoke', '--rate', '5'], 'smoke: --rate has no place in this scenario, which is per-vu-iterations', ''],
    [['steady', '--stage', '10s:5'], 'steady: --stage has no place', ''],
    [['steady', '--duration', 'long'], 'steady: --duration: wanted a second or longer', ''],
    [['smoke', '--threshold', 'checks'], 'smoke: --threshold: wanted METRIC:CONDITION', ''],
    [['smoke', '--threshold', 'delivery_duration:count<3'], 'delivery_duration is a trend', ''],
    [['smoke', '--threshold', 'nothing:count<3'], 'there is no such metric', ''],
    [['federation', '@reference', '@reference'], '@reference and @reference are both chat.test', 'domain=other.test'],
    [['federation', '@reference'], 'mail goes from one server to another here: name two', ''],
    [['smoke', '@reference', '@reference:domain=b.test'], 'smoke: it takes one server', ''],
    [['smoke', '--env', 'X'], '--env: wanted NAME=VALUE', ''],
  ] as const)('exits with 2 for %o', async ([args, message, hint]) => {
    const { exitCode, stdout, stderr } = await run(...args)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
  })
})

describe('the arguments of load', () => {
  it.for([
    [[], 'steady', undefined],
    [['smoke'], 'smoke', undefined],
    [['@reference'], 'steady', '@reference'],
    [['chat.example'], 'steady', 'chat.example'],
    [['[192.0.2.1]'], 'steady', '[192.0.2.1]'],
    [['smoke', '_chat.test'], 'smoke', '_chat.test'],
  ] as const)('%o is scenario %s on %s', ([args, scenario, host]) => {
    const read = readArguments(args, '/')
    expect([read.scenario.name, ...read.hosts]).toEqual(host === undefined ? [scenario] : [scenario, host])
  })
})

describe('consent', () => {
  const host = (label: string) => ({ label, domain: label.toLowerCase() })
  const operator = (iOperate: readonly string[], reason?: string) => {
    const asked: string[] = []
    return {
      asked,
      iOperate,
      token: async () => 'the-token',
      async whyNotShown(address: string, token: string) {
        asked.push(`${address} ${token}`)
        return reason
      },
    }
  }

  it('is not needed for this machine', async () => {
    const nobody = operator([])
    expect(await consentFor(host('chat.test'), ['127.0.0.1', '::1'], nobody)).toEqual({
      addresses: ['127.0.0.1', '::1'],
    })
    expect(nobody.asked).toEqual([])
  })

  it("is the operator's word for private networks, host by host", async () => {
    await expect(consentFor(host('chat.test'), ['10.0.0.2'], operator([]))).rejects.toThrow(
      /only with its operator's word/,
    )
    await expect(consentFor(host('chat.test'), ['10.0.0.2'], operator(['other.test']))).rejects.toThrow(/operator/)
    const its = operator(['chat.TEST'])
    expect(await consentFor(host('Chat.test'), ['10.0.0.2'], its)).toEqual({ addresses: ['10.0.0.2'] })
    expect(its.asked).toEqual([])
  })

  it('is the word and the token for every public address, from each of them', async () => {
    await expect(consentFor(host('chat.test'), ['203.0.113.7'], operator([]))).rejects.toThrow(/operator/)
    const its = operator(['chat.test'])
    const both = ['203.0.113.7', '203.0.113.8']
    expect(await consentFor(host('chat.test'), [...both, ...both, '127.0.0.1'], its)).toEqual({
      addresses: [...both, '127.0.0.1'],
    })
    expect(its.asked).toEqual(['203.0.113.7 the-token', '203.0.113.8 the-token'])
  })

  it('says what to publish where the token is not shown', async () => {
    const refused = consentFor(host('chat.test'), ['203.0.113.7'], operator(['chat.test'], 'it is answered with 404'))
    await expect(refused).rejects.toMatchObject({
      name: 'UsageError',
      message: 'chat.test does not show at 203.0.113.7 that it agrees to load: it is answered with 404',
      hint: expect.stringContaining('https://chat.test/.well-known/chatmail-check-load.txt on that address: the-token'),
    })
  })
})
