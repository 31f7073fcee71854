import { describe, expect, it } from 'vitest'
import type { Host } from '../host/host.ts'
import { fullLoginCode, isBelieved, plainLoginCode, routesTo } from './login-code.ts'

const account = { address: 'alice1234@chat.test', password: 'p&ss=%word?' }

function host(domain: string, mode: Host['trust']['mode'], name = domain): Host {
  const at = { name, address: '127.0.0.1' }
  return {
    domain,
    trust: { mode },
    endpoints: {
      imaps: { ...at, service: 'imaps', security: 'tls', port: 20_993 },
      submission: { ...at, service: 'submission', security: 'starttls', port: 20_587 },
      https: { ...at, service: 'https', security: 'tls', port: 20_443 },
      smtp: { ...at, service: 'smtp', security: 'starttls', port: 20_025 },
    },
  } as unknown as Host
}

describe('what Delta Chat logs in with', () => {
  it('is believed by name or by the public roots, and otherwise not', () => {
    expect(isBelieved(host('_chat.test', 'ca'))).toBe(true)
    expect(isBelieved(host('chat.example', 'system'))).toBe(true)
    expect(isBelieved(host('chat.test', 'ca'))).toBe(false)
    expect(isBelieved(host('_chat.test', 'ca', 'mail.chat.test'))).toBe(false)
    expect(isBelieved(host('[127.0.0.1]', 'presented'))).toBe(false)
    expect(isBelieved(host('[127.0.0.1]', 'system', '127.0.0.1'))).toBe(false)
  })

  it('quotes passwords', () => {
    expect(plainLoginCode(account)).toBe('dclogin:alice1234@chat.test?p=p%26ss%3D%25word%3F&v=1')
  })

  it('names servers, and takes certificates as they come only where it must', () => {
    expect(fullLoginCode(host('chat.test', 'ca'), account)).toMatch(
      /&ih=chat\.test&ip=20993&is=ssl&sh=chat\.test&sp=20587&ss=starttls&ic=3$/,
    )
    expect(fullLoginCode(host('_chat.test', 'ca'), account)).toMatch(/&ic=0$/)
  })

  it('is led to the ports of the host, by standard numbers and by its own', () => {
    const route = routesTo(host('chat.test', 'ca', 'mail.chat.test'))
    expect(route('mail.chat.test', 993)?.port).toBe(20_993)
    expect(route('chat.test', 443)?.port).toBe(20_443)
    expect(route('mail.chat.test', 20_587)?.port).toBe(20_587)
    for (const [name, port] of [
      ['chat.test', 25],
      ['imap.chat.test', 993],
      ['chat.test', 465],
    ] as const)
      expect(route(name, port)).toBeUndefined()
  })
})
