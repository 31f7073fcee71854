#!/usr/bin/env node
// The launcher. Old syntax, and neither require nor import at the top: every Node since 4 must be able to read this file,
// as CommonJS or as a module, to be told in one line that it is too old. It finds start.ts, or what was built from it.
;(function () {
  var wanted = [20, 19]
  var exits = { usage: 2, error: 4 }

  function fail(code, text) {
    process.stderr.write(text + '\n')
    process.exit(code)
  }

  var version = process.version.slice(1).split('.').map(Number)
  if (version[0] < wanted[0] || (version[0] === wanted[0] && version[1] < wanted[1])) {
    fail(
      exits.usage,
      'chatmail-check needs Node 20.19 or newer; this is ' + process.version + '. Get one from https://nodejs.org/ or your distribution.'
    )
    return
  }

  var fs = process.getBuiltinModule('node:fs')
  var path = process.getBuiltinModule('node:path')
  var url = process.getBuiltinModule('node:url')
  // A parser of an old Node does not know import(), so it stands in a string.
  var load = new Function('specifier', 'return import(specifier)')

  var root = path.dirname(path.dirname(fs.realpathSync(process.argv[1])))
  var source = path.join(root, 'bin', 'start.ts')
  var built = path.join(root, 'dist', 'bin', 'start.js')
  var ownNode = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

  if (!fs.existsSync(source)) run(built)
  else if (process.features.typescript) run(source)
  else if (fs.existsSync(ownNode) && process.env.CHATMAIL_CHECK_NODE !== ownNode) runWith(ownNode)
  else if (fs.existsSync(built)) run(built)
  else {
    fail(
      exits.usage,
      'chatmail-check runs from source on Node 22.18 or newer; this is ' + process.version + '. Run "npm ci" (it brings Node 24) or "npm run build" first.'
    )
  }

  function run(start) {
    keepCompiled()
    load(url.pathToFileURL(start).href)
      .then(function (loaded) {
        return loaded.start(process)
      })
      .catch(function (error) {
        fail(exits.error, String((error && error.stack) || error))
      })
  }

  // What Node compiled once it finds again, types that it stripped too: the next start is faster. Node 20 cannot.
  function keepCompiled() {
    var enable = process.getBuiltinModule('node:module').enableCompileCache
    var cache = process.env.XDG_CACHE_HOME
    try {
      cache = cache || path.join(process.getBuiltinModule('node:os').homedir(), '.cache')
    } catch (error) {
      // A user without a home starts a little slower.
    }
    if (enable && cache && path.isAbsolute(cache)) enable(path.join(cache, 'chatmail-check', 'compiled'))
  }

  // The same program on the Node that the checkout brings. Signals go to the child; it decides when to end.
  function runWith(node) {
    var env = Object.assign({}, process.env, { CHATMAIL_CHECK_NODE: node })
    var child = process
      .getBuiltinModule('node:child_process')
      .spawn(node, process.argv.slice(1), { stdio: 'inherit', env: env })
    var signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    signals.forEach(function (signal) {
      process.on(signal, function () {
        child.kill(signal)
      })
    })
    child.on('error', function (error) {
      fail(exits.usage, 'chatmail-check: cannot start ' + node + ': ' + error.message)
    })
    child.on('exit', function (code, signal) {
      process.exit(code === null ? 128 + (process.getBuiltinModule('node:os').constants.signals[signal] || 0) : code)
    })
  }
})()
