import { constants, setPriority } from 'node:os';
import { messageOf } from '../errors.ts';
import { type Answer, type Asked, BEGUN } from './apart.ts';
import { type LookName, looks } from './looks.ts';

// A daemon that runs meanwhile keeps its cores.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

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
