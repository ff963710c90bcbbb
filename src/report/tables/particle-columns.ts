import { measuredDigits, significant } from '../../statistics/numeric/significant.ts';
import type { TileColumns } from '../../store/tile-columns.ts';
import { type Column, columnsFor } from './column.ts';
import type { CountedParticle, CountedPiece } from './counted-run.ts';
import { runColumns } from './run-columns.ts';

type Particles = readonly Column<CountedParticle>[];

const NETWORK = 'the network';
const isCertain = ({ tile, index }: CountedPiece) => tile.certain[index] === 1;
const areaOf = ({ tile, index }: CountedPiece) => tile.areaUm2[index]!;
const sum = (pieces: readonly CountedPiece[], of: (piece: CountedPiece) => number) =>
  pieces.reduce((total, piece) => total + of(piece), 0);

/** What makes it uncertain; null where it is certain. */
function doubtOf({ certain, pieces }: CountedParticle): 'outline' | 'largest piece' | null {
  if (certain) return null;
  return pieces.length === 1 ? 'outline' : 'largest piece';
}

/** Area of the doubted pieces over that of all its pieces. */
export function doubtedAreaShare({ pieces }: CountedParticle): number {
  return sum(pieces, (piece) => (isCertain(piece) ? 0 : areaOf(piece))) / sum(pieces, areaOf);
}

/** Of a joined particle that of its largest piece. */
export function confidenceOf({ pieces: [largest] }: CountedParticle): number {
  return largest?.tile.confidence[largest.index] ?? 0;
}

/** `particles`: one row a particle as the statistics count it, the smallest first. */
export const particleColumns: Particles = [
  ...columnsFor(runColumns, ({ of }: CountedParticle) => of),
  {
    ...{ name: 'particle', kind: 'count', unit: '1' },
    description: 'number among the counted particles of the run, by size, from 0; the key to `pieces`',
    source: 'order of areaUm2',
    value: ({ number }) => number,
  },
  {
    ...{ name: 'areaUm2', kind: 'number', unit: 'um2' },
    description: 'projected area; of a joined particle that of its pieces less what tiles show twice',
    source: 'A, ISO 13322-1; joining in measurement.md',
    value: ({ areaUm2 }) => areaUm2,
  },
  {
    ...{ name: 'diameterEquivalentUm', kind: 'number', unit: 'um' },
    description: 'diameter of the circle of equal area',
    source: 'x_A = sqrt(4 A / pi), ISO 9276-6',
    value: ({ diameterEquivalentUm }) => diameterEquivalentUm,
  },
  {
    ...{ name: 'diameterUm', kind: 'number', unit: 'um' },
    description:
      'the diameter that the published distribution is of, as `statistics.diameter` says: area: diameterEquivalentUm; feretMax, feretMin: that Feret diameter',
    source: 'x_A, x_Fmax or x_Fmin, ISO 9276-6',
    value: ({ diameterUm }) => diameterUm,
  },
  {
    ...{ name: 'passesFilter', kind: 'truth', unit: '' },
    description:
      'whether it counts: true where it passes the filter in force, or there is none; published figures are of these rows alone',
    source: '`statistics.filter` of the summary',
    value: ({ passesFilter }) => passesFilter,
  },
  {
    ...{ name: 'weight', kind: 'number', unit: '1' },
    description: 'how many particles it stands for, at least 1; every figure by number counts it so often',
    source: 'inverse of its chance to be seen whole, ISO 13322-1 (Miles and Lantuejoul)',
    value: ({ weight }) => weight,
  },
  {
    ...{ name: 'certain', kind: 'truth', unit: '' },
    description:
      'whether the network trusts its outline; of a joined one that of its largest piece, which measurement.md says is the truer verdict',
    source: NETWORK,
    value: ({ certain }) => certain,
  },
  {
    ...{ name: 'uncertainBecause', kind: 'text', unit: '' },
    description:
      'which outline is doubted: `outline` of a particle in one piece, `largest piece` of a joined one; empty where certain',
    source: NETWORK,
    value: doubtOf,
  },
  {
    ...{ name: 'doubtedAreaShare', kind: 'number', unit: '1' },
    description:
      'area of the doubted pieces over that of all its pieces; over 0 also of a certain one of which a smaller piece is doubted',
    source: NETWORK,
    value: (particle) => significant(doubtedAreaShare(particle), 6),
  },
  {
    ...{ name: 'confidence', kind: 'number', unit: '1' },
    description: 'chance that a real particle is outlined so; of a joined one that of its largest piece',
    source: `${NETWORK}, calibrated`,
    value: (particle) => significant(confidenceOf(particle), 6),
  },
  {
    ...{ name: 'pieceCount', kind: 'count', unit: '1' },
    description: 'how many pieces it is put together from; 1 where one tile shows it',
    source: 'joining in measurement.md',
    value: ({ pieces }) => pieces.length,
  },
  {
    ...{ name: 'pieces', kind: 'text', unit: '' },
    description: 'tile and number of each piece, the largest first, as `tile_7.tif 12 + tile_8.tif 3`',
    source: 'joining in measurement.md',
    value: ({ pieces }) => pieces.map(({ file, number }) => `${file} ${number}`).join(' + '),
  },
  {
    ...{ name: 'source', kind: 'text', unit: '' },
    description: '`reviewer` where somebody drew or judged one of its pieces, else `model`',
    source: 'corrections.md',
    value: ({ pieces }) =>
      pieces.some(({ tile, index }) => tile.corrected[index] === 1) ? 'reviewer' : 'model',
  },
  {
    ...{ name: 'tile', kind: 'text', unit: '' },
    description: 'file of the tile that shows its largest piece',
    source: 'the export folder',
    value: ({ pieces }) => pieces[0]?.file ?? null,
  },
  {
    ...{ name: 'row', kind: 'count', unit: '1' },
    description: "that tile's row in the grid, 0 is the highest stage y",
    source: 'lattice of the stage positions',
    value: ({ pieces }) => pieces[0]?.tile.site?.row ?? null,
  },
  {
    ...{ name: 'column', kind: 'count', unit: '1' },
    description: "that tile's column in the grid, 0 is the lowest stage x",
    source: 'lattice of the stage positions',
    value: ({ pieces }) => pieces[0]?.tile.site?.column ?? null,
  },
  centroid('centroidStageXUm', 'centroidXUm', 'to the right'),
  centroid('centroidStageYUm', 'centroidYUm', 'up'),
  {
    ...{ name: 'weightOfShape', kind: 'number', unit: '1' },
    description:
      'how many particles its shape stands for, at least 1; every figure of shape counts it so often; empty where no tile shows it whole',
    source: 'inverse of its chance to lie whole in a tile, ISO 13322-1 (Miles and Lantuejoul)',
    value: ({ weightOfShape }) => weightOfShape,
  },
  shape('diameterFeretMinUm', 'um', 'least distance of two parallel tangents', 'x_Fmin, ISO 9276-6'),
  shape('diameterFeretMaxUm', 'um', 'greatest distance of two parallel tangents', 'x_Fmax, ISO 9276-6'),
  shape('perimeterUm', 'um', 'perimeter', 'Crofton, four directions; measurement.md'),
  shape('aspectRatio', '1', 'least over greatest Feret diameter', 'x_Fmin / x_Fmax, ISO 9276-6'),
  shape('circularity', '1', 'how round its outline is, at most 1', '4 pi A / P^2, form factor of ISO 9276-6'),
  shape('solidity', '1', 'area over that of the convex hull', 'A / A_hull, ISO 9276-6'),
];

function centroid(
  name: string,
  of: 'centroidXUm' | 'centroidYUm',
  direction: string,
): Column<CountedParticle> {
  return {
    ...{ name, kind: 'number', unit: 'um', source: 'mean over its pixels; stage position of the tile' },
    description: `centroid on the sample stage, ${direction}; empty in a tile without a place there`,
    value: ({ pieces }) =>
      pieces.some(({ tile }) => !tile.isPlaced)
        ? null
        : significant(
            sum(pieces, (piece) => areaOf(piece) * piece.tile[of][piece.index]!) / sum(pieces, areaOf),
            9,
          ),
  };
}

/** Only where one tile shows it whole: nobody has seen the outline of what is put together. */
function shape(
  name: keyof Pick<
    TileColumns,
    'diameterFeretMinUm' | 'diameterFeretMaxUm' | 'perimeterUm' | 'aspectRatio' | 'circularity' | 'solidity'
  >,
  unit: string,
  description: string,
  source: string,
): Column<CountedParticle> {
  return {
    ...{ name, kind: 'number', unit, source },
    description: `${description}; empty where no tile shows it whole`,
    value({ pieces: [piece], weightOfShape }) {
      return piece && weightOfShape !== null ? measuredDigits(piece.tile[name][piece.index]!) : null;
    },
  };
}
