import { dark, light } from '../../report/html/style.js';

/** Colours, type and what is used everywhere. */
export const baseStyle = `:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0 auto;
  padding: 0.75rem 1.25rem 2rem;
  max-width: 110rem;
  background: var(--page);
  color: var(--ink);
  font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
body > header { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1rem; }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 0; font-size: 1.2rem; line-height: 1.3; }
h3 { margin: 0; font-size: 1.05rem; }
h4 { margin: 0; font-size: 0.9rem; }
p { margin: 0.35rem 0; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.faint, footer, #bank, .lead, small, dt { color: var(--soft); }
.lead { max-width: 52rem; }
.unseen, caption.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; }
#connection { margin-left: auto; font-weight: 600; color: var(--soft); }
#connection.live { color: var(--good); }
#connection.lost { color: var(--bad); }
button, select {
  min-height: 2.1rem;
  padding: 0.25rem 0.8rem;
  border: 1px solid var(--soft);
  border-radius: 0.4rem;
  background: var(--page);
  color: var(--ink);
  font: inherit;
  font-size: 0.95rem;
}
button { cursor: pointer; }
button:hover:enabled { border-color: var(--ink); }
button:disabled, button[aria-disabled='true'] { border-color: var(--rule); color: var(--soft); cursor: default; }
button.primary { border-color: var(--link); background: var(--link); color: var(--page); font-weight: 600; }
button.danger:enabled { border-color: var(--bad); color: var(--bad); font-weight: 600; }
#fault, #why, .alarm { margin: 0.6rem 0 0; padding: 0.5rem 0.9rem; border-left: 0.35rem solid var(--soft); border-radius: 0.3rem; background: var(--card); }
#fault { border-color: var(--open); background: var(--open-back); }
#skip a { position: absolute; z-index: 3; left: -99rem; padding: 0.5rem 0.9rem; border-radius: 0.4rem; background: var(--page); }
#skip a:focus { left: 1rem; }
#said { position: sticky; z-index: 2; bottom: 1rem; margin-top: 1rem; pointer-events: none; }
.said { display: flex; align-items: center; gap: 1rem; max-width: 56rem; margin: 0 auto; padding: 0.6rem 1rem; border: 2px solid var(--link); border-radius: 0.5rem; background: var(--page); box-shadow: 0 0.3rem 1.2rem #0004; pointer-events: auto; }
.said div { flex: 1; font-size: 1.15rem; overflow-wrap: anywhere; }
.said p { margin: 0; }
.did { color: var(--good); }
.said.refused, .alarm { border-color: var(--bad); background: var(--bad-back); }
#tour { margin: 0.75rem 0 0; padding: 1rem 1.25rem; border: 2px solid var(--link); border-radius: 0.6rem; }
#tour h2 { font-size: 1.5rem; }
#tour p:not(.row) { max-width: 62rem; font-size: 1.25rem; line-height: 1.4; }
#tour button { font-size: 1.05rem; }
dialog { max-width: 30rem; padding: 1.25rem; border: 1px solid var(--soft); border-radius: 0.6rem; background: var(--page); color: var(--ink); }
dialog::backdrop { background: #0008; }
dialog p { font-size: 1.1rem; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0.5rem 0 0.25rem; }
th, td { padding: 0.25rem 0.5rem 0.25rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: 400; }
thead th { font-weight: 600; }
thead small { display: block; font-weight: 400; }
dl { margin: 0; }
dd { margin: 0; }
code, pre { font: 0.8rem/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { margin: 0.25rem 0; padding: 0.5rem; border-radius: 0.3rem; background: var(--page); white-space: pre-wrap; }
time { font-variant-numeric: tabular-nums; white-space: nowrap; }
.swatch { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.4em; border-radius: 50%; background: currentColor; }
${[1, 2, 3, 4, 5, 6].map((colour) => `.c${colour} { color: var(--c${colour}); }`).join('\n')}
footer { margin-top: 1.25rem; font-size: 0.9rem; }
#words dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.25rem 1rem; margin: 0.5rem 0; }
#words dd { max-width: 52rem; }
main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(24rem, 30rem); gap: 1.25rem; margin-top: 0.9rem; align-items: start; }
.stale #seen { opacity: 0.55; }
@media (max-width: 68rem) { main { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 34rem) {
  body { padding: 0.6rem 0.75rem 1.5rem; }
  #connection { margin-left: 0; width: 100%; }
  .said div { font-size: 1rem; }
  #tour h2 { font-size: 1.2rem; }
  #tour p:not(.row) { font-size: 1.05rem; }
}
`;
