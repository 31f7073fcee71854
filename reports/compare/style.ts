// What the pages of a comparison add to the style sheet of the reports: wide tables that become cards on a telephone, bands, a matrix.

export const compareStyle = `
body { max-width: 72rem; }
main > h2 { margin-top: 2.5rem; } main > h2:first-child { margin-top: 0; }
.first-problems { margin-bottom: 1.5rem; } ul.points { list-style: none; padding: 0; }
.rows td a { display: inline-block; padding: .2rem 0; margin: -.2rem 0; min-height: 1.5rem; }
.hosts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.hosts > li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; break-inside: avoid; min-width: 0; }
.hosts h3 { margin: 0 0 .25rem; }
.hosts dl { grid-template-columns: 7.5rem 1fr; gap: .35rem .75rem; }
.band { display: inline-block; border: 1.5px solid currentColor; border-radius: .35rem; padding: 0 .5rem; font-weight: 700; }
.band + small { display: block; margin-top: .15rem; }
.note { border-left: .25rem solid var(--line); padding-left: .6rem; margin: .4rem 0; }
.rows thead th { position: sticky; top: 0; background: var(--page); }
.rows th[scope="row"] { color: var(--text); font-weight: 400; min-width: 14rem; }
.rows th[scope="row"] code { display: block; }
.rows td { white-space: nowrap; }
.rows tr:target, li:target { outline: 3px solid var(--link); outline-offset: 2px; }
.area th { padding-top: 1rem; color: var(--text); font-weight: 600; }
.matrix td, .matrix th { text-align: right; padding: .35rem .5rem; white-space: nowrap; } .matrix th[scope="row"] { text-align: left; }
.matrix td span { display: block; }
.h0 { background: color-mix(in srgb, var(--bar) 4%, var(--page)); } .h1 { background: color-mix(in srgb, var(--bar) 12%, var(--page)); }
.h2 { background: color-mix(in srgb, var(--bar) 20%, var(--page)); } .h3 { background: color-mix(in srgb, var(--bar) 28%, var(--page)); }
.h4 { background: color-mix(in srgb, var(--late) 18%, var(--page)); font-weight: 700; }
.small { margin: 0; } .small + .small { margin-top: .25rem; } .small figcaption { margin: 0; }
.multiples svg { margin-bottom: .25rem; }
.share-bar rect { fill: var(--bar); } .share-bar line { stroke: var(--text); stroke-width: 1.5; }
@media (max-width: 40rem) {
  .rows .scroll, .cards { overflow: visible; }
  .cards thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .cards table, .cards tbody, .cards tr, .cards td, .cards th { display: block; border: 0; padding: 0; min-width: 0; }
  .cards tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  .cards td { display: flex; justify-content: space-between; gap: 1rem; white-space: normal; }
  .cards td a { margin: 0; }
  .cards td::before { content: attr(data-host); color: var(--muted); min-width: 0; }
  .cards td > * { text-align: right; flex: none; }
}
@media print {
  .rows thead th { position: static; }
  .rows table { font-size: 8.5pt; }
  .rows th[scope="row"] { min-width: 9rem; } .rows thead th { min-width: 4.75rem; }
  .rows thead tr:has(th:nth-child(8)) th { min-width: 0; }
  .rows td { white-space: normal; }
  td, .band { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
