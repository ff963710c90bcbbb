import { exportPicture } from '../../../evaluation/contact-sheet/export-picture.ts';
import type { SheetCell, SheetPlan } from '../../../evaluation/contact-sheet/export-sheet.ts';
import type { ExportVerdict } from '../../../evaluation/exports/export-verdict.ts';
import type { FoundExport } from './export-judge.ts';
import { sheetLines } from './export-text.ts';

/** Draws an export while its pixels are there, with what is new and what is lost of the accepted outlines. */
export function sheetCell(
  found: FoundExport,
  verdict: ExportVerdict | null,
  { frame }: SheetPlan,
): SheetCell {
  const { change, accepted } = verdict ?? { change: null, accepted: null };
  const added = new Set(change?.again.added);
  const outlines = found.segments.map(({ mask, certain }, index) => ({
    mask,
    certain,
    added: added.has(index),
  }));
  const lost = change?.again.lost.map((index) => accepted!.outlines[index]!) ?? [];
  return {
    picture: exportPicture(found.image, frame, outlines, lost),
    lines: sheetLines({ found, verdict }),
    changed: (verdict?.beyond.length ?? 0) > 0,
  };
}
