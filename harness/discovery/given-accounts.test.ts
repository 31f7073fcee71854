import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { givenAccountStore, parseAccounts, readGivenAccounts } from './given-accounts.ts'

test('reads lines, with comments and passwords that hold anything', () => {
  const text = '\uFEFF# mine\n\nalice@chat.example  pa ss#word \r\n\tbob@[192.0.2.1]\t"x\\\n'
  expect(parseAccounts(text, 'f')).toEqual([
    { address: 'alice@chat.example', password: 'pa ss#word', origin: 'given' },
    { address: 'bob@[192.0.2.1]', password: '"x\\', origin: 'given' },
  ])
})

test('reads JSON', () => {
  expect(parseAccounts('[{"address": "a@b.example", "password": " x ", "more": 1}]', 'f')).toEqual([
    { address: 'a@b.example', password: ' x ', origin: 'given' },
  ])
})

test.each([
  ['a@b.example x\nalice secret', 'f:2: no address'],
  ['a@b.example', 'f:1: no password for a@b.example'],
  ['a@b.example x\nA@b.example y', 'f: A@b.example is listed twice'],
  ['[{"address": "a@b.example"}]', 'f: entry 1: no password for a@b.example'],
  ['[{"address": 1}]', 'f: entry 1: no address'],
  ['[{"address": ]', 'f: not valid JSON'],
])('says where %j is wrong', (text, message) => {
  expect(() => parseAccounts(text, 'f')).toThrow(expect.objectContaining({ code: 'bad-file', message }))
})

test('only accounts of the host are used, and none may be created', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'given-'))
  const file = join(folder, 'accounts')
  try {
    await writeFile(file, 'a@One.example x\nb@two.example y\n', { mode: 0o644 })
    const given = await readGivenAccounts(file)
    if (process.platform !== 'win32') expect(given.notes).toEqual([expect.stringMatching(/can be read by others/)])
    const store = givenAccountStore(given, 'one.example')
    expect(store.mayCreate).toBe(false)
    expect((await store.load()).map(({ address }) => address)).toEqual(['a@One.example'])
    expect(() => givenAccountStore(given, 'three.example')).toThrow(/no account of three.example/)
    await writeFile(file, '# nothing\n')
    await expect(readGivenAccounts(file)).rejects.toThrow(/holds no account/)
    await expect(readGivenAccounts(join(folder, 'absent'))).rejects.toThrow(/^--accounts: .*: there is no such file$/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
