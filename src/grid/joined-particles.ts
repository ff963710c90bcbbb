import { type JoinableParticles, type Piece, type PieceName, piecesOf } from './particle-pieces.ts';
import type { PlacedCut, TileSide } from './placed-cut.ts';
import { type SeamMatch, seamMatches } from './seam-matches.ts';
import { stageError } from './stage-error.ts';
import { blocksOf, type Seam, type SeamBlock, seamsOf } from './tile-seams.ts';

/** One particle of a run, put together from what its tiles show of it. */
export interface JoinedParticle {
  readonly areaUm2: number;
  readonly boxWidthUm: number;
  readonly boxHeightUm: number;
  /** The verdict on its largest piece: of a small one at a border the network doubts often what is right. */
  readonly certain: boolean;
  /** Index of the tile that shows its largest piece. */
  readonly tile: number;
  /** Whether a part of it was not found: beyond the outer border, in a missing tile, or overlooked. */
  readonly cut: boolean;
  /** What it is put together from, the largest first; one for a particle that one tile shows whole. */
  readonly pieces: readonly PieceName[];
}

/**
 * A chord shorter than this share of the particle's equivalent diameter D cuts a small cap off: of a disc about
 * 2 c^3 / (3 pi D^3) of its area, under 3 %.
 */
const SHORT_CHORD = 0.5;

/**
 * The particles of a run, each once. What one tile shows whole is taken from there (`sameParticles`); of the rest,
 * pieces on the two sides of a seam whose chords cover each other are joined, over corners too. A chord without a
 * counterpart leaves its particle cut, unless it is short and a neighbour stands behind it: the particle ends there, or
 * the cap was too small to be found.
 *
 * Where tiles overlap, neighbours share a strip of a particle, and four tiles around a corner the rectangle in which
 * all overlap, which the particle fills: by inclusion and exclusion its area is pieces - strips + rectangles.
 *
 * The stage's error is taken off chords and strips where it can be measured; the joined box lies where the stage says.
 */
export function joinedParticles(tiles: readonly JoinableParticles[]): JoinedParticle[] {
  const pieces = piecesOf(tiles);
  const cutPieces = pieces.map((ofTile) => ofTile.filter(({ touchesBorder }) => touchesBorder));
  const seams = seamsOf(tiles);
  const matches = seams.flatMap((seam) => {
    const off = stageError(tiles[seam.first]!, tiles[seam.second]!) ?? { x: 0, y: 0 };
    return seamMatches(seam, cutPieces[seam.first]!, cutPieces[seam.second]!, off);
  });
  const layout = { blocks: blocksOf(seams), seamSides: sidesOf(seams) };
  return groupsOf(pieces.flat(), matches)
    .filter((group) => group.pieces.some((piece) => !piece.isRepeat))
    .map((group) => joined(group, layout));
}

interface Layout {
  readonly blocks: readonly SeamBlock[];
  /** The tiles' sides behind which a neighbour stands. */
  readonly seamSides: ReadonlySet<string>;
}

interface Group {
  readonly pieces: readonly Piece[];
  readonly matches: readonly SeamMatch[];
}

/** The pieces that matches link, by union-find. */
function groupsOf(pieces: readonly Piece[], matches: readonly SeamMatch[]): Group[] {
  const parents = new Map<Piece, Piece>();
  const rootOf = (piece: Piece): Piece => {
    let root = piece;
    for (let parent = parents.get(root); parent; parent = parents.get(root)) root = parent;
    return root;
  };
  for (const { pieces: linked } of matches) {
    const [a, b] = [rootOf(linked[0]), rootOf(linked[1])];
    if (a !== b) parents.set(b, a);
  }
  const matchesOf = Map.groupBy(matches, (match) => rootOf(match.pieces[0]));
  const groups = Map.groupBy(pieces, rootOf);
  return [...groups].map(([root, members]) => ({ pieces: members, matches: matchesOf.get(root) ?? [] }));
}

function joined({ pieces, matches }: Group, { blocks, seamSides }: Layout): JoinedParticle {
  const boxes = pieces.map(({ box }) => box);
  const largest = pieces.reduce((best, piece) => (piece.areaUm2 > best.areaUm2 ? piece : best));
  const areaUm2 = Math.max(largest.areaUm2, joinedAreaUm2(pieces, matches, blocks));
  const shortUm = SHORT_CHORD * Math.sqrt((4 * areaUm2) / Math.PI);
  const isOpen = ({ side, fromUm, toUm }: PlacedCut, tile: number): boolean =>
    toUm - fromUm > shortUm || !seamSides.has(sideName(tile, side));
  const completed = new Set(matches.flatMap(({ cuts }) => cuts));
  return {
    areaUm2,
    boxWidthUm: Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left)),
    boxHeightUm: Math.max(...boxes.map(({ top }) => top)) - Math.min(...boxes.map(({ bottom }) => bottom)),
    certain: largest.certain,
    tile: largest.tile,
    cut: pieces.some(({ tile, touchesBorder, cuts }) =>
      cuts.length === 0 ? touchesBorder : cuts.some((cut) => !completed.has(cut) && isOpen(cut, tile)),
    ),
    pieces: pieces
      .toSorted((one, other) => other.areaUm2 - one.areaUm2)
      .map(({ tile, index }) => ({ tile, index })),
  };
}

function joinedAreaUm2(
  pieces: readonly Piece[],
  matches: readonly SeamMatch[],
  blocks: readonly SeamBlock[],
): number {
  let areaUm2 = 0;
  for (const piece of pieces) areaUm2 += piece.areaUm2;
  for (const { sharedUm2 } of matches) areaUm2 -= sharedUm2;
  if (matches.length < 4) return areaUm2;
  const linked = new Set(matches.map(({ seam }) => `${seam.first} ${seam.second}`));
  for (const { tiles, overlapXUm, overlapYUm } of blocks) {
    const [a, b, c, d] = tiles;
    const around = [`${a} ${b}`, `${c} ${d}`, `${a} ${c}`, `${b} ${d}`];
    if (around.every((seam) => linked.has(seam))) areaUm2 += overlapXUm * overlapYUm;
  }
  return areaUm2;
}

function sidesOf(seams: readonly Seam[]): ReadonlySet<string> {
  return new Set(
    seams.flatMap(({ across, first, second }) =>
      across === 'x'
        ? [sideName(first, 'right'), sideName(second, 'left')]
        : [sideName(first, 'bottom'), sideName(second, 'top')],
    ),
  );
}

function sideName(tile: number, side: TileSide): string {
  return `${tile} ${side}`;
}
