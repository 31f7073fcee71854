// The style sheet of the HTML report: light, dark and on paper, from 320 pixels up. Contrasts are at least 4.5 to 1 (WCAG AA).

/** The names of the colours of all our pages: by day and by night. */
export const colours = `:root {
  color-scheme: light dark;
  --page: #ffffff; --card: #f6f8fa; --line: #d0d7de; --text: #1f2328; --muted: #57606a; --link: #0550ae;
  --bad: #b42318; --good: #116329; --warn: #7d4e00; --open: #4f46a5;
  --bar: #2f6feb; --session: #7b8794; --late: #c93c37; --first: #1f5fd6; --second: #8f4700;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1419; --card: #171d24; --line: #36414d; --text: #e6edf3; --muted: #a3b0bd; --link: #79b8ff;
    --bad: #ff938a; --good: #6fd08c; --warn: #e3b341; --open: #b3a8ff;
    --bar: #5a9bff; --session: #8a97a5; --late: #ff7b72; --first: #79aeff; --second: #f0b060;
  }
}
`

/** For `@media print`. */
export const coloursOnPaper = `  :root {
    color-scheme: light;
    --page: #fff; --card: #fff; --line: #b6bec7; --text: #000; --muted: #444; --link: #000;
    --bad: #a40e26; --good: #0a5022; --warn: #6b4200; --open: #3d3485; --bar: #2f6feb; --session: #7b8794; --late: #c93c37; --first: #1f5fd6; --second: #8f4700;
  }
`

export const style = `
${colours}* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.25rem 1rem 3rem; max-width: 54rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
h1 { font-size: 1rem; font-weight: 600; color: var(--muted); margin: 0 0 1rem; }
h2 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h4, article h2 { font-size: 1rem; line-height: 1.5; margin: 0; }
p { margin: .4rem 0; }
nav, .loud { margin: 0 0 1.25rem; }
a { color: var(--link); }
section + section { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 2rem; }
.muted, .legend, small { color: var(--muted); font-size: .875rem; }
.verdict { font-size: 1.15rem; font-weight: 700; margin: .25rem 0 .75rem; }
.loud { border: 2px solid var(--warn); border-radius: .5rem; padding: .5rem .75rem; font-weight: 600; }
.fallback::after { content: " en"; color: var(--muted); font-size: .75rem; vertical-align: super; }
.bad { color: var(--bad); } .good { color: var(--good); } .warn { color: var(--warn); } .open { color: var(--open); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .5rem; margin: 1rem 0; padding: 0; list-style: none; }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; }
.tiles strong { display: block; font-size: 1.25rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
article { background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--warn); border-radius: .5rem; padding: .75rem 1rem; margin: .75rem 0; break-inside: avoid; }
article.problem { border-left-color: var(--bad); }
dl { display: grid; grid-template-columns: minmax(4.5rem, max-content) 1fr; gap: .35rem .75rem; margin: .6rem 0 0; }
dt { color: var(--muted); }
dd { margin: 0; white-space: pre-line; min-width: 0; }
pre, code { font: .85rem/1.5 ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; }
pre { white-space: pre-wrap; margin: .4rem 0; padding: .5rem .75rem; background: var(--page); border: 1px solid var(--line); border-radius: .35rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; padding: .35rem 0; }
summary:focus-visible, a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .2rem; }
details.big > summary { font-size: 1.1rem; font-weight: 600; }
ul.plain { padding-left: 1.1rem; margin: .3rem 0; } ul.plain li + li { margin-top: .25rem; }
figure { margin: 1rem 0 2rem; break-inside: avoid; }
figcaption { font-weight: 600; margin-bottom: .5rem; } figcaption small { font-weight: 400; }
svg { display: block; overflow: visible; margin-bottom: .75rem; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; fill: var(--text); font-variant-numeric: tabular-nums; }
svg .muted { fill: var(--muted); } svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
svg .axis { stroke: var(--muted); } svg .grid { stroke: var(--line); }
svg svg { margin: 0; }
svg .panel { font-weight: 600; paint-order: stroke; stroke: var(--page); stroke-width: 4px; stroke-linejoin: round; } svg .word { font-weight: 600; } svg .start { text-anchor: start; }
svg.plot { width: calc(100% - 48px); margin-left: 48px; }
svg .tick { font-size: 11px; } svg .tick:not(.limit-text) { fill: var(--muted); }
svg .curve { fill: none; stroke-width: 1.75; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke; }
svg .area { stroke: none; opacity: .14; }
svg .curve.quiet { stroke: var(--session); stroke-width: 1; } svg .area.quiet { fill: var(--session); } svg .word.quiet { fill: var(--muted); }
svg .curve.first { stroke: var(--bar); } svg .area.first { fill: var(--bar); } svg .word.first { fill: var(--first); }
svg .curve.second { stroke: var(--second); } svg .word.second { fill: var(--second); }
svg .curve.bad { stroke: var(--late); } svg .word.bad { fill: var(--bad); }
svg .bracket { fill: var(--late); opacity: .1; } svg .edge { stroke-width: 1; } svg .edge.first { stroke: var(--bar); } svg .edge.bad { stroke: var(--late); }
svg .mark-first circle { fill: var(--bar); } svg .mark-quiet circle { fill: var(--page); stroke: var(--session); stroke-width: 1.5; } svg .mark-bad text { fill: var(--bad); font-weight: 700; font-size: 14px; }
svg .dot.first { fill: var(--bar); } svg .dot.second { fill: var(--second); } svg .machine { stroke: var(--session); stroke-dasharray: 2 3; }
svg .verdict-good { fill: var(--good); } svg .verdict-bad { fill: var(--bad); font-weight: 700; } svg .verdict-open { fill: var(--open); }
svg .muted { font-size: 12px; }
.answer { font-size: 1.05rem; }
svg .limit { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 5 3; } svg .limit-text { fill: var(--bad); font-weight: 600; }
svg .step { stroke: var(--muted); stroke-width: 1; opacity: .6; } svg .bar rect { fill: var(--bar); } svg .late rect { fill: var(--late); } svg .session rect { fill: var(--session); }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; } .legend span { display: flex; align-items: baseline; gap: .4rem; }
.key { flex: none; width: .75rem; height: .75rem; border-radius: 2px; }
.key.session { background: var(--session); } .key.bar { background: var(--bar); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: normal; }
.mark { display: inline-block; min-width: 4rem; max-width: 9rem; }
.nowrap { white-space: nowrap; }
th { color: var(--muted); font-weight: 600; }
.number { text-align: right; } td.number { white-space: nowrap; } .number + :not(.number) { padding-left: .75rem; }
figure .scroll > table { width: auto; min-width: min(100%, 24rem); } figure th:not(:last-child), figure td:not(:last-child) { padding-right: 1.75rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .75rem; }
@media (max-width: 30rem) {
  .tiles { grid-template-columns: 1fr 1fr; gap: .35rem; margin: .5rem 0; font-size: .875rem; line-height: 1.35; }
  .tiles li { padding: .3rem .5rem; }
  .tiles strong { font-size: 1rem; }
  h3 { margin-top: 1.25rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
  article { padding: .65rem .75rem; }
  figure th:not(:last-child), figure td:not(:last-child) { padding-right: .75rem; }
}
@page { margin: 14mm 15mm; }
@media print {
${coloursOnPaper}  body { max-width: none; padding: 0; font-size: 10pt; }
  svg, .key, .bar, .late { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .evidence::details-content { content-visibility: visible; block-size: auto; }
  .scroll { overflow: visible; }
  th, td { overflow-wrap: anywhere; }
  .nowrap, td.number { white-space: normal; }
  figure th:not(:last-child), figure td:not(:last-child) { padding-right: .75rem; }
  h2, h3, h4, figcaption, summary, thead { break-after: avoid; }
  p, li, dd { orphans: 3; widows: 3; }
  figure { break-inside: auto; }
  svg, tr, .tiles, .legend, pre { break-inside: avoid; }
}
`
