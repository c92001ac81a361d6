/** The panels beside the stage. */
export const panelStyle = `
#panels { min-width: 0; border: 1px solid var(--rule); border-radius: 0.6rem; background: var(--card); }
[role='tablist'] { display: flex; flex-wrap: wrap; border-bottom: 1px solid var(--rule); }
[role='tab'] { flex: 1 1 auto; padding: 0.5rem 0.6rem; border: 0; border-bottom: 3px solid transparent; border-radius: 0; background: none; color: var(--soft); }
[role='tab'][aria-selected='true'] { border-bottom-color: var(--link); color: var(--ink); font-weight: 650; }
[role='tabpanel'] { padding: 0.75rem 1rem 1rem; }
.controls { display: flex; flex-direction: column; gap: 0.75rem; margin: 0.5rem 0; }
.controls p { margin: 0; }
fieldset { margin: 0; padding: 0.4rem 0.75rem 0.6rem; border: 1px solid var(--rule); border-radius: 0.4rem; }
legend { font-weight: 600; }
.choice { display: flex; gap: 0.6rem; align-items: baseline; padding: 0.2rem 0; }
.choice small { display: block; }
input[type='checkbox'] { flex: none; width: 1.1rem; height: 1.1rem; accent-color: var(--link); }
.slider { display: grid; grid-template-columns: 1fr auto; gap: 0.1rem 1rem; }
.slider output { font-weight: 650; font-variant-numeric: tabular-nums; }
.slider input { grid-column: 1 / -1; width: 100%; height: 1.8rem; margin: 0; accent-color: var(--link); }
.stacked { display: flex; flex-direction: column; gap: 0.2rem; font-weight: 600; }
.check { display: flex; align-items: center; gap: 0.5rem; }
.journey { display: grid; grid-template-columns: 1fr 1fr; gap: 0.4rem; }
.journey button:enabled { border-color: var(--link); }
.steps { display: flex; margin: 0.75rem 0; padding: 0; list-style: none; font-size: 0.85rem; }
.steps li { flex: 1; padding: 0.3rem 0.2rem 0; border-top: 4px solid var(--rule); color: var(--soft); }
.steps li.reached { border-top-color: var(--good); color: var(--ink); }
.steps li[aria-current] { font-weight: 650; }
.alarm { margin-bottom: 0.75rem; }
.fact-grid section { padding: 0.5rem 0; border-top: 1px solid var(--rule); overflow-wrap: anywhere; }
.tree { margin: 0; padding: 0; list-style: none; font-size: 0.9rem; }
ul.tree > li { padding-left: 0.6rem; border-left: 2px solid var(--rule); margin-bottom: 0.25rem; }
.tree > div { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: 0.5rem; }
.tree .tree .tree > div { grid-template-columns: 5.5rem minmax(0, 1fr); }
.carried { margin: 0; padding-left: 1.1rem; }
.exchanges { margin: 0.4rem 0 0; padding: 0; list-style: none; }
.exchange summary { padding: 0.3rem 0; cursor: pointer; overflow-wrap: anywhere; }
.exchange summary small { display: block; padding-left: 1rem; }
.exchange summary.bad strong { color: var(--bad); }
.exchange h4 { margin-top: 0.5rem; }
.scaling { padding: 0.75rem 0; border-top: 1px solid var(--rule); }
.scaling h4 { margin-top: 0.5rem; font-weight: 500; }
.chart { height: 130px; overflow: hidden; }
.uplot .u-wrap { position: relative; }
.uplot .u-over, .uplot .u-under, .uplot .u-axis { position: absolute; }
.uplot .u-over { pointer-events: none; }
.uplot canvas { display: block; position: relative; width: 100%; height: 100%; }
.running { margin: 0.5rem 0; padding: 0.5rem 0.75rem; border-left: 0.35rem solid var(--link); background: var(--page); }
.done { margin: 0.5rem 0; padding: 0; list-style: none; }
.done li { padding: 0.3rem 0; border-top: 1px solid var(--rule); }
.verdict { white-space: nowrap; }
.verdict[data-ruling='holds'] { color: var(--good); font-weight: 650; }
.verdict[data-ruling='does not hold'] { color: var(--bad); font-weight: 650; }
.verdict[data-ruling='cannot tell here'] { color: var(--open); }
.verdict.once[data-ruling] { color: var(--open); font-weight: 400; white-space: normal; }
@media (max-width: 34rem) {
  [role='tab'] { padding: 0.5rem 0.4rem; font-size: 0.9rem; }
  [role='tabpanel'] { padding: 0.6rem; }
  .steps { font-size: 0.75rem; }
}
`;
