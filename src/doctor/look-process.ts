import { messageOf } from '../errors.ts';
import { lowerPriority } from '../process-priority.ts';
import { type Answer, type Asked, BEGUN } from './apart.ts';
import { type LookName, looks } from './looks.ts';

// A daemon that runs meanwhile keeps its cores.
lowerPriority('below-normal');

/** Looks at one thing in a process of its own, tells its parent, and ends. */
process.once('message', async ({ look, config }: Asked) => {
  process.send?.(BEGUN);
  let answer: Answer<LookName>;
  try {
    answer = { seen: await looks[look](config) };
  } catch (error) {
    answer = { error: messageOf(error) };
  }
  process.send?.(answer, undefined, undefined, () => process.disconnect());
});
