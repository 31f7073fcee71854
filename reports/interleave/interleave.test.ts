import { describe, expect, it } from 'vitest'
import { interleave } from '../../harness/result/interleave.ts'
import { english, openLanguage } from '../language/language.ts'
import { latinWords } from '../language/test-latin-words.ts'
import { interleaveFormats } from './index.ts'
import { broken, notSlower, slower } from './test-record.ts'

const screen = { color: false, width: 80 }
const { terminal, html, md, json } = interleaveFormats

describe('the reports of two servers in turns', () => {
  it.for(['terminal', 'md', 'html'] as const)('write a slow stage as %s as in the golden file', async (name) => {
    const { file, render } = interleaveFormats[name]
    await expect(render(slower, english, screen)).toMatchFileSnapshot(`../golden/${file}`)
  })

  it('say the verdict and the stage first, then the change of each, then the messages', () => {
    const page = html.render(slower, english, screen)
    const places = ['✗ SLOWER: delivery.rcpt takes 2', 'What each stage takes longer', 'delivery.rcpt, message by'].map(
      (text) => page.indexOf(text),
    )
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(md.render(slower, english, screen).split('\n').slice(0, 3).join('\n')).toMatch(
      /: SLOWER\n\n\*\*delivery\.rcpt takes 2/,
    )
    expect(terminal.render(slower, english, screen)).toMatch(/\n {2}SLOWER {2}delivery\.rcpt takes 2/)
  })

  it('draw every message once, and the interval of every stage', () => {
    const page = html.render(slower, english, screen)
    expect(page.match(/class="dot first"/g)).toHaveLength(slower.rounds.length)
    expect(page.match(/<g class="shift /g)).toHaveLength(slower.stages.length)
    expect(page.match(/<g class="shift bad/g)).toHaveLength(1)
    expect(page).not.toMatch(/NaN|Infinity|undefined|(width|height)="-/)
  })

  it('name nothing where nothing is slower, or nothing came', () => {
    for (const [record, verdict] of [
      [notSlower, '✓ NOT SLOWER: no stage is slower'],
      [broken, '? UNDECIDED: 3 messages in a row did not come through new.example'],
    ] as const) {
      const page = html.render(record, english, screen)
      expect(page).toContain(verdict)
      expect(page).not.toMatch(/NaN|Infinity|undefined|shift bad|<b>/)
    }
    expect(md.render(broken, english, screen)).toContain(
      "- 3 times on the new server: `523 <b>Encryption</b> / needed 'by' policy`",
    )
  })

  it('are told in other languages, with their numbers and plurals', async () => {
    const uk = await openLanguage('uk')
    expect(md.render(slower, uk, screen)).toMatch(/^\| \*\*delivery\.rcpt\*\* .*\+\d+,\d/m)
    expect(md.render(slower, uk, screen)).toMatch(/\d повідомлен\S+ через кожен по черзі/)
    expect(md.render(broken, uk, screen)).toMatch(/^- 3 рази на новому сервері/m)
  })

  it.for(['uk', 'zh-CN'] as const)('have no English word left on the page in %s', async (name) => {
    const language = await openLanguage(name)
    for (const record of [slower, notSlower, broken]) {
      const page = html.render(record, language, screen)
      expect(page).toContain(`<html lang="${name}">`)
      expect(latinWords(page)).toEqual([])
    }
    expect(html.render(broken, language, screen)).toContain(`<span lang="en">${broken.reason}</span>`)
    expect(latinWords(html.render(slower, english, screen)).length).toBeGreaterThan(50)
  })

  it('keep all of it as JSON', () => {
    expect(interleave.parse(JSON.parse(json.render(slower, english, screen)))).toEqual(slower)
  })
})
