import { FRAME_RGB } from '../outline-colours.ts';
import { colourVariables } from './colour-variables.ts';

/** For screens of any width, both colour schemes, and paper. */
export const reportStyle = `
:root { color-scheme: light dark; ${colourVariables('light')} }
@media (prefers-color-scheme: dark) { :root { ${colourVariables('dark')} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); line-height: 1.5;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  -webkit-text-size-adjust: 100%; }
main { max-width: 800px; margin: 0 auto; padding: 32px 16px 48px; }
header { margin-bottom: 20px; }
h1 { margin: 0; font-size: 30px; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 12px; font-size: 18px; line-height: 1.3; }
p { margin: 0 0 8px; }
p:last-child { margin-bottom: 0; }
small, .faint { color: var(--faint); font-size: 14px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px;
  margin-top: 16px; overflow-wrap: anywhere; }
img { display: block; max-width: 100%; height: auto; }
figure { margin: 0; }
figcaption { margin-top: 8px; color: var(--faint); font-size: 14px; }
.badge { display: inline-block; margin: 0 0 12px; padding: 4px 14px; border-radius: 999px; font-weight: 600;
  color: var(--on-badge); background: var(--faint); }
.badge.accept { background: var(--good); }
.badge.reject { background: var(--bad); }
.badge.more-tiles, .badge.reimage { background: var(--warn); }
.hero { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 12px; margin-bottom: 12px; }
.hero strong { font-size: 40px; line-height: 1.15; }
.hero .name { flex-basis: 100%; color: var(--faint); font-size: 14px; }
.keys { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; margin: 0 0 16px;
  padding: 12px 0; border: solid var(--line); border-width: 1px 0; }
.keys dt { color: var(--faint); font-size: 14px; }
.keys dd { margin: 0; font-size: 19px; font-weight: 600; line-height: 1.3; }
.keys dd small { display: block; font-weight: 400; }
.warnings { border-left: 4px solid var(--warn); }
.warnings ul { margin: 0; padding-left: 20px; }
.warnings li + li { margin-top: 6px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 12px 6px 0; text-align: left; vertical-align: top; font-weight: 400;
  border-bottom: 1px solid var(--line); }
thead th { color: var(--faint); font-size: 14px; vertical-align: bottom; }
th:last-child, td:last-child { padding-right: 0; }
.figures td { white-space: nowrap; }
.figures td small, .figures th small { display: block; }
.figures .gap { text-align: right; white-space: nowrap; }
.figures + p { margin-top: 12px; }
.figures .part th { padding-top: 16px; font-weight: 600; }
.number { white-space: nowrap; }
.tiles td:first-child { min-width: 150px; }
.maps { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 16px; }
.crops { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px; }
.crops img { border-radius: 8px; width: 100%; }
.crops figcaption { font-size: 13px; line-height: 1.4; }
.galleries h3 { margin: 20px 0 8px; font-size: 16px; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
a.doubted::after { content: " (doubted)"; }
.placed { position: relative; }
.places { position: absolute; display: grid; }
.places a { border-radius: 2px; }
.places a:hover, .places a:focus-visible { outline: 3px solid rgb(${FRAME_RGB.join(' ')}); outline-offset: -2px; }
.bars { display: flex; height: 96px; margin-top: 16px; border-bottom: 1px solid var(--faint); }
.bars > * { flex: 1; display: flex; align-items: flex-end; padding: 0 1px; }
.bars i { flex: 1; min-height: 3px; background: var(--link); border-radius: 2px 2px 0 0; }
.bars a:hover { background: var(--line); }
.ends { display: flex; justify-content: space-between; gap: 8px; margin-top: 4px; }
.ends span:not(:nth-child(2)) { white-space: nowrap; }
.mosaic img { width: 100%; border-radius: 6px; }
.swatch { display: inline-block; width: 10px; height: 10px; margin: 0 4px 0 2px; border-radius: 2px; }
dl.facts { display: grid; grid-template-columns: minmax(110px, 180px) 1fr; gap: 6px 16px; margin: 0; }
dl.facts dt { color: var(--faint); }
dl.facts dd { margin: 0; }
code { font: 13px/1.4 ui-monospace, Menlo, Consolas, monospace; }
@media (max-width: 560px) {
  main { padding: 20px 10px 32px; }
  section { padding: 14px; border-radius: 10px; }
  h1 { font-size: 25px; }
  th, td { padding-right: 8px; }
  .figures { font-size: 14px; }
  .figures th, .figures td { padding-right: 4px; }
  .figures th { overflow-wrap: break-word; }
  .figures td small, .figures th small { font-size: 12px; white-space: normal; }
  .crops { gap: 12px 8px; grid-template-columns: repeat(2, 1fr); }
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  dl.facts dd { margin-bottom: 8px; }
  .tiles thead { display: none; }
  .tiles tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--line); }
  .tiles td { display: block; padding: 0; border: 0; }
  .tiles td:empty { display: none; }
  .tiles td[data-name]::before { content: attr(data-name) " "; color: var(--faint); }
}
@media print {
  :root { ${colourVariables('light')} --page: #ffffff; }
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  section { border: 0; border-radius: 0; padding: 0; margin-top: 20px; }
  section.warnings { padding-left: 12px; }
  h2 { break-after: avoid; }
  figure, tr, .verdict { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
  .bars, .ends { display: none; }
  .badge { border: 1px solid currentColor; color: #000000; background: none !important; }
}`;
