// What the page of two servers in turns adds to the style sheet of the reports.

export const interleaveStyle = `
h2 small { font-size: 1rem; font-weight: 400; white-space: nowrap; }
figure th { word-break: keep-all; }
figure th:not(:last-child), figure td:not(:last-child) { padding-right: .75rem; }
svg .zone { fill: var(--session); opacity: .13; } .key.zone { background: color-mix(in srgb, var(--session) 25%, var(--page)); }
svg .interval { fill: var(--late); opacity: .18; } .key.interval { background: color-mix(in srgb, var(--late) 30%, var(--page)); }
svg .estimate { stroke: var(--late); stroke-width: 1.5; }
.shift.first rect:not(.zone), .shift.first circle { fill: var(--bar); }
.shift.bad rect:not(.zone), .shift.bad circle { fill: var(--late); }
.shift.good rect:not(.zone), .shift.good circle { fill: var(--good); }
.shift.quiet rect:not(.zone), .shift.quiet circle { fill: var(--session); }
`
