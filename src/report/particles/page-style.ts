import { FRAME_RGB } from '../outline-colours.ts';
import { reportStyle } from '../sample/report-style.ts';

/** Of the pages of tiles and of size classes. */
export const pageStyle = `${reportStyle}
:root { --frame: rgb(${FRAME_RGB.join(' ')}); }
main.linked { max-width: 1500px; }
nav a { display: inline-block; padding: 6px 12px 6px 0; }
.sides { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 16px; align-items: start; }
.wide { overflow-x: auto; }
svg { display: block; width: 100%; height: auto; background: #16181c; border-radius: 6px; }
svg.part { max-width: min(420px, 100cqw); }
svg text { text-anchor: middle; dominant-baseline: central; fill: #ffffff; font-family: system-ui, sans-serif; font-weight: 600; }
rect.nothing { fill: #16181c; }
text.nothing { fill: #9aa3ad; }
.bar { pointer-events: none; }
.bar rect { fill: #ffffff; }
.bar rect.plate { fill: #000000; fill-opacity: 0.72; }
.numbers rect { fill: transparent; stroke: none; stroke-width: 3; }
.bare rect { stroke: #9aa3ad; }
.numbers text { stroke: #000000; stroke-width: 0.2em; paint-order: stroke; stroke-linejoin: round; }
.numbers a:hover rect, .numbers a:focus-visible rect { stroke: var(--frame); }
.switches label { margin-right: 16px; white-space: nowrap; }
:root:has(.hide-outlines:checked) image.outlines, :root:has(.hide-numbers:checked) .numbers text { display: none; }
.rows { overflow-x: auto; container-type: inline-size; }
.rows th, .rows td { white-space: nowrap; }
.rows .open td { white-space: normal; }
.pieces { font-size: 15px; }
.pieces tr[id] { scroll-margin-top: 48px; }
.pieces .doubted th, .pieces .doubted td:last-child { color: var(--warn); }
.pieces tr:target > * { background: color-mix(in srgb, var(--frame) 28%, transparent); }
.open { display: none; }
tr:target + .open { display: table-row; }
.enlarged { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 12px; }
@media (min-width: 1100px) {
  .list { margin-top: 16px; }
  .sides { grid-template-columns: minmax(0, 1.9fr) minmax(0, 1fr); }
  .picture { position: sticky; top: 16px; }
}
@media (max-width: 560px) {
  .whole { min-width: 900px; }
  .pieces { font-size: 14px; }
}`;
