/**
 * Kills daemon, segmenters and broker at random moments, and says whether a subscriber saw the three promises kept.
 * With --queue, daemons of two microscopes, their workers and the queue between them, and stores are looked at too.
 *
 *     npm run chaos -- --kills 200
 *     npm run chaos -- --kills 200 --seed 7
 *     npm run chaos -- --queue --kills 100 --tiles 400
 */
import { parseArgs } from 'node:util';
import { chaos } from './chaos.ts';
import { queueChaos } from './queue-chaos.ts';

const { values } = parseArgs({
  options: {
    ...{ kills: { type: 'string' }, seed: { type: 'string' } },
    ...{ queue: { type: 'boolean', default: false }, tiles: { type: 'string', default: '400' } },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const say = (line: string): void => console.log(line);
const { broken, log } = values.queue ? await ofQueue() : await ofOneDaemon();
for (const fault of broken) say(`BROKEN: ${fault}`);
if (broken.length > 0) say(`logs: ${log}`);
say(broken.length === 0 ? 'all three promises held' : `${broken.length} breaches, seed ${seed}`);
process.exitCode = broken.length === 0 ? 0 : 1;

interface Judged {
  readonly broken: readonly string[];
  readonly log: string;
}

async function ofOneDaemon(): Promise<Judged> {
  const wanted = Number(values.kills ?? 200);
  say(`chaos: ${wanted} kills with seed ${seed}`);
  const { kills, samples, tiles, messages, repeated, summaries, broken, logFile } = await chaos({
    ...{ kills: wanted, seed, say },
  });
  say(
    `killed: daemon ${kills.daemon}, segmenters ${kills.segmenter}, broker ${kills.broker}\n` +
      `written: ${tiles} tiles of ${samples} samples\n` +
      `heard: ${messages} messages, ${repeated} of them more than once; ${summaries} revisions`,
  );
  return { broken, log: logFile };
}

async function ofQueue(): Promise<Judged> {
  const wanted = Number(values.kills ?? 100);
  say(`chaos: ${wanted} kills with seed ${seed}`);
  const beganMs = performance.now();
  const outcome = await queueChaos({ kills: wanted, tiles: Number(values.tiles), seed, say });
  const { kills, tiles, particles, answered, wentLocal, broken, folder } = outcome;
  say(
    `killed: daemons ${kills.daemon}, workers ${kills.worker}, queue ${kills.queue}, ` +
      `in ${Math.round((performance.now() - beganMs) / 1000)} s\n` +
      `written: ${tiles} tiles of two microscopes, with ${particles} particles\n` +
      `answered: ${answered.join(', ')} tiles by the three workers; ${wentLocal} times a daemon went on alone`,
  );
  return { broken, log: folder };
}
