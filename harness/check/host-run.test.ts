import { expect, it } from 'vitest'
import { startReference } from '../../reference-server/index.ts'
import { Transcript } from '../clients/transcript.ts'
import type { Candidate, Host } from '../host/host.ts'
import { startHostRun } from './host-run.ts'

it('asks for a service where a flag says it is, even when nothing answers there', async () => {
  await using reference = await startReference({})
  const known = reference.host()
  const { https: _, ...endpoints } = known.endpoints
  const { name } = known.endpoints.imaps ?? expect.unreachable('IMAP')
  const given: Candidate = {
    endpoint: { service: 'https', security: 'tls', name, address: '127.0.0.9', port: 4443 },
    origin: 'flag',
    outcome: 'refused',
  }
  const host: Host = { ...known, endpoints, candidates: [given] }
  const signal = new AbortController().signal
  const run = startHostRun(host, () => ({ signal, transcript: new Transcript() }))
  const place = (port: number) => run.endpoint('https', name, port, 'tls', signal)
  expect(await place(443)).toMatchObject({ address: '127.0.0.9', port: 4443 })
  expect(await place(8443)).toMatchObject({ port: 8443 })
})
