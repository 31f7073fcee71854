// Our SMTP client beside smtp-source, Postfix's load generator in C, both against Debian's smtp-sink: one session, one message after
// the other, one recipient, in clear, command by command. Used by the bench.
import { execFile, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { connect, createServer } from 'node:net'
import { promisify } from 'node:util'
import type { Mail } from '../../mail/mail.ts'
import { type Contest, contest, costOf } from './measure.ts'
import { ourSink } from './sessions.ts'

const run = promisify(execFile)
const folder = '/usr/sbin'

/** Undefined where Postfix is not installed. */
export async function besideSmtpSource(mail: Mail, count: number): Promise<Contest | undefined> {
  try {
    for (const name of ['smtp-source', 'smtp-sink']) accessSync(`${folder}/${name}`, constants.X_OK)
  } catch {
    return undefined
  }
  const port = await freePort()
  // It does not run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'postfix'] : []
  const sink = spawn(`${folder}/smtp-sink`, [...user, `127.0.0.1:${port}`, '10'], { stdio: 'ignore' })
  try {
    await answers(port)
    await using ours = await ourSink(port)
    const message = { envelope: { from: 'from@bench', to: ['to@bench'] }, bytes: mail.bytes }
    return await contest(
      { title: 'send a message on an open session to smtp-sink', unit: 'message', against: 'smtp-source' },
      {
        ours: () =>
          costOf(count, async () => {
            for (let i = 0; i < count; i++) {
              const outcome = await ours.send(message)
              if (!outcome.accepted) throw new Error('smtp-sink refused a message', { cause: outcome.error })
            }
          }),
        theirs: () => costOfSource(port, count, mail.bytes.length),
      },
    )
  } finally {
    sink.kill('SIGKILL')
  }
}

/** Microseconds of CPU of the whole program, for each of its messages: its start is a part of it, and small. */
async function costOfSource(port: number, count: number, octets: number): Promise<number> {
  const options = `-d -s 1 -m ${count} -l ${octets} -f from@bench -t to@bench 127.0.0.1:${port}`
  const { stdout } = await run('bash', ['-c', `${folder}/smtp-source ${options} && times`])
  // The second line is that of children: user and system, minutes and seconds.
  const used = [...(stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)]
  if (used.length !== 2) throw new Error(`no times of smtp-source: ${stdout}`)
  return (used.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0) * 1e6) / count
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' })
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('smtp-sink does not answer')
}
