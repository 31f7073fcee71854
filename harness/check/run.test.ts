import { connect, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { requirements } from '../../catalogue/index.ts'
import type { Fault } from '../../reference-server/faults.ts'
import { type Reference, startReference } from '../../reference-server/index.ts'
import type { Account } from '../host/account.ts'
import type { Host } from '../host/host.ts'
import { check, suite } from './define.ts'
import { accepted, code, equals, holdsExactly } from './matchers.ts'
import { type RunOptions, runChecks } from './run.ts'
import type { Check } from './types.ts'

const requirement = 'encryption.refuses-cleartext'

const delivers = check({
  id: 'encryption/delivers',
  requirement,
  title: 'an encrypted message is accepted and arrives',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    const mail = await t.mail.encrypted(alice, bob)
    t.expect('it is accepted', await smtp.send(mail), accepted)
    await t.eventually('it arrives', () => t.inbox(bob).minted(), holdsExactly(mail))
  },
})

async function onReference(faults: readonly Fault[], work: (reference: Reference) => Promise<void>): Promise<void> {
  await using reference = await startReference({ faults })
  await work(reference)
}

const options: Omit<RunOptions, 'hosts' | 'suites'> = {
  catalogue: requirements,
  selection: { profile: 'full', only: [], skip: [], costs: [], iOperate: true, jobs: 2 },
  seed: 7,
  failOn: 'must',
  requireComplete: false,
  knownFailing: [],
  evidence: 'failures',
  interrupt: new AbortController().signal,
  toolVersion: '0.0.0',
  reference: true,
  options: {},
}

function run(host: Host, checks: readonly Check[], others: Partial<RunOptions> = {}) {
  const hasty = { ...host, timing: { ...host.timing, arrival: 800, backoff: 50 } }
  return runChecks({ ...options, hosts: [hasty], suites: [suite('encryption', { checks })], ...others })
}

describe('a run', () => {
  it('passes on a good server and says what it used', () =>
    onReference([], async (reference) => {
      const result = await run(reference.host(), [delivers])
      expect(result.findings.map(({ verdict, runs }) => [verdict, runs])).toEqual([['pass', 1]])
      expect(result.gate.exitCode).toBe(0)
      expect(result.hosts[0]?.spent).toMatchObject({ freshAccounts: 2, messages: 1 })
    }))

  it('waits out throttling and does not hold it against the server', () =>
    onReference(
      [{ at: 'smtp:rcpt', kind: 'reply', times: 2, text: '450 4.7.1: Too much mail from you' }],
      async (reference) => {
        const result = await run(reference.host(), [delivers])
        expect(result.findings[0]).toMatchObject({ verdict: 'pass', runs: 1 })
      },
    ))

  it('calls throttling that does not end inconclusive', () =>
    onReference(
      [{ at: 'smtp:rcpt', kind: 'reply', times: 99, text: '450 4.7.1: Too much mail from you' }],
      async (reference) => {
        const result = await run(reference.host(), [delivers])
        expect(result.findings[0]?.verdict).toBe('inconclusive')
        expect(result.findings[0]?.reason).toContain('Too much mail')
        expect(result.gate.exitCode).toBe(3)
      },
    ))

  it('does not blame a server for what it did only once', () =>
    onReference(
      [{ at: 'smtp:rcpt', kind: 'reply', times: 1, text: '451 4.3.0 Try again later' }],
      async (reference) => {
        const result = await run(reference.host(), [delivers])
        expect(result.findings[0]).toMatchObject({ verdict: 'inconclusive', runs: 2 })
        expect(result.findings[0]?.evidence.some((line) => line.text.includes('451'))).toBe(true)
      },
    ))

  it('does not blame a server for a connection lost once', () =>
    onReference([{ at: 'smtp:mail', kind: 'drop', times: 1 }], async (reference) => {
      const result = await run(reference.host(), [delivers])
      expect(result.findings[0]?.verdict).toBe('inconclusive')
    }))

  it('blames it for what it does every time', () =>
    onReference([{ at: 'smtp:rcpt', kind: 'reply', times: 99, text: '550 5.7.1 No' }], async (reference) => {
      const result = await run(reference.host(), [delivers])
      expect(result.findings[0]).toMatchObject({ verdict: 'fail', runs: 2 })
      expect(result.findings[0]?.reason).toContain('550')
      expect(result.findings[0]?.why).toBeTruthy()
    }))

  it('keeps passwords and bodies out of the evidence', () =>
    onReference([], async (reference) => {
      const secrets: string[] = []
      const host = reference.host()
      const spying = {
        ...host,
        accounts: { ...host.accounts, remember: async (account: Account) => void secrets.push(account.password) },
      }
      const result = await run(spying, [delivers], { evidence: 'all' })
      const text = JSON.stringify(result)
      expect(secrets).toHaveLength(2)
      for (const secret of secrets) {
        expect(text).not.toContain(secret)
        expect(text).not.toContain(Buffer.from(secret).toString('base64'))
      }
      expect(text).not.toContain('BEGIN PGP')
    }))

  it('ends a check that never ends, as inconclusive, after its deadline', () =>
    onReference([], async (reference) => {
      const deaf = check({ id: 'encryption/deaf', requirement, title: 'never ends', run: () => new Promise(() => {}) })
      const result = await run(reference.host(), [deaf], { deadline: 50 })
      expect(result.findings[0]).toMatchObject({ verdict: 'inconclusive', runs: 2 })
    }))

  it('calls an exception of a check our error, with exit code 4', () =>
    onReference([], async (reference) => {
      const broken = check({
        id: 'encryption/broken',
        requirement,
        title: 'is broken',
        run: async () => {
          throw new TypeError('oops')
        },
      })
      const result = await run(reference.host(), [broken])
      expect(result.findings[0]?.verdict).toBe('error')
      expect(result.gate.exitCode).toBe(4)
    }))

  it('leaves what there is when it is interrupted, marked incomplete', () =>
    onReference([], async (reference) => {
      const stop = new AbortController()
      const stops = check({
        id: 'encryption/stops',
        requirement,
        title: 'is running when the user stops',
        async run(t) {
          stop.abort()
          await t.pause(60_000)
        },
      })
      const later = check({ ...delivers, id: 'encryption/later' })
      const result = await run(reference.host(), [delivers, stops, later], {
        interrupt: stop.signal,
        selection: { ...options.selection, jobs: 1 },
      })
      expect(result.complete).toBe(false)
      expect(result.gate.exitCode).toBe(130)
      expect(result.findings.map(({ check: id, verdict }) => [id, verdict])).toEqual([
        ['encryption/delivers', 'pass'],
        ['encryption/stops', 'skipped'],
        ['encryption/later', 'skipped'],
      ])
    }))

  it('gives each check accounts of its own, and deletes what it got', () =>
    onReference([], async (reference) => {
      const many = Array.from({ length: 6 }, (_, at) => check({ ...delivers, id: `encryption/delivers-${at}` }))
      const result = await run(reference.host(), many, { selection: { ...options.selection, jobs: 6 } })
      expect(result.findings.map(({ verdict }) => verdict)).toEqual(Array(6).fill('pass'))
      const left = reference.accounts.list().map((user) => user.store.inbox.messages.length)
      expect(left.every((count) => count === 0)).toBe(true)
    }))

  it('lets checks that find accounts beside a long wait go before one that does not', () =>
    onReference([], async (reference) => {
      const names = ['alice1234', 'bobby1234', 'carol1234']
      const given = names.map(
        (name): Account => ({
          address: `${name}@chat.test`,
          password: 'Given-To-Us-99',
          origin: 'given',
        }),
      )
      const host = reference.host()
      const store = { ...host.accounts, mayCreate: false, load: async () => given }
      const order: string[] = []
      const step = (name: string, accounts: number, until = () => true) =>
        check({
          id: `encryption/${name}`,
          requirement,
          title: name,
          needs: { accounts, ...(name === 'waits' ? { cost: 'slow' } : {}) },
          async run(t) {
            for (let tries = 0; !until() && tries < 300; tries++) await t.pause(10)
            order.push(name)
            t.expect('nothing', 1, equals(1))
          },
        })
      const checks = [step('waits', 2, () => order.includes('small')), step('hungry', 3), step('small', 1)]
      await run({ ...host, accounts: store }, checks)
      expect(order).toEqual(['small', 'waits', 'hungry'])
    }))

  it("moves a host's clock by minutes when nothing else runs there, and waits beside the others elsewhere", () =>
    onReference([], async (reference) => {
      const host = reference.host()
      const order = async (powers: Host['powers']) => {
        const events: string[] = []
        const step = (name: string, needs: Check['needs'], ms: number) =>
          check({
            id: `encryption/${name}`,
            requirement,
            title: name,
            ...(needs ? { needs } : {}),
            async run(t) {
              events.push(`${name} begins`)
              await t.pause(ms)
              events.push(`${name} ends`)
              t.expect('nothing', 1, equals(1))
            },
          })
        await run({ ...host, powers }, [
          step('waits', { cost: 'slow', letsMinutesPass: true }, 300),
          step('short', undefined, 20),
        ])
        return events
      }
      expect(await order(host.powers)).toEqual(['short begins', 'short ends', 'waits begins', 'waits ends'])
      const { clock: _, ...others } = host.powers
      expect(await order(others)).toEqual(['waits begins', 'short begins', 'short ends', 'waits ends'])
    }))

  it('forgets cached accounts that the host does not let in any more', () =>
    onReference([], async (reference) => {
      const gone: Account = { address: 'ci-gone12@chat.test', password: 'x', origin: 'cached' }
      const forgotten: string[] = []
      const host = reference.host()
      const store = {
        ...host.accounts,
        load: async () => [gone],
        forget: async (address: string) => void forgotten.push(address),
      }
      const result = await run({ ...host, accounts: store }, [delivers])
      expect(result.findings[0]?.verdict).toBe('pass')
      expect(forgotten).toEqual([gone.address])
    }))

  it('stops at the budget of the host', () =>
    onReference([], async (reference) => {
      const host = { ...reference.host(), budget: { freshAccounts: 1, messages: 10, connections: 100 } }
      const result = await run(host, [delivers])
      expect(result.findings[0]).toMatchObject({
        verdict: 'skipped',
        reason: expect.stringContaining('at most 1 new accounts'),
      })
    }))

  it('judges every member of a batch by itself', () =>
    onReference([], async (reference) => {
      const member = (id: string) => ({ id, requirement, title: id }) as const
      const result = await runChecks({
        ...options,
        hosts: [reference.host()],
        suites: [
          {
            area: 'encryption',
            checks: [],
            batches: [
              {
                id: 'encryption/numbers',
                members: [member('encryption/one'), member('encryption/two')],
                async run(t, members) {
                  for (const [at, { id }] of members.entries()) t.member(id).expect('it is one', at + 1, equals(1))
                },
              },
            ],
          },
        ],
      })
      // The second one alone is tried again, and is then the first: met on the rerun, so it stays open.
      expect(result.findings.map(({ verdict, runs }) => [verdict, runs])).toEqual([
        ['pass', 1],
        ['inconclusive', 2],
      ])
    }))

  it('is a known failure only as long as the file says', () =>
    onReference([], async (reference) => {
      const failing = check({
        id: 'encryption/fails',
        requirement,
        title: 'fails',
        run: async (t) => t.expect('it', 1, equals(2)),
      })
      const entry = { pattern: 'encryption/fails', reason: 'ticket 12', line: 1 }
      const known = await run(reference.host(), [failing, delivers], { knownFailing: [entry] })
      expect(known.gate.exitCode).toBe(0)
      const expired = await run(reference.host(), [failing, delivers], {
        knownFailing: [{ ...entry, until: '2020-01-01' }],
      })
      expect(expired.gate.exitCode).toBe(1)
    }))

  const provokes = (id: string, provoke: () => unknown) =>
    check({
      id,
      requirement,
      title: 'provokes',
      needs: { risky: true },
      async run(t) {
        await provoke()
        t.expect('the refusal comes', { code: 550, lines: [], text: '' }, code(523))
      },
    })

  it('says that a host which stops answering after a risky check has probably banned us', () =>
    onReference([], async (reference) => {
      const notes: string[] = []
      const risky = provokes('encryption/wrong-password', () => reference.close())
      const further = provokes('encryption/further', () => expect.unreachable('nobody is there any more'))
      const result = await run(reference.host(), [delivers, risky, further], {
        onEvent: (event) => event.type === 'note' && notes.push(event.text),
      })
      const text = '@reference stopped answering after encryption/wrong-password: probably a ban'
      expect(result.findings.map(({ verdict, reason }) => [verdict, reason])).toEqual([
        ['pass', undefined],
        ['inconclusive', text],
        ['skipped', `not tried: ${text}`],
      ])
      expect([notes, result.gate.exitCode]).toEqual([[text], 3])
    }))

  it('names the port when a ban closes only one', () =>
    onReference([], async (reference) => {
      await using relay = await switchable(reference.ports.submissions)
      const host = reference.host()
      const submissions = { ...defined(host.endpoints.submissions), port: relay.port }
      const risky = provokes('encryption/wrong-password', relay.refuse)
      const result = await run({ ...host, endpoints: { ...host.endpoints, submissions } }, [delivers, risky])
      expect(result.findings[1]?.reason).toBe(
        `@reference stopped answering on port ${relay.port} after encryption/wrong-password: probably a ban`,
      )
    }))

  it('goes on after a risky check when the host answers as before', () =>
    onReference([], async (reference) => {
      const risky = [provokes('encryption/wrong-password', () => {}), provokes('encryption/further', () => {})]
      const result = await run(reference.host(), [delivers, ...risky])
      expect(result.findings.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'fail'])
    }))
})

/** Carries connections to a port until it is told to refuse them. */
async function switchable(to: number) {
  let refuses = false
  const server = createServer((socket) => {
    socket.on('error', () => {})
    if (refuses) return void socket.destroy()
    const onward = connect(to, '127.0.0.1')
    onward.on('error', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    refuse: () => {
      refuses = true
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is not there')
  return value
}
