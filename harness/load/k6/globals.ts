// What the clients take for granted and k6's JavaScript does not have. The first thing in an exported script; times are whole
// milliseconds there.
import { octets } from '../../wire/octets.ts'

const given = globalThis as Record<string, unknown>

given.performance ??= { timeOrigin: 0, now: () => Date.now() }

given.TextEncoder ??= class {
  encode(text: string): Uint8Array {
    // The one way from UTF-16 to UTF-8 that every engine has.
    return octets(unescape(encodeURIComponent(text)))
  }
}

for (const name of ['dispose', 'asyncDispose'] as const) {
  if (Symbol[name] === undefined) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) })
}
