/** Columns, tiles, and the canvas over them. */
export const stageStyle = `
#stage { position: relative; margin-top: 0.6rem; overflow: hidden; }
#motion { position: absolute; inset: 0 auto auto 0; pointer-events: none; }
#columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: 1rem; align-items: start; }
#columns.narrow { grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); }
.column { min-width: 0; padding: 0.75rem; border: 1px solid var(--rule); border-radius: 0.6rem; background: var(--card); }
.column-head h3 { font-size: 1.45rem; line-height: 1.2; }
.column-head p { margin: 0.2rem 0; }
.meaning { min-height: 2.9em; color: var(--soft); }
.narrow .meaning { min-height: 5.8em; }
.rates { font-variant-numeric: tabular-nums; }
.lost { font-size: 1.3rem; font-weight: 650; font-variant-numeric: tabular-nums; color: var(--good); }
.lost.some { color: var(--bad); }
.lost.past { color: var(--soft); }
.acts { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem; margin: 0; }
.pods { min-width: 4rem; text-align: center; font-variant-numeric: tabular-nums; }
.round { width: 2.1rem; padding: 0; font-size: 1.2rem; line-height: 1; }
.column-head .acts button:last-child { margin-left: auto; }
.ingress { display: flex; align-items: center; gap: 0.75rem; margin: 0.6rem 0; padding: 0 0.5rem; border-radius: 0.4rem; background: var(--rule); color: var(--ink); font-size: 0.9rem; white-space: nowrap; }
.sill { flex: 1; min-width: 0; height: 2rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 12.5rem), 1fr)); gap: 0.6rem; margin: 0; padding: 0; list-style: none; }
.tiles.many { grid-template-columns: repeat(auto-fill, minmax(min(100%, 8rem), 1fr)); gap: 0.4rem; }
.tile { min-width: 0; padding: 0.5rem 0.6rem; border: 1px solid var(--rule); border-left: 0.3rem solid var(--good); border-radius: 0.4rem; background: var(--page); animation: enter 0.4s; transition: opacity 0.4s; }
.tile[data-phase='starting'] { border-left-color: var(--open); border-style: dashed dashed dashed solid; }
.tile[data-phase='terminating'] { border-left-color: var(--open); }
.tile[data-phase='gone'] { border-left-color: var(--bad); border-style: dashed dashed dashed solid; background: var(--bad-back); }
.tile.leaving { opacity: 0; animation: none; }
@keyframes enter { from { opacity: 0; } }
.tile-head { display: flex; align-items: baseline; gap: 0.4rem; }
.tile h4 { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; direction: rtl; text-align: left; }
.phase { font-size: 0.85rem; color: var(--soft); }
[data-phase='ready'] .phase { color: var(--good); }
[data-phase='gone'] .phase { color: var(--bad); font-weight: 650; }
.yours { padding: 0 0.4rem; border-radius: 1rem; background: var(--ink); color: var(--page); font-size: 0.8rem; }
.tile.mine { outline: 3px solid var(--ink); }
.tile.mine .tile-head { flex-wrap: wrap; gap: 0 0.4rem; }
.tile.mine h4 { flex-basis: 100%; }
.seats { height: 3.6rem; margin: 0.35rem 0 0; border-radius: 0.3rem; background: var(--card); }
.many .seats { height: 2rem; }
.customers { margin: 0.15rem 0; font-size: 0.85rem; color: var(--soft); }
.figures { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 4fr) minmax(0, 4fr); gap: 0.1rem 0.4rem; }
.figures div:nth-child(4) { grid-column: span 2; }
.narrow .figures { grid-template-columns: 1fr 1fr; }
.narrow .figures div:nth-child(n) { grid-column: auto; }
.figures dt { font-size: 0.75rem; line-height: 1.2; }
.figures dd { font-size: 0.92rem; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; line-height: 1.25; }
.many .figures { grid-template-columns: 1fr 1fr; gap: 0 0.5rem; }
.many .figures div:nth-child(n) { grid-column: auto; display: flex; justify-content: space-between; gap: 0.2rem; }
.many .figures dt, .many .figures dd { font-size: 0.72rem; }
.many .customers { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.many .tile { position: relative; padding: 0.35rem 0.4rem; }
.many .tile h4 { font-size: 0.8rem; }
.many .phase { font-size: 0.72rem; }
.many .acts button { min-height: 1.5rem; padding: 0 0.45rem; font-size: 0.75rem; }
.bar { position: relative; height: 0.35rem; margin: 0.1rem 0 0.4rem; border-radius: 0.2rem; background: var(--rule); overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--soft); transform: scaleX(0); transform-origin: left; transition: transform 0.4s; }
.bar.over i { background: var(--bad); }
.bar.marked::after { content: ''; position: absolute; inset: 0 auto 0 50%; width: 3px; background: var(--ink); }
.tile .acts button { min-height: 1.8rem; padding: 0 0.6rem; font-size: 0.85rem; }
#auth, #call { margin-top: 1rem; }
#call pre { overflow-x: auto; }
#auth .tiles { margin-top: 0.5rem; max-width: 30rem; }
#auth .seats, #auth .customers { display: none; }
#ledger { display: flex; flex-wrap: wrap; gap: 1.25rem; margin-top: 1.25rem; }
#ledger section { flex: 1 1 20rem; max-width: 100%; }
#losses { overflow-x: auto; }
#losses tbody th { min-width: 9rem; }
#audit { flex-basis: 100%; margin: 0; font-size: 1.05rem; }
#audit.exact strong { color: var(--good); }
#audit.wrong { padding: 0.5rem 0.9rem; background: var(--bad-back); }
#audit.wrong strong { color: var(--bad); font-size: 1.3rem; }
#losses td.some { font-weight: 650; color: var(--bad); }
#log { max-height: 15rem; margin-top: 0.35rem; overflow: auto; }
#events { margin: 0; padding: 0; list-style: none; }
#events li { display: flex; gap: 0.75rem; padding: 0.1rem 0; overflow-wrap: anywhere; }
#events time { flex: none; color: var(--soft); }
@media (max-width: 34rem) {
  #columns, #columns.narrow { grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.5rem), 1fr)); gap: 0.5rem; }
  .column { padding: 0.4rem; }
  .meaning, .narrow .meaning { min-height: 0; font-size: 0.85rem; }
  .column-head h3 { font-size: 1.15rem; }
  .column-head .acts button:last-child { margin-left: 0; }
  .tile { padding: 0.4rem; }
  .tile-head { flex-wrap: wrap; gap: 0 0.4rem; }
  .tile h4 { flex-basis: 100%; }
  .lost { font-size: 1.15rem; }
  .figures { grid-template-columns: 1fr 1fr; }
  .figures div:nth-child(n) { grid-column: auto; }
  .figures dd { white-space: normal; }
  .ingress { flex-wrap: wrap; gap: 0; white-space: normal; }
  .sill { flex-basis: 100%; height: 1.4rem; }
}
@media (prefers-reduced-motion: reduce) {
  .tile { animation: none; transition: none; }
  .bar i { transition: none; }
}
`;
