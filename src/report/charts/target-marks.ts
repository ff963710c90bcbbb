import { percentText, settingText } from '../figure-text.ts';
import { atPx, type Layer } from './chart-layer.ts';
import type { Palette } from './palette.ts';
import { BAND_OPACITY, type KeyEntry } from './plot-header.ts';
import { positionPx, type SizeAxis, sizeScale } from './size-axis.ts';
import type { SizeDistributionData } from './size-data.ts';

type Target = SizeDistributionData['targetUm'];

/** How far beyond the particles an axis reaches to show a target: one that is open to a side is not seen whole. */
const REACH = 2;

/** Sizes that the axis must hold for the target to be seen, where it is not too far away. */
export function targetSizes(target: Target, sizesUm: readonly number[]): number[] {
  if (target === null) return [];
  const low = Math.min(...sizesUm) / REACH;
  const high = Math.max(...sizesUm) * REACH;
  return [target.min, target.max].map((um) => Math.min(high, Math.max(low, um)));
}

/** Where the D50 by number shall lie, as a band with an edge at each limit on the axis. */
export function targetLayers(target: Target, axis: SizeAxis, palette: Palette): Layer[] {
  if (target === null || target.max <= axis.lowUm || target.min >= axis.highUm) return [];
  const band = { low: Math.max(axis.lowUm, target.min), high: Math.min(axis.highUm, target.max) };
  const edges = [target.min, target.max].filter((um) => um > axis.lowUm && um < axis.highUm);
  return [
    {
      data: { values: [band] },
      mark: { type: 'rect', color: palette.target, opacity: BAND_OPACITY },
      encoding: { x: sizeScale('low', axis), x2: { field: 'high' } },
    },
    {
      data: { values: edges.map((um) => ({ um })) },
      mark: { type: 'rule', color: palette.target, strokeWidth: 1.25 },
      encoding: { x: sizeScale('um', axis) },
    },
  ];
}

export function targetKey(target: Target, palette: Palette): KeyEntry[] {
  if (target === null) return [];
  const text = `D50 wanted ${settingText(target.min)} to ${settingText(target.max, 'µm')}`;
  return [{ symbol: 'band', color: palette.target, text }];
}

const BRACKET_PX = 5;
const CAP_PX = 4;

/** How near to the D50 its interval shall reach: a bracket at the top of a plot, to be held against the interval's band. */
export function askedLayers(
  d50Um: number,
  halfWidth: number | null,
  axis: SizeAxis,
  palette: Palette,
): Layer[] {
  if (halfWidth === null || halfWidth >= 1) return [];
  const [from, to] = [d50Um * (1 - halfWidth), d50Um * (1 + halfWidth)].map((um) =>
    Math.min(axis.widthPx, Math.max(0, positionPx(axis, um))),
  );
  const style = { type: 'rule' as const, color: palette.target, strokeWidth: 2 };
  return [
    {
      data: { values: [{ from, to, y: BRACKET_PX }] },
      mark: style,
      encoding: { x: atPx('from'), x2: { field: 'to' }, y: atPx('y') },
    },
    {
      data: { values: [from, to].map((x) => ({ x, top: BRACKET_PX - CAP_PX, end: BRACKET_PX + CAP_PX })) },
      mark: style,
      encoding: { x: atPx('x'), y: atPx('top'), y2: { field: 'end' } },
    },
  ];
}

export function askedKey(halfWidth: number | null, palette: Palette): KeyEntry[] {
  if (halfWidth === null || halfWidth >= 1) return [];
  return [{ symbol: 'line', color: palette.target, text: `± ${percentText(halfWidth)} asked for` }];
}
