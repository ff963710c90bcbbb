/**
 * Many microscopes and many workers on one queue, simulated from what the real queue costs and real tiles take.
 *
 *     node bench/queue-simulation.ts [--seed 1] [--hours 4] [--ahead 1]   the tables of docs/scale.md
 *     node bench/queue-simulation.ts --check                    beside the real queue with 1, 2 and 4 sleeping processes
 *     node bench/queue-simulation.ts --measure bench/queue-simulation/costs.json
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { figureDigits } from '../src/statistics/numeric/figure-digits.ts';
import { even, SCANNED_TILE_S } from './queue-simulation/arrivals.ts';
import { check } from './queue-simulation/check.ts';
import { measureCosts, measuredCosts } from './queue-simulation/costs.ts';
import { figuresOf, HEADER, row } from './queue-simulation/figures.ts';
import { limits } from './queue-simulation/limits.ts';
import { simulate } from './queue-simulation/model.ts';
import { GIGABIT, meanServiceS, type Scenario, siteOf } from './queue-simulation/scenarios.ts';
import { measuredServiceTimes } from './queue-simulation/service-times.ts';

const FAST = 10;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    hours: { type: 'string', default: '4' },
    ahead: { type: 'string', default: '1' },
    measure: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});
if (values.measure) {
  const measured = await measureCosts();
  console.log(measured);
  writeFileSync(values.measure, `${JSON.stringify(measured, null, 2)}\n`);
  process.exit();
}
if (values.check) {
  await check();
  process.exit();
}
const hours = Number(values.hours);
const costs = measuredCosts();

function head(title: string): void {
  console.log(`\n${title}\n\n${HEADER}\n${HEADER.replaceAll(/[^|]+/g, ' --- ')}`);
}

function run(name: string, scenario: Omit<Scenario, 'costs' | 'ahead'>): void {
  const outcome = simulate(
    siteOf({ costs, ahead: Number(values.ahead), ...scenario }, Number(values.seed)),
    3600 * hours,
  );
  const live = outcome.served.slice(0, scenario.microscopes);
  const told = scenario.arrivals ? live.filter((_, index) => index >= FAST) : live;
  console.log(row(name, outcome, figuresOf(told)));
  if (!scenario.arrivals) return;
  const fast = figuresOf(live.slice(0, FAST));
  console.log(
    `\nOf the ${FAST}: p50 ${figureDigits(fast.p50S / 3600)} h, p99 ${figureDigits(fast.p99S / 3600)} h, ` +
      `${fast.unanswered} tiles still wait; Jain's index of their shares ${fast.jain.toFixed(4)}\n`,
  );
}

console.log(
  `${hours} hours, seed ${values.seed}; tiles of ${figureDigits(meanServiceS() * 1000)} ms on average (${measuredServiceTimes().processor}), ` +
    `every ${SCANNED_TILE_S} s in samples of 288; computers of 4 workers at 1 Gbit/s`,
);

head('Microscopes that image sample after sample, Redis at 1 Gbit/s');
for (const [microscopes, workers] of [
  [3, 4],
  [10, 8],
  [30, 20],
  [100, 20],
  [100, 40],
  [150, 40],
  [200, 60],
] as const)
  run(`${microscopes} and ${workers}`, { microscopes, workers });

head('100 microscopes and 40 workers');
run('as above', { microscopes: 100, workers: 40 });
run('and an archive of 600,000 tiles', { microscopes: 100, workers: 40, archiveTiles: 600_000 });
run('files where workers see them', { microscopes: 100, workers: 40, isShared: true });
run('10 of them make 10 tiles a second for an hour: figures of the other 90', {
  ...{ microscopes: 100, workers: 40 },
  arrivals: (index) => (index < FAST ? even(0, 36_000, 10) : null),
});

head('1,000 microscopes');
const many = { microscopes: 1000, workers: 160 };
run('one Redis at 1 Gbit/s, 160 workers', many);
run('the same at 10 Gbit/s', { ...many, redisBytesPerS: 10 * GIGABIT });
run('the same at 1 Gbit/s, and files where workers see them', { ...many, isShared: true });
run('a tenth of it, each with a Redis: 100 and 16 workers', { microscopes: 100, workers: 16 });

console.log('\nWhat carries how many microscopes, alone');
for (const gigabits of [1, 10]) {
  console.log(`\nRedis at ${gigabits} Gbit/s`);
  for (const [part, most] of limits(costs, 40, gigabits * GIGABIT))
    console.log(`| ${part} | ${figureDigits(most)} |`);
}
