// k6's global `open()`: a file beside the scenario, while that is read. Used by a thread.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Files are read once a thread, however many virtual users ask for them. `reading`: whether a scenario file is being read. */
export function fileOpener(url: string, reading: () => boolean) {
  const known = new Map<string, Buffer>()
  return (path: string, mode = ''): string | ArrayBuffer => {
    if (!reading())
      throw new Error(`open("${path}"): files are opened while the scenario is read, outside of functions`)
    if (mode !== '' && mode !== 'b') throw new Error(`open("${path}"): the mode is "b" or nothing`)
    const file = fileURLToPath(new URL(path, url))
    const bytes = known.get(file) ?? read(file, path)
    known.set(file, bytes)
    return mode === 'b' ? new Uint8Array(bytes).buffer : bytes.toString('utf8')
  }
}

function read(file: string, path: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new Error(`open("${path}"): it cannot be read`, { cause })
  }
}
