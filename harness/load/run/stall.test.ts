// A server that stands still for two seconds of eight, in a process of its own: what open and closed models make of it.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { resolveHost } from '../../discovery/resolve-host.ts'
