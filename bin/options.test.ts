import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readOptions } from './options.ts'
import { readProjectFile } from './project-file.ts'

async function inFolder<T>(file: string | undefined, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'project-'))
  try {
    if (file !== undefined) await writeFile(join(folder, 'chatmail-check.config.json'), file)
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('the options of a run', () => {
  it('have defaults', () => {
    expect(readOptions({})).toMatchObject({
      profile: 'quick',
      failOn: 'must',
      format: ['terminal'],
      evidence: 'failures',
      jobs: 4,
      only: [],
      color: undefined,
    })
  })

  it('take lists with commas, repeated or both', () => {
    const { format, cost } = readOptions({ format: ['json,junit', 'json'], cost: ['slow', 'bulk'], out: 'x' })
    expect(format).toEqual(['json', 'junit'])
    expect(cost).toEqual(['slow', 'bulk'])
  })

  it('read times with units', () => {
    expect(readOptions({ wait: '60s', timeout: '2m' })).toMatchObject({ wait: 60_000, timeout: 120_000 })
  })

  it.for([
    [{ profile: 'quik' }, /value of --profile "quik"/],
    [{ format: ['json', 'junit'] }, /need a folder/],
    [{ jobs: '0' }, /--jobs/],
    [{ seed: '1.5' }, /--seed/],
    [{ ipv4: true, ipv6: true }, /exclude each other/],
    [{ wait: 'soon' }, /--wait/],
    [{ requireComplete: 'yes' }, /true or false/],
    [{ only: [1] }, /list of texts/],
  ] as const)('refuse %o', ([raw, said]) => {
    expect(() => readOptions(raw)).toThrow(said)
  })
})

describe('the project file', () => {
  it('gives defaults that flags win over', async () => {
    const raw = await inFolder('{ "profile": "list", "jobs": 2, "color": false }', readProjectFile)
    expect(readOptions({ ...raw, profile: 'full' })).toMatchObject({ profile: 'full', jobs: 2, color: false })
  })

  it('may be missing', async () => {
    expect(await inFolder(undefined, readProjectFile)).toEqual({})
  })

  it('cannot give consent, trust or addresses', async () => {
    for (const key of [
      'iOperate',
      'trustPresented',
      'ca',
      'connect',
      'resolve',
      'accounts',
      'writeKnownFailing',
      'out',
      'peerDomain',
      'peerListen',
      'peerDkimKey',
      'peerCert',
      'peerKey',
      'expireCommand',
    ]) {
      await expect(inFolder(JSON.stringify({ [key]: 'x' }), readProjectFile)).rejects.toThrow(
        `"${key}" may stand on the command line only`,
      )
    }
  })

  it('suggests the key that was meant', async () => {
    await expect(inFolder('{ "profil": "list" }', readProjectFile)).rejects.toMatchObject({
      hint: 'did you mean profile?',
    })
    await expect(inFolder('{', readProjectFile)).rejects.toThrow('is not JSON')
    await expect(inFolder('[]', readProjectFile)).rejects.toThrow('holds no object')
  })
})
