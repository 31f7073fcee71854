// Plays a recorded HTTP request against the reference server.
import { expect } from 'vitest'
import { createHttp } from '../../harness/clients/http.ts'
import { endpointOf, type Scene } from './test-scene.ts'
import type { WebCase } from './types.ts'

export async function playWeb(scene: Scene, recording: WebCase): Promise<void> {
  const { endpoint, trust, timing } = endpointOf(scene.reference.host(), recording.port)
  const http = createHttp({ locate: async () => endpoint, trust, timing })
  for (const step of recording.dialogue) {
    const [method = '', path] = step.client.split(' ')
    const response = await http.request(`https://${scene.reference.domain}${path}`, { method })
    const { location, 'content-type': type } = response.headers
    expect(`${response.status} ${location ?? type}`).toBe(scene.fill(step.reply))
    if (step.says === undefined) continue
    const { email, password } = response.json() as Record<string, string>
    expect(email).toMatch(new RegExp(`^[a-z0-9]{9}@${scene.reference.domain}$`))
    expect(password).toMatch(/^[!-~]{12}$/)
  }
}
