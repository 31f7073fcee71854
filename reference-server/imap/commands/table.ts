// Every command the server knows, and in which state it is allowed.
import type { CommandEntry, CommandTable } from '../outcome.ts'
import { append } from './append.ts'
import { copy, move } from './copy.ts'
import { expunge } from './expunge.ts'
import { fetch } from './fetch.ts'
import { create, remove, rename, subscribe, unsubscribe } from './folders.ts'
import { idle } from './idle.ts'
import { list, lsub } from './list.ts'
import { authenticate, login, starttls } from './login.ts'
import { getMetadata, setMetadata } from './metadata.ts'
import { getQuota, getQuotaRoot, setQuota } from './quota.ts'
import { search } from './search.ts'
import { close, examine, select, unselect } from './select.ts'
import { capability, check, compress, enable, id, logout, namespace, noop } from './session-commands.ts'
import { status } from './status.ts'
import { store } from './store.ts'

const commands: CommandTable = {
  CAPABILITY: { state: 'any', run: capability },
  NOOP: { state: 'any', run: noop },
  LOGOUT: { state: 'any', run: logout },
  ID: { state: 'any', run: id },
  STARTTLS: { state: 'unauthenticated', run: starttls },
  LOGIN: { state: 'unauthenticated', run: login },
  AUTHENTICATE: { state: 'unauthenticated', run: authenticate },
  ENABLE: { state: 'authenticated', run: enable },
  NAMESPACE: { state: 'authenticated', run: namespace },
  COMPRESS: { state: 'authenticated', run: compress },
  SELECT: { state: 'authenticated', run: select },
  EXAMINE: { state: 'authenticated', run: examine },
  CREATE: { state: 'authenticated', run: create },
  DELETE: { state: 'authenticated', run: remove },
  RENAME: { state: 'authenticated', run: rename },
  SUBSCRIBE: { state: 'authenticated', run: subscribe },
  UNSUBSCRIBE: { state: 'authenticated', run: unsubscribe },
  LIST: { state: 'authenticated', run: list },
  LSUB: { state: 'authenticated', run: lsub },
  STATUS: { state: 'authenticated', run: status },
  APPEND: { state: 'authenticated', run: append },
  IDLE: { state: 'authenticated', run: idle },
  GETQUOTA: { state: 'authenticated', run: getQuota },
  GETQUOTAROOT: { state: 'authenticated', run: getQuotaRoot },
  SETQUOTA: { state: 'authenticated', run: setQuota },
  GETMETADATA: { state: 'authenticated', run: getMetadata },
  SETMETADATA: { state: 'authenticated', run: setMetadata },
  CHECK: { state: 'selected', run: check },
  CLOSE: { state: 'selected', run: close },
  UNSELECT: { state: 'selected', run: unselect },
  EXPUNGE: { state: 'selected', run: expunge },
  SEARCH: { state: 'selected', run: search, holdsExpunges: true },
  FETCH: { state: 'selected', run: fetch, holdsExpunges: true },
  STORE: { state: 'selected', run: store, holdsExpunges: true },
  COPY: { state: 'selected', run: copy },
  MOVE: { state: 'selected', run: move },
  'UID EXPUNGE': { state: 'selected', run: expunge },
  'UID SEARCH': { state: 'selected', run: search },
  'UID FETCH': { state: 'selected', run: fetch },
  'UID STORE': { state: 'selected', run: store },
  'UID COPY': { state: 'selected', run: copy },
  'UID MOVE': { state: 'selected', run: move },
}

export function findCommand(name: string): CommandEntry | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined
}
