import { type ComparedFigure, comparedFigures } from '../../evaluation/sizes/compared-sizes.ts';
import type { CertaintyEntry } from '../../evaluation/sizes/joined-certainty.ts';
import type { ParticleLedger } from '../../evaluation/sizes/particle-ledger.ts';
import type { FigureComparison, RelativeError } from '../../evaluation/sizes/size-comparison.ts';
import type { ComparedMethod, RunComparison } from './run-comparison.ts';
import { aligned } from './score-table.ts';
import type { StopComparison } from './stops.ts';

const SCANS_SHOWN = 24;

const titles: Readonly<Record<ComparedFigure, string>> = {
  diameterMean: 'D[1,0]',
  d10: 'D10',
  d50: 'D50',
  d90: 'D90',
  areaMean: 'mean area',
  deBrouckere: 'D[4,3]',
  d10ByVolume: 'D10 vol',
  d50ByVolume: 'D50 vol',
  d90ByVolume: 'D90 vol',
};

/** A row a method, a column a figure; once for each question. */
export function sizesTable(comparison: RunComparison): string {
  const { samples, tiles, particlesImaged, particlesCounted, ledger, certainty, methods } = comparison;
  const table = (title: string, cell: (figure: FigureComparison) => string | null) => {
    const rows = methods.map((method) => [
      nameOf(method),
      ...comparedFigures.map((figure) => cell(method.figures[figure]) ?? '-'),
    ]);
    const said = rows.filter(([, ...cells]) => cells.some((text) => text !== '-'));
    const heads = ['', ...comparedFigures.map((figure) => titles[figure])];
    return said.length === 0 ? [] : [`${title}\n${aligned([heads, ...said])}`];
  };
  return [
    `${samples} samples, ${tiles} tiles, ${particlesImaged} particles imaged, ${particlesCounted} of them counted whole`,
    ledgerTable(ledger),
    certaintyTable(certainty),
    ...table('error against the particles imaged, mean (root mean square), %', ({ toImaged }) =>
      error(toImaged),
    ),
    ...table(
      'error against the powder, mean (root mean square), %',
      ({ toPowder }) => toPowder && error(toPowder),
    ),
    ...table("95 % intervals that hold the powder's figure, %", ({ coverage }) =>
      coverage === null ? null : (100 * coverage).toFixed(0),
    ),
  ].join('\n\n');
}

function certaintyTable(entries: readonly CertaintyEntry[]): string {
  const rows = entries.map(({ kind, count, right }) => [kind, String(count), percent(right / count, '')]);
  return aligned([['particles found, joined', 'count', 'diameter within 5 %, %'], ...rows]);
}

function ledgerTable({ matched, merged, missed, extra }: ParticleLedger): string {
  const trueCount = matched.count + merged.count + missed.count;
  const rows = Object.entries({ found: matched, merged, missed, extra }).map(([name, entry]) => [
    name,
    String(entry.count),
    percent(entry.count / trueCount, ''),
    entry.diameterMeanUm?.toFixed(2) ?? '-',
  ]);
  return `${aligned([['true particles, whole in a tile', 'count', '%', 'D[1,0], um'], ...rows])}
the found ones' diameters are off by ${percent(matched.diameterErrorMean ?? undefined)} % on average`;
}

/** Each scan where they are few, and all together. */
export function stopsTable({ scans, ...all }: StopComparison): string {
  const rows = scans.map(({ firstRow, tiles, stoppedAfter, d50Um, d50OfAllUm, d50TrueUm }) => [
    `row ${firstRow}`,
    stoppedAfter === null ? 'never' : String(stoppedAfter),
    String(tiles),
    d50Um.toFixed(3),
    percent(d50Um / d50OfAllUm - 1),
    percent(d50Um / d50TrueUm - 1),
  ]);
  const heads = ['scan begun with', 'stopped after', 'of tiles', 'D50, um', 'to all, %', 'to the truth, %'];
  return `${scans.length > SCANS_SHOWN ? '' : `${aligned([heads, ...rows])}\n\n`}${stopsLine(scans.length, all)}`;
}

function stopsLine(
  scans: number,
  { stopped, tilesMedian, withinTarget, target, errorToTruth }: Omit<StopComparison, 'scans'>,
): string {
  const line = `${stopped} of ${scans} scans stopped before their end`;
  if (errorToTruth === null) return line;
  return `${line}, after ${tilesMedian} tiles in the median; ${withinTarget} of them with a D50 within ${percent(target, '')} % of the truth (root mean square error ${percent(errorToTruth.rootMeanSquare, '')} %)`;
}

function nameOf({ border, particles }: ComparedMethod): string {
  return particles === 'all' ? border : `${border}, certain only`;
}

function error({ mean, rootMeanSquare }: RelativeError): string {
  return `${percent(mean)} (${percent(rootMeanSquare, '')})`;
}

function percent(share: number | undefined, plus = '+'): string {
  if (share === undefined) return '-';
  const rounded = Math.round(1000 * share) / 10 || 0; // no minus before a zero
  return `${rounded > 0 ? plus : ''}${rounded.toFixed(1)}`;
}
