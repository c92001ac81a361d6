/** How the page looks: light and dark by the reader's wish, tables that become lists where there is no width for them. */
export const pageStyle = `:root {
  color-scheme: light dark;
  --ground: #f6f7f9;
  --card: #fff;
  --ink: #1b2330;
  --faint: #566172;
  --line: #d5dae2;
  --bar: #2f7fb8;
  --over: #b4540a;
  --good: #1b6e3c;
  --bad: #a81f1f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12161c;
    --card: #1b212a;
    --ink: #e6eaf0;
    --faint: #9aa6b6;
    --line: #333d4b;
    --bar: #5aa9e0;
    --over: #f0964a;
    --good: #62c98c;
    --bad: #ff8a80;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none; }
body {
  margin: 0 auto;
  padding: 1rem;
  max-width: 100rem;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.4 system-ui, sans-serif;
}
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 1rem; }
h1 { margin: 0; font-size: 1.4rem; }
h2 { margin: 0; font-size: 1.05rem; }
header p, footer p { margin: 0; color: var(--faint); }
#connection { margin-left: auto; font-weight: 600; color: var(--faint); }
#connection.live { color: var(--good); }
#connection.lost { color: var(--bad); }
#fault { margin: 1rem 0 0; padding: 0.5rem 0.75rem; border-left: 0.25rem solid var(--over); background: var(--card); }
#workloads {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 38rem), 1fr));
  gap: 1rem;
  margin: 1rem 0;
}
.stale #workloads { opacity: 0.5; }
.workload, section { min-width: 0; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); }
.meaning, #quiet { margin: 0; color: var(--faint); font-size: 0.9rem; }
dl { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.5rem 0; }
dt { color: var(--faint); font-size: 0.8rem; }
dd { margin: 0; font-variant-numeric: tabular-nums; font-weight: 600; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th { text-align: right; font-weight: 400; color: var(--faint); font-size: 0.8rem; }
td { text-align: right; }
th, td { padding: 0.15rem 0 0.15rem 0.75rem; border-top: 1px solid var(--line); white-space: nowrap; }
thead th { border: 0; }
th:first-child, th:nth-child(2), td:nth-child(2) { text-align: left; }
th:first-child { padding-left: 0; }
tbody th { font-size: 0.9rem; color: var(--ink); overflow-wrap: anywhere; white-space: normal; }
.phase-ready { color: var(--good); }
.phase-starting, .phase-terminating { color: var(--over); }
.failing { color: var(--bad); font-weight: 600; }
.bar { position: relative; height: 0.3rem; min-width: 4rem; border-radius: 0.15rem; background: var(--line); overflow: hidden; }
.bar i { display: block; height: 100%; width: 0; background: var(--bar); transition: width 0.3s; }
.bar.over i { background: var(--over); }
.bar::after { content: ''; position: absolute; inset: 0 auto 0 50%; width: 2px; background: var(--ink); }
ol { max-height: 20rem; margin: 0.5rem 0 0; padding: 0; overflow: auto; list-style: none; font-size: 0.9rem; }
li { display: flex; gap: 0.75rem; padding: 0.1rem 0; overflow-wrap: anywhere; }
time { color: var(--faint); font-variant-numeric: tabular-nums; }
footer { margin-top: 1rem; font-size: 0.85rem; }
@media (max-width: 34rem) {
  #connection { margin-left: 0; width: 100%; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0.1rem 0.5rem; padding: 0.4rem 0; border-top: 1px solid var(--line); }
  th, td { padding: 0; border: 0; text-align: left; }
  tbody th { grid-column: 1 / 3; }
  td::before { content: attr(data-label) ' '; color: var(--faint); font-size: 0.8rem; }
  td:nth-child(2) { text-align: right; }
  td:nth-child(2)::before { content: ''; }
}
@media (prefers-reduced-motion: reduce) {
  .bar i { transition: none; }
}
`;
