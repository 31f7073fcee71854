// How a scenario file is read, once for each virtual user: `k6`, `k6/...` and `chatmail` become the modules of that virtual
// user, and files beside it are its own copies, too. Node 22.15 and newer take these hooks in the thread itself; for older
// ones this file runs in Node's loader thread, by `module.register`.
import type { InitializeHook, LoadHook, LoadHookSync, ResolveHook, ResolveHookSync } from 'node:module'

const scheme = 'chatmail-load:'
const mark = 'chatmail-vu'
/** The module of `__ITER`. */
const counter = 'iteration'

/** Where the modules of a virtual user are found, by its number. */
export const modulesOf = Symbol.for('chatmail-check.load.modules')

/** Names of what each module exports. */
export type Exports = Readonly<Record<string, readonly string[]>>

/** The address under which a virtual user has its own copy of a file. */
export function ownCopy(url: string, vu: number): string {
  return `${url}?${mark}=${vu}`
}

const vuOf = (url: string | undefined): string | undefined => url?.split(`?${mark}=`)[1]

/** Undefined: not for us. Throws for what a portable scenario file cannot have. */
function redirected(specifier: string, parent: string | undefined, known: Exports): string | undefined {
  const vu = vuOf(parent)
  if (vu === undefined || parent?.startsWith(scheme)) return undefined
  if (specifier.startsWith(scheme)) return specifier
  if (Object.hasOwn(known, specifier)) return `${scheme}${specifier}?${mark}=${vu}`
  if (/^\.{1,2}\//.test(specifier)) return undefined
  throw new Error(
    `a scenario file may import ${Object.keys(known).join(', ')} and files beside it, but not "${specifier}"`,
  )
}

/** A module that hands on what `modulesOf` gives. */
function bridge(url: string, known: Exports): string {
  const specifier = url.slice(scheme.length).split('?')[0] ?? ''
  const its = `globalThis[Symbol.for('${modulesOf.description}')](${vuOf(url)})`
  if (specifier === counter) return `export let __ITER; ${its}.onIteration((number) => { __ITER = number })`
  const names = (known[specifier] ?? []).filter((name) => name !== 'default')
  const source = `const given = ${its}['${specifier}']`
  return [source, ...names.map((name) => `export const ${name} = given.${name}`), 'export default given.default'].join(
    '\n',
  )
}

/** Globals of k6, on the first line so that no other line moves. */
function withGlobals(source: string, url: string): string {
  const vu = vuOf(url)
  const names = ['__ENV', '__VU'].filter((name) => source.includes(name))
  const globals = `globalThis[Symbol.for('${modulesOf.description}')](${vu}).globals`
  const fixed = names.length === 0 ? '' : `const { ${names.join(', ')} } = ${globals}; `
  // What changes from one iteration to the next is a binding of another module, which follows it.
  const live = source.includes('__ITER') ? `import { __ITER } from '${scheme}${counter}?${mark}=${vu}'; ` : ''
  return `${live}${fixed}${source}`
}

const textOf = (source: unknown): string =>
  typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString('utf8')

const ours = (url: string): boolean => url.startsWith('file:') && vuOf(url) !== undefined

/** For `module.registerHooks`. `strip` takes the types off TypeScript; a file is read and stripped only once. */
export function hooksInThread(
  known: Exports,
  strip: (source: string) => string,
): { resolve: ResolveHookSync; load: LoadHookSync } {
  const read = new Map<string, string>()
  return {
    resolve(specifier, context, next) {
      const url = redirected(specifier, context.parentURL, known)
      if (url !== undefined) return { url, format: 'module', shortCircuit: true }
      const found = next(specifier, context)
      const vu = vuOf(context.parentURL)
      return vu === undefined || vuOf(found.url) !== undefined
        ? found
        : { ...found, url: ownCopy(found.url, Number(vu)) }
    },
    load(url, context, next) {
      if (url.startsWith(scheme)) return { format: 'module', source: bridge(url, known), shortCircuit: true }
      if (!ours(url)) return next(url, context)
      const file = url.split('?')[0] ?? url
      let source = read.get(file)
      if (source === undefined) {
        const loaded = next(url, context)
        source = textOf(loaded.source)
        if (loaded.format === 'module-typescript') source = strip(source)
        read.set(file, source)
      }
      return { format: 'module', source: withGlobals(source, url), shortCircuit: true }
    },
  }
}

let knownHere: Exports = {}

export const initialize: InitializeHook<Exports> = (known) => {
  knownHere = known
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  const url = redirected(specifier, context.parentURL, knownHere)
  if (url !== undefined) return { url, format: 'module', shortCircuit: true }
  const found = await next(specifier, context)
  const vu = vuOf(context.parentURL)
  return vu === undefined || vuOf(found.url) !== undefined ? found : { ...found, url: ownCopy(found.url, Number(vu)) }
}

export const load: LoadHook = async (url, context, next) => {
  if (url.startsWith(scheme)) return { format: 'module', source: bridge(url, knownHere), shortCircuit: true }
  if (!ours(url)) return next(url, context)
  const loaded = await next(url, context)
  return { format: 'module', source: withGlobals(textOf(loaded.source), url), shortCircuit: true }
}
