import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SegmenterReply, SegmenterRequest } from '../../src/segmenter/channel.ts';

/**
 * A segmenter process without networks: for a tile it counts to 20, a step each 50 ms of its own running time at least, and
 * says how far it is in a file of the folder of models. For a tile called `endless` it goes on.
 */
const { modelsFolder } = JSON.parse(process.argv[2]!);
const say = (file: string, what: number): void => writeFileSync(join(modelsFolder, file), `${what}`);
const reply = (message: SegmenterReply): void => void process.send!(message);

say('pid', process.pid);
process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, ...request }: SegmenterRequest) => {
  const isEndless = request.kind === 'segment' && request.task.path === 'endless';
  let count = 0;
  const steps = setInterval(() => {
    say('count', ++count);
    if (count < 20 || isEndless) return;
    clearInterval(steps);
    reply({ kind: 'error', id, message: 'has counted' });
  }, 50);
});
reply({ kind: 'ready', processor: { model: 'none', features: [] }, checks: [] });
