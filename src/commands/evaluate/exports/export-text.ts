import { signedPercent } from '../../../evaluation/exports/export-change.ts';
import type { ExportVerdict } from '../../../evaluation/exports/export-verdict.ts';
import { diameterEquivalent } from '../../../measure/measure-particle.ts';
import { aligned } from '../score-table.ts';
import type { ExportFound } from './export-judge.ts';

export interface ComparedExport {
  readonly found: ExportFound;
  /** Null: nothing was given to compare with. */
  readonly verdict: ExportVerdict | null;
}

/** A row an export: what was found, in micrometres where the file states its pixel size, else in pixels. */
export function figuresTable(exports: readonly ComparedExport[]): string {
  const heads = ['export', 'model', 'nm/px', 'all', 'certain', 'uncertain', 'upper half', 'lower half'];
  const rows = exports.map(({ found }) => {
    const { count, certain, upper, areaMedianPx, areaMeanPx, limitReached } = found.figures;
    return [
      found.name,
      found.model,
      found.pixelSizeNm === null ? '-' : figure(found.pixelSizeNm),
      ...[count, certain, count - certain, upper, count - upper].map(String),
      areaText(found, areaMedianPx),
      areaText(found, areaMeanPx),
      d50Text(found),
      limitReached ?? '-',
    ];
  });
  return aligned([[...heads, 'median area', 'mean area', 'D50', 'limit reached'], ...rows]);
}

/** A row an export that something is accepted of: how much of it is found again, and what is not. */
export function changesTable(exports: readonly ComparedExport[]): string {
  const heads = [
    'export',
    'accepted',
    'now',
    'found again',
    'lost',
    'new',
    'turned',
    'median area',
    'mean area',
  ];
  const rows = exports.flatMap(({ found, verdict }) => {
    if (!verdict) return [];
    const { change, accepted, beyond } = verdict;
    const cells =
      change && accepted
        ? [
            String(accepted.count),
            String(found.figures.count),
            ...[change.again.pairs, change.again.lost, change.again.added].map(({ length }) =>
              String(length),
            ),
            String(change.turned),
            changeText(change.areaMedianChange),
            changeText(change.areaMeanChange),
          ]
        : ['-', String(found.figures.count), '-', '-', '-', '-', '-', '-'];
    return [[found.name, ...cells, beyond.length > 0 ? 'CHANGED' : 'same']];
  });
  return aligned([[...heads, 'verdict'], ...rows]);
}

/** What stands below an export on the sheet. */
export function sheetLines({ found, verdict }: ComparedExport): string[] {
  const { count, certain, upper, areaMedianPx, limitReached } = found.figures;
  const scale =
    found.pixelSizeNm === null || found.magnification === null
      ? 'no metadata'
      : `x${Math.round(found.magnification)}, ${figure(found.pixelSizeNm)} nm/px`;
  const limit = limitReached === null ? '' : `, limit ${limitReached}`;
  return [
    found.name,
    `${found.model}, ${scale}, median ${areaText(found, areaMedianPx)}, D50 ${d50Text(found)}`,
    `${count} particles, ${count - certain} uncertain, ${upper} upper, ${count - upper} lower${limit}`,
    ...(verdict ? [verdictLine(verdict)] : []),
  ];
}

function verdictLine({ accepted, beyond }: ExportVerdict): string {
  if (beyond.length === 0) return 'as accepted';
  return `changed${accepted ? ` (was ${accepted.count})` : ''}: ${beyond.join(', ')}`;
}

function areaText({ pixelSizeNm }: ExportFound, areaPx: number | null): string {
  if (areaPx === null) return '-';
  return pixelSizeNm === null ? `${figure(areaPx)} px2` : `${figure(areaPx * (pixelSizeNm / 1000) ** 2)} um2`;
}

/** By number. A circle's diameter grows with its area, so that the median area's is the median one. */
function d50Text({ pixelSizeNm, figures: { areaMedianPx } }: ExportFound): string {
  if (areaMedianPx === null) return '-';
  const diameterPx = diameterEquivalent(areaMedianPx);
  return pixelSizeNm === null
    ? `${figure(diameterPx)} px`
    : `${figure((diameterPx * pixelSizeNm) / 1000)} um`;
}

function changeText(share: number | null): string {
  return share === null ? '-' : signedPercent(share);
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
