export const light = `--page:#fff;--card:#f6f7f9;--ink:#1b2127;--soft:#55606b;--rule:#d5dae0;--link:#0b5cad;
--good:#0f6b4a;--bad:#b42318;--open:#6b5200;--good-back:#e2f4ec;--bad-back:#fde9e7;--open-back:#faf1d8;
--c1:#0f4c81;--c2:#e04e00;--c3:#c94fa5;--c4:#279a6c;--c5:#4a3000;--c6:#6b7280`;

export const dark = `--page:#15191e;--card:#1e242b;--ink:#e8ebee;--soft:#a6b0ba;--rule:#3a434d;--link:#7db7f5;
--good:#7fe0b4;--bad:#ff9d92;--open:#f2d377;--good-back:#143328;--bad-back:#401d1a;--open-back:#3a3114;
--c1:#3b9bff;--c2:#f0622a;--c3:#d45fa8;--c4:#7ae8cd;--c5:#ffe28a;--c6:#9aa4af`;

/** Colours are in pairs for light and dark, each 3:1 against the page and told apart with any colour vision. */
export const style = `
:root{color-scheme:light dark;${light}}
@media screen and (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink)}
main{max-width:1120px;margin:0 auto;padding:1.5rem 1.25rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.4rem;line-height:1.25;margin:0 0 .5rem}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
p{margin:.4rem 0;max-width:46rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.soft{color:var(--soft)}
.top{max-width:none}
.small{font-size:.875rem}
section{margin-top:1rem;border-top:1px solid var(--rule);padding-top:1rem}
#scorecard{margin-top:3rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:.875rem;padding-bottom:.35rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--rule)}
thead th{font-size:.85rem;border-bottom:2px solid var(--rule)}
tbody th{font-weight:500}
.number{text-align:right;white-space:nowrap}
td small{display:block;color:var(--soft);font-size:.75rem}
.wide{overflow-x:auto}
.verdict{display:inline-block;font-weight:650;white-space:nowrap;padding:.05rem .5rem;border-radius:.3rem;border:1px solid currentColor}
.holds{color:var(--good);background:var(--good-back)}
.fails{color:var(--bad);background:var(--bad-back)}
.open{color:var(--open);background:var(--open-back)}
.verdict.open{white-space:normal}
.alarm{border-left:.4rem solid var(--bad);background:var(--bad-back);padding:.6rem 1rem;margin:1rem 0;max-width:none}
.warning{border-left:.4rem solid var(--open);background:var(--open-back);padding:.3rem .8rem;margin:.6rem 0;max-width:none}
.in-short{list-style:none;padding:0;margin:.6rem 0}
.answer{font-size:.9rem;margin:.8rem 0}
.answer th,.answer td{padding:.12rem .5rem}
.answer tbody th{font-weight:500}
.answer tbody th a{color:inherit}
.answer thead{position:sticky;top:0;background:var(--page)}
.answer th small,.answer td small{display:inline;font-weight:400;color:var(--soft);font-size:.75rem}
.answer sup{line-height:0}
.answer .group th{font-weight:700;padding-top:.6rem}
#answer h2{font-size:1.1rem;margin:1rem 0 .3rem}
.modes dt,.advice dt{color:var(--ink)}
.advice{display:block}
.advice dd{margin-bottom:.4rem;max-width:none}
.untold{margin:.3rem 0;padding-left:1.4rem}
.print-choice{border:0;padding:0;margin:.3rem 0;display:flex;flex-wrap:wrap;gap:0 1rem}
.print-choice legend{float:left;color:var(--soft);padding:0;margin-right:1rem}
.claim{background:var(--card);padding:.7rem 1rem;border-radius:.4rem;margin:.6rem 0}
.claim p{margin:.15rem 0;max-width:60rem}
.scorecard tbody{border-bottom:2px solid var(--rule)}
.scorecard tbody td,.scorecard tbody th{border-bottom:0}
.scorecard .what{font-size:.85rem;color:var(--soft);min-width:8.5rem}
.scorecard .sentence{min-width:11rem}
.plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,27rem),1fr));gap:1.5rem 2rem;margin-top:1rem}
.plots.low{grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr))}
figure{margin:0;min-width:0;break-inside:avoid}
figcaption{font-weight:600;line-height:1.3}
.journey{max-width:44rem}
.journey figcaption{font-weight:400}
figure p{margin:.1rem 0;font-size:.875rem;color:var(--soft)}
figure svg:not(.swatch){display:block;width:100%;height:auto;margin-top:.3rem}
.legend,.marks,.facts{list-style:none;padding:0;margin:.3rem 0 0;font-size:.875rem}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1rem}
.legend li{display:flex;align-items:center;gap:.35rem}
.marks{columns:14rem}
.marks b{display:inline-block;min-width:1.4em}
.swatch{width:34px;height:14px;flex:none;vertical-align:middle}
svg text{font-size:13px;fill:currentColor}
svg .axis path{stroke:var(--soft);fill:none;stroke-width:1}
svg .axis path.grid{stroke:var(--rule);stroke-width:.75}
svg .line{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}
svg .dot{fill:currentColor;stroke:var(--page);stroke-width:1}
svg .ideal{color:var(--soft)}
svg .ideal .line,svg .fit .line{stroke-width:1.5}
svg .ideal .line{stroke-dasharray:3 3}
svg .mark path{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 2}
svg .mark circle{fill:var(--ink)}
svg .mark text{fill:var(--page);font-size:10px;font-weight:700}
${[1, 2, 3, 4, 5, 6].map((colour) => `.c${colour}{color:var(--c${colour})}`).join('')}
summary{cursor:pointer;color:var(--link);padding:.2rem 0}
.fold>summary{color:inherit}
.fold>summary h2{display:inline;margin-right:.4rem}
.fold:not([open])>summary{padding:0}
.tables{margin-top:.4rem;font-size:.875rem}
.tables table{font-size:.8rem}
.tables thead th{font-size:inherit}
.tables th,.tables td{padding:.15rem .5rem}
.data{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,27rem),1fr));gap:1rem 2rem}
.data .wide{min-width:0}
.data .number{white-space:normal}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.5rem 0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
code,pre{font:.875rem/1.45 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
pre{background:var(--card);padding:.7rem 1rem;border-radius:.4rem;white-space:pre-wrap;overflow-wrap:anywhere}
@media screen and (max-width:700px){
main{padding:1rem .9rem 3rem}h1{font-size:1.5rem}
dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}
.modes{grid-template-columns:max-content 1fr;gap:.1rem .5rem}.modes dd{margin:0}.modes .swatch{display:none}
.in-short{font-size:.9rem;line-height:1.35}
.modes,.advice,.untold,#answer p.small{font-size:.8rem;line-height:1.35}
.answer,.answer thead,.answer tbody{display:block;font-size:.8rem}
.answer tr{display:flex;flex-wrap:wrap}
.answer td,.answer thead th{flex:1 1 0}
.answer th,.answer td{padding:0 .2rem;border:0;font-size:inherit}
.answer td.number{white-space:normal}
.answer tr{border-bottom:1px solid var(--rule);padding:.1rem 0}
.answer tbody th{flex:0 0 100%}
.answer thead td,.answer th small{display:none}
.answer td small{display:block;font-size:.62rem}
.answer thead .swatch{display:block;margin-left:auto}
.figures{font-size:.875rem}
caption{max-width:calc(100vw - 1.8rem)}
.figures th:first-child{position:sticky;left:0;background:var(--page);min-width:7.5rem;max-width:8.5rem;border-right:1px solid var(--rule)}
.scorecard thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.scorecard,.scorecard tbody,.scorecard tr,.scorecard th,.scorecard td{display:block;width:auto}
.scorecard tbody{padding:.8rem 0}
.scorecard tr{display:grid;grid-template-columns:1fr 1fr;gap:0 1rem}
.scorecard th,.scorecard td{padding:.1rem 0}
.scorecard .across,.scorecard .claim-number{grid-column:1/-1}
.scorecard .claim-number::before{content:'Claim '}
.scorecard .claim-number{font-weight:650}
.scorecard td.number{display:flex;justify-content:space-between;gap:.5rem}
.scorecard td.number::before{content:attr(data-mode);color:var(--soft)}
.scorecard td.number small,.scorecard td.none{display:none}
.scorecard .what{padding-top:.4rem}
}
@media screen and (max-width:860px){.answer td small{display:block}}
@media print{
@page{size:A4;margin:14mm 12mm}
html{font-size:9.5pt}
main{max-width:none;padding:0}
section{border:0;margin:0 0 1.5rem;padding:0}
#scorecard{break-before:page;margin-top:0}
h2,h3,figcaption,summary,caption,thead{break-after:avoid}
p,.claim p{max-width:none;orphans:3;widows:3}
tr:first-child{break-after:avoid}
tr,.claim,dl>*{break-inside:avoid}
thead{display:table-header-group}
.plots{grid-template-columns:1fr 1fr;gap:1rem 1.2rem}
.plots.low{grid-template-columns:1fr 1fr 1fr}
.wide{overflow:visible}
th,td{padding:.2rem .35rem}
.scorecard{font-size:8pt}
.scorecard .sentence{min-width:40mm}
.scorecard .what{min-width:30mm;font-size:7.5pt}
.scorecard .small{font-size:7pt}
a{color:inherit;text-decoration:none}
.print-choice{display:none}
body:has(#print-summary:checked) .rest{display:none}
#answer{font-size:7.5pt;line-height:1.2}
#answer h1{font-size:16pt}
#answer h2{font-size:10pt;margin:.6rem 0 .2rem}
#answer .small,.answer{font-size:7.5pt}
.in-short{margin:.2rem 0}
.answer small{font-size:6.5pt}
.answer td small{display:none}
.answer tbody th{width:56%}
.answer thead .swatch{display:none}
.answer .group th{padding-top:.3rem}
#answer p{margin:.25rem 0}
.advice dd{margin-bottom:.15rem}
.answer th,.answer td{padding:.04rem .3rem}
.answer thead{position:static}
.modes{gap:0 .6rem}
details::details-content{content-visibility:visible;display:block;height:auto;opacity:1}
summary{list-style:none;color:var(--soft)}
.tables table{font-size:6.5pt;margin-bottom:1rem}
.tables th,.tables td{padding:.02rem .25rem}
.data{display:block;columns:2;column-gap:1.2rem}
.data .many{column-span:all}
.verdict,.claim,svg,pre,.alarm,.warning{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
