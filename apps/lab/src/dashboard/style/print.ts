/** On paper nothing moves and nothing can be pressed: dots stand in their pods as text, where the screen's canvas would miss them. */
export const printStyle = `
@media print {
  #motion, #said, #skip, #tour, .acts, .controls, [role='tablist'], body > header .row { display: none !important; }
  html { font-size: 11px; }
  body { max-width: none; padding: 0; }
  main { grid-template-columns: minmax(0, 1fr); }
  .column, .tile, tr { break-inside: avoid; }
  .seats { height: auto; min-height: 1.2rem; line-height: 1; letter-spacing: 0.1em; overflow-wrap: anywhere; background: none; }
  .seats::after { content: attr(data-dots); }
  #losses { overflow: visible; }
  #log { max-height: none; overflow: visible; }
  .chart { height: auto; }
  .uplot, .uplot .u-wrap { max-width: 100%; }
}
`;
