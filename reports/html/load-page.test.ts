// Load runs, searches for capacity and runs over time as pages and as Markdown.
import { describe, expect, it } from 'vitest'
import { renderCsv } from '../csv.ts'
import { githubErrors } from '../github.ts'
import * as samples from '../golden/load-samples.ts'
import { load, withText } from '../golden/samples.ts'
import { renderMarkdown } from '../markdown.ts'
import { renderOpenMetrics } from '../openmetrics.ts'
import { renderTerminal } from '../terminal.ts'
import { renderTrends, spark, trendsOf } from '../trend.ts'
import { renderHtml } from './html.ts'
import { renderTrendPage } from './trend-page.ts'

const { overTime, tooSlowToTell, emptyLoad, hugeLoad, capacity, noCapacity, againstEarlier, days } = samples
const named = { load, overTime, tooSlowToTell, emptyLoad, capacity, noCapacity, againstEarlier }
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

describe('load, capacity and time', () => {
  for (const [name, result] of Object.entries(named)) {
    it(`writes ${name} as in the golden files`, async () => {
      await expect(renderHtml(result)).toMatchFileSnapshot(`../golden/html-${kebab(name)}.html`)
      await expect(renderMarkdown(result)).toMatchFileSnapshot(`../golden/markdown-${kebab(name)}.md`)
    })
  }

  it('writes the days of a host as in the golden files', async () => {
    const trends = trendsOf(days)
    await expect(renderTrendPage(trends)).toMatchFileSnapshot('../golden/html-trend.html')
    await expect(renderTrends(trends, { color: false, width: 80 })).toMatchFileSnapshot('../golden/terminal-trend.txt')
    for (const line of renderTrends(trends, { color: false, width: 80 }).split('\n'))
      expect([...line].length).toBeLessThanOrEqual(80)
  })

  it('writes what changed for the terminal as in the golden file', async () => {
    const text = renderTerminal(againstEarlier, { color: false, width: 80 })
    await expect(text).toMatchFileSnapshot('../golden/terminal-against-earlier.txt')
  })

  it('says the verdict first, then what was not kept, whether the machine could tell, and the run over time', () => {
    const page = renderHtml(overTime)
    const places = ['✗ FAILED', '✗ not kept', 'it kept up with', '>The run over time<', '>All metrics<'].map((text) =>
      page.indexOf(text),
    )
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(renderHtml(tooSlowToTell)).toContain('INVALID: this says nothing about the server')
    expect(renderHtml(tooSlowToTell)).not.toContain('✗ not kept')
  })

  it('stays below a megabyte, however long the run and however many its errors', () => {
    expect(Buffer.byteLength(renderHtml(hugeLoad))).toBeLessThan(1_000_000)
    expect(Buffer.byteLength(renderMarkdown(hugeLoad))).toBeLessThan(300_000)
  })

  it('draws all of a long run', () => {
    expect(renderHtml(hugeLoad)).not.toContain('more characters)" class')
    // One curve has a point for each stretch.
    expect(/<path d="([^"]*)" class="curve first"/.exec(renderHtml(hugeLoad))?.[1]?.split('L')).toHaveLength(600)
  })

  it('shows what a server says as text', () => {
    for (const text of [renderHtml(overTime), renderMarkdown(overTime)]) {
      expect(text).not.toContain('<b>Temporary')
      expect(text).not.toContain('\u202e')
    }
  })

  it('gives spreadsheets the stretches of a run, and the steps of a search', () => {
    const stretches = renderCsv(overTime).trim().split('\r\n')
    expect([stretches[0], stretches.length]).toEqual(['at,due,sent,received,failed,limited,p50,p99,vus,lag', 41])
    expect(stretches[1]).toBe('1,2,2,2,0,0,8.5,17,30,1.2')
    expect(renderCsv(capacity).split('\r\n')[7]).toMatch(/^climb,45.6,20,gives-way,912,912,0,,,0.013,/)
  })

  it('gives Prometheus the figures, what was kept, and whether the run counts', () => {
    const text = renderOpenMetrics(overTime)
    expect(text).toContain('chatmail_check_load_valid{host="chat.example"} 1')
    expect(text).toMatch(/chatmail_check_load_threshold_kept\{host="[^"]*",metric="[^"]*",threshold="[^"]*"\} 0/)
    expect(renderOpenMetrics(tooSlowToTell)).toContain('chatmail_check_load_valid{host="chat.example"} 0')
    expect(renderOpenMetrics(capacity)).toContain('chatmail_check_capacity_holds{host="chat.example"} 38')
  })

  it('tells GitHub what was not kept, and nothing where all is', () => {
    const broken = overTime.load?.thresholds.filter(({ verdict }) => verdict !== 'pass') ?? []
    // And that it was stopped.
    expect(githubErrors(overTime)).toHaveLength(broken.length + 1)
    expect(githubErrors(overTime)[0]).toMatch(/^::error title=chat\.example%3A steady::/)
    expect(githubErrors(load)).toEqual([])
    expect(githubErrors(tooSlowToTell).length).toBeGreaterThan(0)
  })
})

describe('runs over time', () => {
  it('tells which points changed, and since when', () => {
    const [trend] = trendsOf(days)
    expect(trend).toMatchObject({ host: 'chat.example', kind: 'check' })
    expect(trend?.flips[0]).toMatchObject({ now: 'holds', since: '2026-10-21T12:00:00.000Z' })
    expect(trend?.runs[9]).toMatchObject({ p50: undefined, p95: undefined })
    expect(trend?.runs.filter(({ verdict }) => verdict === 'fails')).toHaveLength(4)
  })

  it('keeps hosts and kinds of runs apart, and finds a host by its name', () => {
    const other = withText('other.example')
    expect(trendsOf([...days, load]).map(({ kind }) => kind)).toEqual(['load steady', 'check'])
    expect(trendsOf([...days, other], 'CHAT.example')).toHaveLength(1)
    expect(trendsOf(days, 'nowhere.example')).toEqual([])
  })

  it('draws twice as much twice as high, from nothing', () => {
    expect(spark([50, 100, undefined, 25, 0])).toBe('▄█ ▂▁')
    expect(spark([])).toBe('')
  })
})
