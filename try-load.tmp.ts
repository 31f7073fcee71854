import { runLoad } from '/work/wt-load/harness/load/run/run.ts'
import { openCheckedReference } from '/work/wt-load/bin/open-reference.ts'
const [name='smoke', defects='', threads='1', ...flags] = process.argv.slice(2)
const ref = await openCheckedReference({ defects: defects ? defects.split(',') : [], variant: 0 } as never, '@reference')
const t0=performance.now()
try {
const out = await runLoad({ url: `file:///work/wt-load/scenarios/${name}.ts`, host: ref.host, consent: {addresses:[]}, flags: JSON.parse(flags[0] ?? '{}'), env: JSON.parse(flags[1] ?? '{}'), threads: Number(threads), signal: new AbortController().signal, say: console.log, onBudget: (b)=>console.log(b, performance.now()-t0), onMoment: (m,e,l)=>console.log(JSON.stringify(m), Math.round(e), l) })
console.log(out.verdict, out.stopped, out.seconds, JSON.stringify(out.validity.map(v=>[v.gate,v.holds,v.value])), JSON.stringify(out.thresholds.map(t=>[t.metric,t.verdict,t.value])), out.errors, out.interruptedIterations); for (const [k,m] of Object.entries(out.metrics)) console.log(k, JSON.stringify(m.values))
} catch (e) { console.log(e) }
await ref.close()
