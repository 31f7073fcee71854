// The flags that say how a host is reached, the same for every command that talks to one.
import type { Command } from 'commander'

export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

export function reachingFlags(command: Command): Command {
  return command
    .optionsGroup('Reaching:')
    .option('--resolve <NAME=IP>', 'use this address for NAME instead of asking DNS; repeatable', collect)
    .option(
      '--connect <SERVICE=ADDR:PORT>',
      'where imaps, imap, submissions, submission, https, http or smtp is; repeatable',
      collect,
    )
    .option('--dns <ADDR[:PORT]>', 'ask this DNS server (default: those of the system; port 53)')
    .option('--ca <FILE>', 'trust these roots (PEM) instead of the public ones; repeatable', collect)
    .option('--pin <SHA256>', 'trust exactly the certificate with this fingerprint')
    .option('--trust-presented', 'trust any certificate; those are then not judged')
    .option('--wait <TIME>', 'try again until the services answer, at most this long: 60s (default: one try)')
    .option('-4, --ipv4', 'IPv4 only')
    .option('-6, --ipv6', 'IPv6 only')
    .option('--accounts <FILE>', 'use these accounts (lines "address password"); none is made')
    .option('--fresh', 'leave accounts of earlier runs alone')
}
