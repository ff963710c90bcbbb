import { basename } from 'node:path';
import type { Particle } from '../../measure/particle.ts';
import { measuredDigits, significant } from '../../statistics/numeric/significant.ts';
import type { ParticleOfTile } from '../../store/particles.ts';
import { type Column, columnsFor } from './column.ts';
import type { Fate } from './counted-run.ts';
import { type RunOfRow, runColumns } from './run-columns.ts';

/** What one tile shows of a particle, and what became of it. */
export interface PieceRow {
  readonly of: RunOfRow;
  readonly piece: ParticleOfTile;
  readonly fate: Fate;
}

/** `pieces`: one row for all that the network found, tile by tile, counted or not. */
export const pieceColumns: readonly Column<PieceRow>[] = [
  ...columnsFor(runColumns, ({ of }: PieceRow) => of),
  {
    ...{ name: 'tile', kind: 'text', unit: '' },
    description: 'file of the tile',
    source: 'the export folder',
    value: ({ piece }) => basename(piece.path),
  },
  {
    ...{ name: 'row', kind: 'count', unit: '1' },
    description: "the tile's row in the grid, 0 is the highest stage y",
    source: 'lattice of the stage positions',
    value: ({ piece }) => piece.site?.row ?? null,
  },
  {
    ...{ name: 'column', kind: 'count', unit: '1' },
    description: "the tile's column in the grid, 0 is the lowest stage x",
    source: 'lattice of the stage positions',
    value: ({ piece }) => piece.site?.column ?? null,
  },
  {
    ...{ name: 'number', kind: 'count', unit: '1' },
    description:
      "place in the tile's list, as in its message, from 0; what reviewers drew has numbers after those",
    source: 'the network',
    value: ({ piece }) => piece.number,
  },
  {
    ...{ name: 'particle', kind: 'count', unit: '1' },
    description:
      'the particle that it is, or is part of: the key to `particles`; empty where it has no row there',
    source: 'joining in measurement.md',
    value: ({ fate }) => fate.particle,
  },
  {
    ...{ name: 'notCountedBecause', kind: 'text', unit: '' },
    description:
      '`tile left out`: imaged too badly; `seen twice`: another tile shows the same and is counted; `cut by a border`: the rest was not found; `filtered out`: its particle does not pass the filter; empty where counted',
    source: 'measurement.md',
    value: ({ fate }) => fate.because,
  },
  figure('areaUm2', 'um2', 'projected area', 'A, pixels times pixel area, ISO 13322-1'),
  figure('diameterEquivalentUm', 'um', 'diameter of the circle of equal area', 'x_A, ISO 9276-6'),
  figure('diameterFeretMinUm', 'um', 'least distance of two parallel tangents', 'x_Fmin, ISO 9276-6'),
  figure('diameterFeretMaxUm', 'um', 'greatest distance of two parallel tangents', 'x_Fmax, ISO 9276-6'),
  figure('perimeterUm', 'um', 'perimeter', 'Crofton, four directions; measurement.md'),
  figure('aspectRatio', '1', 'least over greatest Feret diameter', 'x_Fmin / x_Fmax, ISO 9276-6'),
  figure(
    'circularity',
    '1',
    'how round its outline is, at most 1',
    '4 pi A / P^2, form factor of ISO 9276-6',
  ),
  figure('solidity', '1', 'area over that of the convex hull', 'A / A_hull, ISO 9276-6'),
  place(
    'centroidStageXUm',
    'um',
    'centroid on the sample stage, to the right',
    (one) => one.centroidStageUm?.x ?? null,
  ),
  place(
    'centroidStageYUm',
    'um',
    'centroid on the sample stage, up',
    (one) => one.centroidStageUm?.y ?? null,
  ),
  place('centroidXPx', 'px', 'centroid in the tile, from the left', (one) => one.centroidPx.x),
  place('centroidYPx', 'px', 'centroid in the tile, from the top', (one) => one.centroidPx.y),
  {
    ...{ name: 'touchesBorder', kind: 'truth', unit: '' },
    description: 'reaches the border of the tile, so that part of it may be missing',
    source: 'its box in the tile',
    value: ({ piece }) => piece.particle.touchesBorder,
  },
  share('objectness', 'how sure the network is that this is a particle', 'the network'),
  share('confidence', 'chance that a real particle is outlined so', 'the network, calibrated'),
  {
    ...{ name: 'certain', kind: 'truth', unit: '' },
    description: 'the verdict on the confidence',
    source: 'the network',
    value: ({ piece }) => piece.particle.certain,
  },
  {
    ...{ name: 'source', kind: 'text', unit: '' },
    description:
      '`model`: as the network found it; `reviewer`: somebody drew, redrew, split, merged or judged it',
    source: 'corrections.md',
    value: ({ piece }) => (piece.correctionId === null ? 'model' : 'reviewer'),
  },
];

type NumberOf = {
  [Name in keyof Particle]: Particle[Name] extends number ? Name : never;
}[keyof Particle];

function figure(name: NumberOf, unit: string, description: string, source: string): Column<PieceRow> {
  const value = ({ piece }: PieceRow) => measuredDigits(piece.particle[name]);
  return { name, kind: 'number', unit, description, source, value };
}

function share(name: NumberOf, description: string, source: string): Column<PieceRow> {
  const value = ({ piece }: PieceRow) => significant(piece.particle[name], 6);
  return { name, kind: 'number', unit: '1', description, source, value };
}

function place(
  name: string,
  unit: string,
  description: string,
  of: (particle: Particle) => number | null,
): Column<PieceRow> {
  const value = ({ piece }: PieceRow) => {
    const at = of(piece.particle);
    return at === null ? null : significant(at, 9);
  };
  return { name, kind: 'number', unit, description, source: 'mean over its pixels', value };
}
