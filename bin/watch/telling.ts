// Brings what a watch noticed to those who are to know: by a command, by a chat, or both. What cannot be told now stays pending.
import type { Ledger, WatchEvent } from '../../harness/watch/ledger.ts'
import { eventText } from '../../reports/watch-events.ts'
import { reasonOf } from '../read-file.ts'
import type { Chat } from './notify-chat.ts'
import { notifyBy } from './notify-command.ts'

export interface TellingOptions {
  readonly command: string | undefined
  /** Opens the chat; again after trouble. */
  readonly openChat: (() => Promise<Chat>) | undefined
  readonly cwd: string
  readonly signal: AbortSignal
  /** Somebody knows now. */
  readonly onTold: (event: WatchEvent, by: string) => Promise<void>
  readonly onTrouble: (text: string) => void
}

export interface Telling extends AsyncDisposable {
  /** Names of the ways that were asked for. */
  readonly channels: readonly string[]
  tell(pending: Ledger['pending']): Promise<void>
}

export function createTelling(options: TellingOptions): Telling {
  const { command, openChat, cwd, signal } = options
  let chat: Chat | undefined
  const ways = {
    ...(command === undefined ? {} : { command: (event: WatchEvent) => notifyBy(command, event, { cwd, signal }) }),
    ...(openChat === undefined
      ? {}
      : {
          async chat(event: WatchEvent): Promise<string | undefined> {
            try {
              chat ??= await openChat()
              await chat.tell(eventText(event))
              return undefined
            } catch (error) {
              await close()
              return reasonOf(error)
            }
          },
        }),
  }
  const close = async () => {
    const last = chat
    chat = undefined
    await last?.[Symbol.asyncDispose]()
  }
  return {
    channels: Object.keys(ways),
    async tell(pending) {
      for (const [name, way] of Object.entries(ways)) {
        for (const event of pending.filter(({ toldBy }) => !toldBy.includes(name))) {
          if (signal.aborted) return
          const trouble = await way(event)
          if (trouble === undefined) await options.onTold(event, name)
          else {
            options.onTrouble(`--notify-${name}: ${trouble}; it is tried again after the next round`)
            break
          }
        }
      }
    },
    [Symbol.asyncDispose]: close,
  }
}
