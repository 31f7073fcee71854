// How a command joins the program. Light: what is heavy a command imports when it runs.
import type { Command } from 'commander'
import type { Io } from './io.ts'

/** Adds a command to the program; `done` takes its exit code when it has run. */
export type Define = (program: Command, io: Io, done: (exitCode: number) => void) => void
