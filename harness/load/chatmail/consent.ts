// Which addresses may get load. Asked before a run, and again for every single connection, on every thread: what counts is the
// address, never a name, since anybody can point a name at somebody else's server.
import { BlockList, isIP, isIPv6 } from 'node:net'

export type AddressKind = 'loopback' | 'near' | 'public'

const loopback = new BlockList()
const near = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  near.addSubnet(net, bits, 'ipv4')
}
near.addSubnet('fc00::', 7, 'ipv6')
near.addSubnet('fe80::', 10, 'ipv6')

/** near: private, link-local, unique local, or of an interface of this machine (`own`). What is no address is public. */
export function addressKind(address: string, own: readonly string[] = []): AddressKind {
  const plain = address.split('%')[0] ?? address
  if (isIP(plain) === 0) return 'public'
  const family = isIPv6(plain) ? 'ipv6' : 'ipv4'
  if (loopback.check(plain, family)) return 'loopback'
  return near.check(plain, family) || own.includes(plain) ? 'near' : 'public'
}

/** The addresses that may get load in this run; loopback always may. */
export interface Consent {
  readonly addresses: readonly string[]
}

/** No consent for this address. */
export class ConsentMissing extends Error {
  readonly address: string

  constructor(address: string) {
    super(`no load goes to ${address}: nobody has agreed to it`)
    this.name = 'ConsentMissing'
    this.address = address
  }
}

/** Throws ConsentMissing. */
export function demandConsent(address: string, consent: Consent): void {
  if (addressKind(address) === 'loopback' || consent.addresses.includes(address)) return
  throw new ConsentMissing(address)
}
