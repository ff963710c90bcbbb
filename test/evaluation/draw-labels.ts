import fc from 'fast-check';
import type { LabelImage } from '../../src/evaluation/label-image.ts';

/** A label image from its picture: `.` is background, every other letter one instance by its character code. */
export function draw(...rows: readonly string[]): LabelImage {
  const letters = rows.join('');
  const labels = Int32Array.from(letters, (letter) => (letter === '.' ? 0 : letter.charCodeAt(0)));
  return { widthPx: rows[0]?.length ?? 0, heightPx: rows.length, labels };
}

/** The same instances under other, non-consecutive ids. */
export function renumbered({ labels, ...size }: LabelImage): LabelImage {
  return { ...size, labels: Int32Array.from(labels, (label) => (label === 0 ? 0 : 70_001 - 13 * label)) };
}

/** Any label image of 6 x 5 px with up to four instances, or with none. */
const anyImage = fc
  .tuple(
    fc.integer({ min: 0, max: 4 }),
    fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 30, maxLength: 30 }),
  )
  .map(([most, labels]): LabelImage => {
    const kept = labels.map((label) => (label > most ? 0 : label));
    return { widthPx: 6, heightPx: 5, labels: Uint16Array.from(kept) };
  });

export const imagePairs = fc.tuple(anyImage, anyImage);
