/** How HTML documents look on screen and on paper. Colours are told apart in grey, too. */
export const STYLE = `
:root { color-scheme: light; --ink: #1b2420; --soft: #53615a; --line: #c9d2cc; --gap: #fff4d6; --mark: #8a5a00; --accent: #0b5d4b; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 48rem; color: var(--ink); background: #fff; font: 1rem/1.55 "Noto Sans", "Segoe UI", system-ui, sans-serif; overflow-wrap: break-word; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.25; } .under { margin: 0 0 1rem; color: var(--soft); font-size: 1.1rem; }
h2 { margin: 3rem 0 .5rem; padding-top: .8rem; border-top: 3px solid var(--accent); font-size: 1.45rem; line-height: 1.3; }
h3 { margin: 2rem 0 .2rem; font-size: 1.15rem; } h4, h5 { margin: 1.4rem 0 .2rem; font-size: 1rem; }
.hint { margin: .1rem 0 .5rem; color: var(--soft); font-size: .92rem; }
.gap { margin: .4rem 0; padding: .45rem .7rem; border: 1px solid var(--mark); border-left-width: 5px; background: var(--gap); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; } caption span { position: sticky; left: 0; display: inline-block; max-width: calc(100vw - 2.5rem); }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
td + td, th + th, th + td { text-align: right; font-variant-numeric: tabular-nums; }
table:not(.card) tbody th { font-weight: 400; } thead th { vertical-align: bottom; border-bottom-color: var(--ink); } .card td { overflow-wrap: anywhere; }
a { color: var(--accent); } sup { line-height: 0; } sup a { text-decoration: none; padding: 0 .1em; }
ul { padding-left: 1.3rem; } section ol { font-size: .88rem; overflow-wrap: anywhere; } li:target, :target > caption { background: #e3f1ec; }
.contents ol { list-style: none; margin: 0; padding: 0; } .contents ol ol { padding-left: 1.2rem; } .contents > ol > li { margin-top: .6rem; font-weight: 600; }
.contents ol ol { font-weight: 400; } .contents a { display: block; padding: .1rem 0; text-decoration: none; } .contents a:hover { text-decoration: underline; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
.wide { clear: both; } td.start, th.start { text-align: left; } td.end, th.end { text-align: right; }
figure { margin: .6rem 0; } figure svg { display: block; width: 100%; height: auto; } figcaption { color: var(--soft); font-size: .88rem; }
figcaption b { color: var(--ink); }
@media (min-width: 40rem) { figure.beside { float: right; width: 48%; margin: 0 0 .6rem 1.2rem; } }
@media screen and (min-width: 76rem) { .landscape { margin-inline: -13rem; } }
@media screen { .landscape table { min-width: 52rem; } }
@media screen and (max-width: 34rem) { table { font-size: .9rem; } th, td { padding: .3rem .4rem; } h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; } h1, h2, h3, h4, h5 { hyphens: auto; } }
a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--accent); }
@page { size: A4; margin: 20mm 18mm; } @page lying { size: A4 landscape; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } h2, .contents { break-before: page; } .contents h2 { break-before: auto; }
  h2, h3, h4, h5, caption { break-after: avoid; } thead { display: table-header-group; } tr, figure, .gap { break-inside: avoid; } .gap { print-color-adjust: exact; }
  .scroll { overflow: visible; } .landscape, :is(h2, h3, h4, h5, .hint):has(+ .landscape) { page: lying; } .landscape { font-size: 8.5pt; } .skip { display: none; } a { color: inherit; text-decoration: none; } }
`;

/** What makes a page a sheet: small and close, on one A4 page where it fits. */
export const SHEET = `
@page { size: A4; margin: 9mm 11mm; }
.sheet { max-width: 58rem; padding-bottom: 1.5rem; font-size: .88rem; line-height: 1.4; }
.sheet h1 { font-size: 1.45em; line-height: 1.25; } .sheet .under { margin-bottom: .5em; font-size: 1em; }
.sheet h2 { margin: .8em 0 .1em; padding: 0; border: 0; break-before: auto; break-after: avoid; font-size: 1.12em; color: var(--accent); }
.sheet p { margin: .2em 0; } .sheet table { margin: .1em 0 .4em; }
.sheet th, .sheet td { padding: .12em .4em; }
.sheet tbody th { font-weight: 400; }
.sheet ol { margin: .1em 0; padding-left: 1.4em; font-size: .92em; }
@media print { .sheet { padding: 0; font-size: 7.8pt; line-height: 1.24; } .sheet th, .sheet td { padding: .06em .35em; }
  .sheet .scroll { overflow: visible; display: flow-root; } .sheet figure { break-inside: avoid; } .sheet figure.beside { float: right; width: 44%; margin: 0 0 .4em 1em; } }
@media screen and (max-width: 34rem) { .sheet .wide thead { display: none; } .sheet .wide tr { display: grid; grid-template-columns: 2.4em 1fr auto; border-bottom: 1px solid var(--line); }
  .sheet .wide th, .sheet .wide td { border: 0; } .sheet .wide td { grid-column: 2; } .sheet .wide td:nth-child(2) { grid-column: 2 / -1; } .sheet .wide td.end { grid-column: 3; } }
`;
