// Where this program keeps what outlives a run: accounts and the history of runs. Never inside a repository.
import { homedir } from 'node:os'
import { isAbsolute, join, parse } from 'node:path'

/** `$XDG_STATE_HOME/chatmail-check`, or what the platform uses for such data. Nothing is created. */
export function stateDirectory(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homeFolder(),
): string {
  // A relative path in XDG_STATE_HOME is invalid and is to be ignored (XDG Base Directory Specification).
  const xdg = env.XDG_STATE_HOME
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'chatmail-check')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'chatmail-check')
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'chatmail-check')
  return join(home, '.local', 'state', 'chatmail-check')
}

/** The user's; where there is none, as for a bare number of a user in a container, that of nobody: the root. */
function homeFolder(): string {
  try {
    return homedir()
  } catch {
    return parse(process.cwd()).root
  }
}
