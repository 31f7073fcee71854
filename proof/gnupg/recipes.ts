// How each armour of suites/encryption/corpus/gnupg/armours.ts is made. Used by make.ts and the test.
import { type Gpg, people } from './gpg.ts'

const text = 'Content-Type: text/plain; charset=utf-8\r\n\r\nA message that GnuPG wrote.\r\n'
/** Octets that no compression makes fewer. */
const noise = (length: number): Uint8Array => {
  const octets = new Uint8Array(length)
  for (let at = 0, state = 1; at < length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    octets[at] = state >>> 16
  }
  return octets
}

const encrypt = ['--encrypt', '--recipient']

export const recipes: Readonly<Record<string, (gpg: Gpg) => Promise<string>>> = {
  'curve-25519': async (gpg) => gpg.run(['--output', '-', ...encrypt, people.curve, await gpg.file(text)]),
  'two-recipients': async (gpg) =>
    gpg.run(['--output', '-', '--recipient', people.rsa, ...encrypt, people.curve, await gpg.file(text)]),
  'hidden-recipient': async (gpg) =>
    gpg.run(['--output', '-', '--throw-keyids', ...encrypt, people.curve, await gpg.file(text)]),
  'signed-inside': async (gpg) =>
    gpg.run(['--output', '-', '--local-user', people.curve, '--sign', ...encrypt, people.rsa, await gpg.file(text)]),
  piped: async (gpg) => gpg.run(['--compress-algo', 'none', ...encrypt, people.curve], noise(9_000)),
  password: async (gpg) =>
    gpg.run([
      '--output',
      '-',
      '--passphrase',
      'secret',
      '--symmetric',
      '--cipher-algo',
      'AES256',
      await gpg.file(text),
    ]),
  'with-version': async (gpg) =>
    gpg.run(['--output', '-', '--emit-version', ...encrypt, people.curve, await gpg.file(text)]),
  'with-comment': async (gpg) =>
    gpg.run(['--output', '-', '--comment', 'read me', ...encrypt, people.curve, await gpg.file(text)]),
  signed: async (gpg) => gpg.run(['--output', '-', '--local-user', people.curve, '--sign', await gpg.file(text)]),
  'signed-uncompressed': async (gpg) =>
    gpg.run(['--output', '-', '--compress-algo', 'none', '--local-user', people.rsa, '--sign', await gpg.file(text)]),
  stored: async (gpg) => gpg.run(['--output', '-', '--compress-algo', 'none', '--store', await gpg.file(text)]),
  'clear-signed': async (gpg) =>
    gpg.run(['--output', '-', '--local-user', people.curve, '--clear-sign', await gpg.file(text)]),
  'detached-signature': async (gpg) =>
    gpg.run(['--output', '-', '--local-user', people.curve, '--detach-sign', await gpg.file(text)]),
  'public-key': (gpg) => gpg.run(['--export', people.curve]),
}
