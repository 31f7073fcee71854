#!/usr/bin/env node
// The launcher. Old syntax, and neither require nor import at the top: every Node since 4 must be able to read this file,
// as CommonJS or as a module, to be told in one line that it is too old. It alone touches process.argv and process.exit.
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
  var source = path.join(root, 'bin', 'main.ts')
  var built = path.join(root, 'dist', 'bin', 'main.js')
  var ownNode = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

  // A reader that goes away (`| head`) is no error of ours.
  function quietly(error) {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  }
  process.stdout.on('error', quietly)
  process.stderr.on('error', quietly)

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

  function run(main) {
    var module = process.getBuiltinModule('node:module')
    var home = process.getBuiltinModule('node:os').homedir()
    var cache = process.env.XDG_CACHE_HOME || path.join(home, '.cache')
    if (module.enableCompileCache && path.isAbsolute(cache)) module.enableCompileCache(path.join(cache, 'chatmail-check', 'compiled'))
    var io = {
      stdout: process.stdout,
      stderr: process.stderr,
      env: process.env,
      cwd: process.cwd(),
      get stdin() {
        return process.stdin
      },
      signals: process,
      exit: function (code) {
        process.exit(code)
      },
    }
    load(url.pathToFileURL(main).href)
      .then(function (loaded) {
        return loaded.main(process.argv.slice(2), io)
      })
      .then(finish, function (error) {
        fail(exits.error, String((error && error.stack) || error))
      })
  }

  // Ends the process once both streams are written out: a pipe may still be full.
  function finish(code) {
    process.exitCode = code
    process.stdout.write('', function () {
      process.stderr.write('', function () {
        process.exit(code)
      })
    })
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
