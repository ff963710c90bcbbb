/**
 * Kills daemon, segmenters and broker at random moments, and says whether a subscriber saw the three promises kept.
 *
 *     npm run chaos -- --kills 200
 *     npm run chaos -- --kills 200 --seed 7
 */
import { parseArgs } from 'node:util';
import { chaos } from './chaos.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
console.log(`chaos: ${values.kills} kills with seed ${seed}`);
const { kills, samples, tiles, messages, repeated, summaries, broken, logFile } = await chaos({
  kills: Number(values.kills),
  seed,
  say: (line) => console.log(line),
});
console.log(
  `killed: daemon ${kills.daemon}, segmenters ${kills.segmenter}, broker ${kills.broker}\n` +
    `written: ${tiles} tiles of ${samples} samples\n` +
    `heard: ${messages} messages, ${repeated} of them more than once; ${summaries} revisions`,
);
for (const fault of broken) console.log(`BROKEN: ${fault}`);
if (broken.length > 0) console.log(`the daemon's log: ${logFile}`);
console.log(broken.length === 0 ? 'all three promises held' : `${broken.length} breaches, seed ${seed}`);
process.exitCode = broken.length === 0 ? 0 : 1;
