import { basename } from 'node:path';
import type { Particle } from '../../measure/particle.ts';
import type { ParticleOfTile } from '../../store/particles.ts';
import { type CsvColumn, rounded } from '../csv.ts';

/** `particles.csv`: one line a particle, whatever became of it in the statistics. */
export const particleColumns: readonly CsvColumn<ParticleOfTile>[] = [
  ['tile', (row) => basename(row.path)],
  ['row', (row) => row.site?.row ?? null],
  ['column', (row) => row.site?.column ?? null],
  ['number', (row) => row.number],
  ...(
    ['areaUm2', 'diameterEquivalentUm', 'diameterFeretMinUm', 'diameterFeretMaxUm', 'perimeterUm'] as const
  ).map(measured),
  ...(['aspectRatio', 'circularity', 'solidity'] as const).map(measured),
  ['centroidStageXUm', ({ particle }) => rounded(particle.centroidStageUm.x)],
  ['centroidStageYUm', ({ particle }) => rounded(particle.centroidStageUm.y)],
  ['centroidXPx', ({ particle }) => rounded(particle.centroidPx.x)],
  ['centroidYPx', ({ particle }) => rounded(particle.centroidPx.y)],
  ...(['touchesBorder', 'objectness', 'confidence', 'certain'] as const).map(measured),
];

type Measure = {
  [Name in keyof Particle]: Particle[Name] extends number | boolean ? Name : never;
}[keyof Particle];

function measured(name: Measure): CsvColumn<ParticleOfTile> {
  return [
    name,
    ({ particle }) => {
      const value = particle[name];
      return typeof value === 'number' ? rounded(value) : value;
    },
  ];
}
