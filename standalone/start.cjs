// The start of a standalone program, run by Node's single executable. The files of the program are in the executable, at
// addresses below `file:///chatmail-check/`; here they become modules, threads, and files that the program can read.
'use strict'

const root = 'file:///chatmail-check/'

/** Stands alone, because each thread runs it from its text. */
function serveFiles(root) {
  const fs = require('node:fs')
  const nodeModule = require('node:module')
  const sea = require('node:sea')
  const threads = require('node:worker_threads')
  const { fileURLToPath } = require('node:url')

  const names = new Set(sea.getAssetKeys())
  const folder = fileURLToPath(root)

  /** Of a file of ours; undefined for all others. Takes an URL or a path. */
  function nameOf(place) {
    const text = String(place).split('?')[0]
    const start = [root, folder].find((prefix) => text.startsWith(prefix))
    const name = start === undefined ? undefined : text.slice(start.length)
    return names.has(name) ? name : undefined
  }

  nodeModule.registerHooks({
    resolve(specifier, context, next) {
      const inside = context.parentURL?.startsWith(root) && /^\.{1,2}\//.test(specifier)
      const url = inside ? new URL(specifier, context.parentURL).href : specifier
      return nameOf(url) === undefined ? next(specifier, context) : { url, format: 'module', shortCircuit: true }
    },
    load(url, context, next) {
      const name = nameOf(url)
      if (name === undefined) return next(url, context)
      return { format: 'module', source: sea.getAsset(name, 'utf8'), shortCircuit: true }
    },
  })

  /** What the program reads of its own files, in the ways in which it does. */
  function contentOf(name, options) {
    const bytes = Buffer.from(sea.getAsset(name))
    const encoding = typeof options === 'string' ? options : options?.encoding
    return encoding ? bytes.toString(encoding) : bytes
  }
  const { readFileSync, existsSync } = fs
  const { readFile } = fs.promises
  fs.readFileSync = (place, options) => {
    const name = nameOf(place)
    return name === undefined ? readFileSync(place, options) : contentOf(name, options)
  }
  fs.existsSync = (place) => nameOf(place) !== undefined || existsSync(place)
  fs.promises.readFile = async (place, options) => {
    const name = nameOf(place)
    return name === undefined ? readFile(place, options) : contentOf(name, options)
  }

  threads.Worker = class extends threads.Worker {
    constructor(place, options) {
      if (nameOf(place) === undefined) super(place, options)
      else {
        const text = `(${serveFiles})(${JSON.stringify(root)})\nimport(${JSON.stringify(String(place))})`
        super(text, { ...options, eval: true })
      }
    }
  }
  nodeModule.syncBuiltinESMExports()
}

serveFiles(root)
import(`${root}dist/bin/start.js`)
  .then(({ start }) => start(process))
  .catch((error) => {
    process.stderr.write(`${error?.stack ?? error}\n`)
    process.exitCode = 4
  })
