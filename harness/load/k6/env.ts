// `__ENV` of an exported script: what k6 is given comes before what the export was given. Put in its place by the bundler.
import { settings } from 'chatmail:settings'

export const chatmailEnv: Readonly<Record<string, string>> = {
  ...settings.env,
  ...(globalThis as unknown as { readonly __ENV: Record<string, string> }).__ENV,
}
