// Runs a command that the operator named, and gives its lines as they come: `tail -F /var/log/mail.log`,
// `ssh root@chat.example journalctl -f -o short-precise`. Used by `trace --server-log`.
import { type ChildProcess, spawn } from 'node:child_process'

export interface FollowOptions {
  readonly cwd: string
  readonly onLine: (line: string) => void
  /** It is over though nobody stopped it: why, in one line. */
  readonly onEnd: (reason: string) => void
}

/** A line without end is no log. Its rest is thrown away. */
const longestLine = 65_536
const shownError = 300

/** Runs through the shell, in a process group of its own that ends with the returned object. */
export function followCommand(command: string, { cwd, onLine, onEnd }: FollowOptions): AsyncDisposable {
  const posix = process.platform !== 'win32'
  const child = spawn(command, { shell: true, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: posix })
  let stopped = false
  let complaint = ''
  const over = (reason: string) => {
    if (!stopped) onEnd(complaint === '' ? reason : `${reason}: ${complaint}`)
    stopped = true
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      over(error.message)
      resolve()
    })
    child.once('close', (code, signal) => {
      over(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`)
      resolve()
    })
  })
  byLine(child.stdout, onLine)
  // What it complains of last is the reason when it fails.
  byLine(child.stderr, (line) => {
    if (line.trim() !== '') complaint = line.trim().slice(0, shownError)
  })
  return {
    async [Symbol.asyncDispose]() {
      if (stopped) return
      stopped = true
      end(child, posix)
      await ended
    },
  }
}

function byLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = (lines.pop() ?? '').slice(0, longestLine)
    for (const line of lines) onLine(line.replace(/\r$/, ''))
  })
  stream.on('end', () => {
    if (rest !== '') onLine(rest)
  })
}

/** The shell and whatever it started. */
function end(child: ChildProcess, posix: boolean): void {
  if (child.pid === undefined) return
  try {
    if (posix) process.kill(-child.pid, 'SIGTERM')
    else child.kill()
  } catch {
    // It has ended by itself meanwhile.
  }
  // Pipes that a stubborn process holds must not hold us.
  child.stdout?.destroy()
  child.stderr?.destroy()
}
