import type { Picture } from './thumbnail.ts';

const GLYPH_PX = { width: 5, height: 7 } as const;
/** Sheet pixels for one of a glyph, and glyph pixels from one letter to the next. */
const SCALE = 2;
const ADVANCE = GLYPH_PX.width + 1;

/**
 * Letters of 5 x 7 pixels, row by row, so that a sheet needs no installed font. Small letters are drawn as
 * capitals, what is missing as a question mark.
 */
const GLYPHS: Readonly<Record<string, string>> = {
  A: '.###. #...# #...# ##### #...# #...# #...#',
  B: '####. #...# #...# ####. #...# #...# ####.',
  C: '.###. #...# #.... #.... #.... #...# .###.',
  D: '####. #...# #...# #...# #...# #...# ####.',
  E: '##### #.... #.... ####. #.... #.... #####',
  F: '##### #.... #.... ####. #.... #.... #....',
  G: '.###. #...# #.... #.### #...# #...# .####',
  H: '#...# #...# #...# ##### #...# #...# #...#',
  I: '.###. ..#.. ..#.. ..#.. ..#.. ..#.. .###.',
  J: '..### ...#. ...#. ...#. ...#. #..#. .##..',
  K: '#...# #..#. #.#.. ##... #.#.. #..#. #...#',
  L: '#.... #.... #.... #.... #.... #.... #####',
  M: '#...# ##.## #.#.# #.#.# #...# #...# #...#',
  N: '#...# #...# ##..# #.#.# #..## #...# #...#',
  O: '.###. #...# #...# #...# #...# #...# .###.',
  P: '####. #...# #...# ####. #.... #.... #....',
  Q: '.###. #...# #...# #...# #.#.# #..#. .##.#',
  R: '####. #...# #...# ####. #.#.. #..#. #...#',
  S: '.#### #.... #.... .###. ....# ....# ####.',
  T: '##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..',
  U: '#...# #...# #...# #...# #...# #...# .###.',
  V: '#...# #...# #...# #...# #...# .#.#. ..#..',
  W: '#...# #...# #...# #.#.# #.#.# ##.## #...#',
  X: '#...# #...# .#.#. ..#.. .#.#. #...# #...#',
  Y: '#...# #...# .#.#. ..#.. ..#.. ..#.. ..#..',
  Z: '##### ....# ...#. ..#.. .#... #.... #####',
  0: '.###. #...# #..## #.#.# ##..# #...# .###.',
  1: '..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.',
  2: '.###. #...# ....# ...#. ..#.. .#... #####',
  3: '##### ...#. ..#.. ...#. ....# #...# .###.',
  4: '...#. ..##. .#.#. #..#. ##### ...#. ...#.',
  5: '##### #.... ####. ....# ....# #...# .###.',
  6: '..##. .#... #.... ####. #...# #...# .###.',
  7: '##### ....# ...#. ..#.. .#... .#... .#...',
  8: '.###. #...# #...# .###. #...# #...# .###.',
  9: '.###. #...# #...# .#### ....# ...#. .##..',
  '.': '..... ..... ..... ..... ..... .##.. .##..',
  ',': '..... ..... ..... ..... .##.. ..#.. .#...',
  ':': '..... .##.. .##.. ..... .##.. .##.. .....',
  '-': '..... ..... ..... ##### ..... ..... .....',
  '+': '..... ..#.. ..#.. ##### ..#.. ..#.. .....',
  _: '..... ..... ..... ..... ..... ..... #####',
  '(': '...#. ..#.. .#... .#... .#... ..#.. ...#.',
  ')': '.#... ..#.. ...#. ...#. ...#. ..#.. .#...',
  '/': '..... ....# ...#. ..#.. .#... #.... .....',
  '%': '##... ##..# ...#. ..#.. .#... #..## ...##',
  '#': '.#.#. .#.#. ##### .#.#. ##### .#.#. .#.#.',
  '?': '.###. #...# ....# ...#. ..#.. ..... ..#..',
  ' ': '..... ..... ..... ..... ..... ..... .....',
};

/** Writes a line of text with its top left corner at (x, y); what lies beyond `widthPx` is left out. */
export function drawText(
  picture: Picture,
  text: string,
  x: number,
  y: number,
  colour: readonly number[],
  widthPx = picture.widthPx,
): void {
  const letters = [...text.toUpperCase()].slice(0, Math.floor(widthPx / textWidthPx(' ')));
  for (const [index, letter] of letters.entries()) {
    const rows = (GLYPHS[letter] ?? GLYPHS['?']!).split(' ');
    for (const [row, cells] of rows.entries()) {
      for (const [column, cell] of [...cells].entries()) {
        if (cell === '#') {
          fillCell(picture, x + (index * ADVANCE + column) * SCALE, y + row * SCALE, colour);
        }
      }
    }
  }
}

/** Letters all have the same width. */
export function textWidthPx(text: string): number {
  return text.length * ADVANCE * SCALE;
}

function fillCell(
  { widthPx, heightPx, rgb }: Picture,
  x: number,
  y: number,
  colour: readonly number[],
): void {
  for (let row = y; row < Math.min(y + SCALE, heightPx); row++) {
    for (let column = x; column < Math.min(x + SCALE, widthPx); column++) {
      rgb.set(colour, (row * widthPx + column) * 3);
    }
  }
}
