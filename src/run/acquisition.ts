import type { Acquisition } from '../publish/schema/acquisition.ts';
import type { StoredTile } from '../store/stored-tile.ts';

const UM2_PER_MM2 = 1e6;
/** A file may say anything of any length: so much of a word is told, and so many of them. */
const WORD_MAX_CHARACTERS = 100;
const WORDS_MAX = 5;

/** What the imaged area holds. */
export interface Imaged {
  /** What the tiles show together. */
  readonly areaUm2: number;
  /** Particles counted, each with its weight. */
  readonly particles: number;
}

/** How the tiles were imaged, as their files say. */
export function acquisitionOf(
  tiles: readonly Pick<StoredTile, 'metadata' | 'fieldUm'>[],
  { areaUm2, particles }: Imaged,
): Acquisition {
  const metadata = tiles.map((tile) => tile.metadata);
  const imagedAreaMm2 = areaUm2 / UM2_PER_MM2;
  return {
    microscope: {
      type: wordOf(metadata.map(({ instrumentType }) => instrumentType)),
      serialNumber: wordOf(metadata.map(({ instrumentId }) => instrumentId)),
      softwareVersion: wordOf(metadata.map(({ softwareVersion }) => softwareVersion)),
    },
    tiles: tiles.length,
    magnification: rangeOf(metadata.map(({ magnification }) => magnification)),
    magnificationSource: wordOf(metadata.map(({ magnificationSource }) => magnificationSource)),
    fieldWidthUm: rangeOf(tiles.map(({ fieldUm }) => fieldUm.width)),
    fieldHeightUm: rangeOf(tiles.map(({ fieldUm }) => fieldUm.height)),
    imagedAreaMm2,
    particlesPerMm2: imagedAreaMm2 === 0 ? null : particles / imagedAreaMm2,
    acceleratingVoltageKv: rangeOf(
      metadata.map(({ highVoltageKv: kv }) => (kv === null ? null : Math.abs(kv))),
    ),
    detector: wordOf(metadata.map(({ detector }) => detector)),
    workingDistanceMm: rangeOf(metadata.map(({ workingDistanceMm }) => workingDistanceMm)),
    dwellTimeNs: rangeOf(metadata.map(({ dwellTimeNs }) => dwellTimeNs)),
    integrations: rangeOf(metadata.map(({ integrations }) => integrations)),
    spotSize: rangeOf(metadata.map(({ spotSize }) => spotSize)),
  };
}

/** Null where none is known. */
function rangeOf(values: readonly (number | null | undefined)[]): { min: number; max: number } | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null || value === undefined) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return min <= max ? { min, max } : null;
}

/** The one word, `mixed: ` and the words where there are several, null where there is none. */
function wordOf(words: readonly string[]): string | null {
  const all = [...new Set(words.map(visible))].filter((word) => word !== '').sort();
  const [first] = all;
  if (first === undefined || all.length === 1) return first ?? null;
  return `mixed: ${all.slice(0, WORDS_MAX).join(', ')}${all.length > WORDS_MAX ? ' and others' : ''}`;
}

/** Without characters that no font shows. */
function visible(text: string): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '').trim();
  return Array.from(shown).slice(0, WORD_MAX_CHARACTERS).join('');
}
