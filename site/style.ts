// The style sheet of the site: light, dark and on paper, from 320 pixels up, in the colours of the reports.
import { colours, coloursOnPaper } from '../reports/html/style.ts'

export const style = `${colours}* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 0 1rem 2rem; max-width: 48rem; background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: break-word;
}
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .2rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .25rem .5rem; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; padding: .75rem 0; border-bottom: 1px solid var(--line); }
.home { font-weight: 700; color: var(--text); text-decoration: none; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1.75rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.08rem; line-height: 1.35; margin: 2rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
.anchor { color: var(--muted); text-decoration: none; font-weight: 400; font-size: .85em; }
h1 code, h2 code, h3 code { font-size: .9em; }
p, ul, ol, pre, .scroll { margin: .8rem 0; }
ul, ol { padding-left: 1.4rem; }
li { margin: .25rem 0; }
code { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; background: var(--card); border-radius: .25rem; padding: .1em .3em; overflow-wrap: anywhere; }
code.short { white-space: nowrap; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; overflow-x: auto; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .45rem 1rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th[align="right"], td[align="right"] { text-align: right; }
th { color: var(--muted); font-weight: 600; }
thead:not(:has(th:not(:empty))) { display: none; }
td:first-child { min-width: 8rem; } td:not(:first-child) { min-width: 5rem; }
:target { background: linear-gradient(var(--card), var(--card)); box-shadow: -.5rem 0 0 var(--card), -.7rem 0 0 var(--link); }
main:target, nav:target { background: none; box-shadow: none; }
nav { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1rem; font-size: .925rem; line-height: 1.4; }
nav h2 { font-size: .8rem; color: var(--muted); text-transform: uppercase; letter-spacing: .06em; margin: 1.25rem 0 .35rem; }
nav ul { list-style: none; padding: 0; margin: 0; }
nav li { margin: 0; }
nav a { display: block; padding: .3rem .5rem; border-radius: .35rem; text-decoration: none; }
nav a:hover { background: var(--card); text-decoration: underline; }
nav [aria-current] { background: var(--card); color: var(--text); font-weight: 600; }
nav ul ul { margin: .15rem 0 .4rem .5rem; border-left: 2px solid var(--line); padding-left: .35rem; font-size: .875rem; }
footer { margin-top: 2rem; color: var(--muted); font-size: .875rem; }
@media (min-width: 64rem) {
  body { display: grid; grid-template: "header header" auto "nav main" auto "nav footer" auto / 16rem minmax(0, 1fr); column-gap: 3rem; max-width: 72rem; padding: 0 2rem 2rem; }
  header { grid-area: header; } main { grid-area: main; max-width: 50rem; } footer { grid-area: footer; }
  nav { grid-area: nav; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; scrollbar-width: thin; border: 0; margin: 0; padding: 1rem .25rem; }
  .to-pages { display: none; }
}
@media (hover: hover) {
  .anchor { opacity: 0; } :is(h1, h2, h3, h4):hover .anchor, .anchor:focus { opacity: 1; }
}
@media print {
${coloursOnPaper}  body { display: block; max-width: none; padding: 0; font-size: 10pt; }
  header, nav, .skip, .anchor { display: none; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  h1, h2, h3, h4 { break-after: avoid; }
  pre, tr, li { break-inside: avoid; }
}
`
