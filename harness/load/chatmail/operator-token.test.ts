// The token of an operator against a real web server that shows it, or something else.
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { issue } from '../../clients/test-certificates.ts'
import type { Trust } from '../../host/host.ts'
import { tokenFor, tokenPath, whyNotShown } from './operator-token.ts'

const token = tokenFor('a secret', 'chat.test')
const timing = { connect: 3_000, reply: 3_000, arrival: 0, check: 0, backoff: 0 }

/** A web server that answers the path of the token so. */
async function webServer(answer: { status?: number; body?: string; location?: string }, name = 'chat.test') {
  const { pem, key } = await issue(name, { names: [name] })
  let requests = 0
  const server = createServer({ cert: pem, key }, (request, response) => {
    requests++
    const { status = 200, body = '', location } = answer
    response.writeHead(request.url === tokenPath ? status : 404, location === undefined ? {} : { location })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const ask = (trust: Trust = { mode: 'ca', ca: [pem] }) => {
    const https = { service: 'https', security: 'tls', name: 'chat.test', address: '192.0.2.9', port } as const
    return whyNotShown({ domain: 'chat.test', trust, timing, endpoints: { https } }, '127.0.0.1', token)
  }
  return { ask, requests: () => requests, [Symbol.asyncDispose]: async () => void server.close() }
}

describe('the token of an operator', () => {
  test('is believed from the address that gets the load, over HTTPS, with a certificate for the name', async () => {
    await using server = await webServer({ body: `# load tests\r\n ${token}\r\n` })
    expect(await server.ask()).toBeUndefined()
  })

  test.each([
    ['another token', { body: tokenFor('another secret', 'chat.test') }, 'does not hold the token'],
    ['the token of another host', { body: tokenFor('a secret', 'other.test') }, 'does not hold the token'],
    ['the token within a line', { body: `x${token}` }, 'does not hold the token'],
    ['no such page', { status: 404, body: token }, 'answered with 404'],
    ['a redirect', { status: 302, location: 'https://elsewhere.test/', body: token }, 'answered with 302'],
  ])('is not there: %s', async (_, answer, reason) => {
    await using server = await webServer(answer)
    expect(await server.ask()).toContain(reason)
    expect(server.requests()).toBe(1)
  })

  test('is not believed with a certificate for another name, from an unknown authority, or unverified', async () => {
    await using other = await webServer({ body: token }, 'other.test')
    expect(await other.ask()).toMatch(/certificate/i)
    await using server = await webServer({ body: token })
    expect(await server.ask({ mode: 'system' })).toMatch(/certificate/i)
    expect(await server.ask({ mode: 'presented' })).toContain('not verified')
    expect(await server.ask({ mode: 'name-only' })).toContain('not verified')
    expect([other.requests(), server.requests()]).toEqual([0, 0])
  })

  test('cannot be had from a silent address', async () => {
    const host = { domain: 'chat.test', trust: { mode: 'system' }, timing, endpoints: {} } as const
    const closed = {
      ...host,
      endpoints: { https: { service: 'https', security: 'tls', name: 'x', address: 'x', port: 1 } },
    } as const
    expect(await whyNotShown(closed, '127.0.0.1', token)).toMatch(/connect/)
  })
})
