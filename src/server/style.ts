/** The style sheet of the pages: one column on a phone, tables on a desk, visible focus. */
export const style = `
:root { color-scheme: light; --ink: #1b2420; --soft: #53615a; --line: #d4dbd6; --accent: #0b5d4b; --ground: #f6f8f6;
  --error: #a4262c; --error-ground: #fbeaea; --question: #8a5a00; --question-ground: #fff4d6; --info: #2d5a88; --info-ground: #eaf1f8; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--ground); font: 1rem/1.5 "Noto Sans", "Segoe UI", system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; justify-content: space-between; padding: .8rem clamp(1rem, 4vw, 3rem); background: var(--accent); }
header a, header span { color: #fff; margin-right: .8rem; } header [aria-current] { font-weight: 700; text-decoration: none; }
.brand { font-size: 1.25rem; font-weight: 700; text-decoration: none; letter-spacing: .02em; }
main { max-width: 78rem; margin: 0 auto; padding: 1.2rem clamp(1rem, 4vw, 3rem) 4rem; }
h1 { margin: .6rem 0 .2rem; line-height: 1.2; } h2 { margin: 2rem 0 .5rem; } a { color: var(--accent); }
.lead { margin: .2rem 0 1rem; font-size: 1.1rem; } .hint { color: var(--soft); } small { color: var(--soft); font-weight: 400; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .4rem; background: #fff; padding: .4rem .8rem; z-index: 1; }
:focus-visible { outline: 3px solid #e0a100; outline-offset: 2px; }
.button { display: inline-block; padding: .5rem 1rem; border-radius: .4rem; background: var(--accent); color: #fff; text-decoration: none; }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; background: #fff; border: 1px solid var(--line); }
th, td { padding: .55rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: #e9efeb; } .n { text-align: right; font-variant-numeric: tabular-nums; }
.due { display: inline-block; padding: 0 .5rem; border-radius: .3rem; font-size: .88rem; background: #e9efeb; }
.due.overdue { background: var(--error-ground); color: var(--error); } .due.soon { background: var(--question-ground); color: var(--question); }
.badge { display: inline-block; padding: 0 .5rem; border-radius: .3rem; font-size: .9rem; white-space: nowrap; }
.badge.error { background: var(--error-ground); color: var(--error); } .badge.question { background: var(--question-ground); color: var(--question); } .badge.info { background: var(--info-ground); color: var(--info); }
a:has(.badge) { text-decoration: none; }
.finding { margin: .7rem 0; padding: .6rem .9rem; border-left: 5px solid var(--info); background: var(--info-ground); }
.finding.error { border-color: var(--error); background: var(--error-ground); } .finding.question { border-color: #c98a00; background: var(--question-ground); }
.finding p { margin: 0; } .finding ul { margin: .3rem 0 0; padding-left: 1.2rem; font-size: .88rem; overflow-wrap: anywhere; }
@media (max-width: 44rem) {
  thead { position: absolute; left: -99rem; } table, tbody, tr, th, td { display: block; border: 0; }
  tr { padding: .6rem .2rem; border-bottom: 1px solid var(--line); } th, td { padding: .15rem .7rem; text-align: left; }
  .n { text-align: left; }
  td::before { content: attr(data-label) ": "; color: var(--soft); } tbody th { font-size: 1.1rem; }
}
@media print { header, .button, .skip { display: none; } body { background: #fff; } }
`;
