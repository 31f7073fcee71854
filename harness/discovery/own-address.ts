// Tells when the target is the machine we run on: what is measured there says nothing about the way from outside.
import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

export function isLoopback(address: string): boolean {
  const version = isIP(address)
  return version !== 0 && loopback.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

/** A remark for the head of a report, when one of `addresses` is ours. */
export function ownAddressNote(
  addresses: readonly string[],
  interfaces: readonly string[] = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).map((one) => one.address),
  ),
): string | undefined {
  if (addresses.some(isLoopback)) return 'measured on this machine over loopback; reachability from outside not shown'
  const own = new Set(interfaces)
  if (addresses.some((address) => own.has(address))) {
    return 'measured from the server itself; reachability from outside not shown'
  }
  return undefined
}
