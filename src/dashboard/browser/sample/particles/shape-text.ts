import { figureText } from '../../shell/figures.ts';

/** A figure of a particle's outline; a dash for one that tiles show in pieces only. */
export function shapeText(value: number | null, unit: 'µm' | '' = ''): string {
  return value === null ? '–' : figureText(value, unit);
}
