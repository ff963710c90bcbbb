import type { PowderParticle } from './powder.ts';
import type { Random } from './random.ts';
import { createRoughnessTable, type RoughnessTable, roughnessAt } from './roughness-table.ts';

/** How the particles' surfaces differ: one sequence, forked by the particle's id, and their common roughness. */
export interface Relief {
  readonly random: Random;
  readonly roughness: RoughnessTable;
}

/** Unit vector to the detector side that is a little brighter: up and to the left. */
const lightX = -0.55;
const lightY = 0.83;
/** Bumps are lit by how much they rise over this length towards the light. */
const bumpUm = 0.1;

export function createRelief(random: Random): Relief {
  return { random: random.fork('grains'), roughness: createRoughnessTable(random.fork('roughness')) };
}

interface Cut {
  readonly slopeX: number;
  readonly slopeY: number;
  readonly heightUm: number;
  readonly tone: number;
}

/**
 * The grey level of a particle at a point in um from its apex.
 *
 * The surface is a dome, height (1 - gauge^3), cut by two to six tilted planes. The signal grows with tilt
 * as 1 / cos(tilt), the secondary yield's secant law (Seiler, J. Appl. Phys. 54, R1, 1983), which
 * brightens edges; a one-sided detector adds a little for slopes that face it.
 */
export function createReliefShade(
  particle: PowderParticle,
  relief: Relief,
): (x: number, y: number) => number {
  const { faces, heightUm } = particle.grain;
  const draw = relief.random.fork(particle.id);
  const cuts = drawCuts(particle, draw);
  const table = relief.roughness;
  const roughX = draw.uniform(0, 100);
  const roughY = draw.uniform(0, 100);
  const roughness = draw.uniform(0.1, 0.3);

  return (x, y) => {
    let sum = 0;
    let towardsX = 0;
    let towardsY = 0;
    for (let i = 0; i < faces.length; i += 2) {
      const reach = faces[i]! * x + faces[i + 1]! * y;
      if (reach <= 0) continue;
      const cubed = reach * reach * reach;
      const seventh = cubed * cubed * reach;
      sum += seventh * reach;
      towardsX += seventh * faces[i]!;
      towardsY += seventh * faces[i + 1]!;
    }
    const gauge = Math.sqrt(Math.sqrt(Math.sqrt(sum)));
    let lowest = heightUm * (1 - gauge * gauge * gauge);
    // d(gauge)/dp = sum_i reach_i^7 face_i / gauge^7, and d(height)/d(gauge) = -3 heightUm gauge^2.
    const steepness = gauge > 0 ? (-3 * heightUm) / (gauge * gauge * gauge * gauge * gauge) : 0;
    let slopeX = steepness * towardsX;
    let slopeY = steepness * towardsY;
    let tone = 1;
    let creaseUm = heightUm;
    for (const cut of cuts) {
      const cutHeight = cut.heightUm + cut.slopeX * x + cut.slopeY * y;
      if (cutHeight >= lowest) {
        creaseUm = Math.min(creaseUm, cutHeight - lowest);
        continue;
      }
      creaseUm = lowest - cutHeight;
      lowest = cutHeight;
      slopeX = cut.slopeX;
      slopeY = cut.slopeY;
      tone = cut.tone;
    }
    const secant = Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
    const facing = -(slopeX * lightX + slopeY * lightY) / secant;
    const crease = Math.max(0, 1 - creaseUm / (0.04 * heightUm));
    const rough = roughnessAt(table, x + roughX, y + roughY);
    const lit = rough - roughnessAt(table, x + roughX + lightX * bumpUm, y + roughY + lightY * bumpUm);
    const signal =
      tone * (1 + 0.35 * (Math.min(secant, 2.8) - 1) + 0.28 * facing + roughness * (rough + 1.5 * lit)) +
      0.12 * crease;
    return particle.brightness * signal;
  };
}

function drawCuts({ diameterEquivalentUm, grain }: PowderParticle, draw: Random): Cut[] {
  return Array.from({ length: draw.integer(2, 6) }, () => {
    const towards = draw.uniform(0, 2 * Math.PI);
    const slope = (draw.uniform(0.2, 2.2) * grain.heightUm) / diameterEquivalentUm;
    return {
      slopeX: slope * Math.cos(towards),
      slopeY: slope * Math.sin(towards),
      heightUm: grain.heightUm * draw.uniform(0.65, 1.05),
      tone: draw.uniform(0.88, 1.1),
    };
  });
}
