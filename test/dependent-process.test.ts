import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { describeNeeding, program } from './support/needs.ts';
import { premises } from './support/premises.ts';
import { stateOf } from './support/process-state.ts';
import { until } from './support/until.ts';

/** A parent with one dependent that never listens: it computes for ever. */
async function busyFamily(parentDoes = '', atOnce = '') {
  const { folder } = premises();
  const child = join(folder, 'child.mjs');
  writeFileSync(child, `process.send('up'); setTimeout(() => { for (;;); }, 50);`);
  const module = new URL('../src/dependent-process.ts', import.meta.url).href;
  const main = join(folder, 'parent.mjs');
  writeFileSync(
    main,
    `import { forkDependent, freeze, thaw } from ${JSON.stringify(module)};
       const child = forkDependent(new URL(${JSON.stringify(pathToFileURL(child).href)}), 'argument');
       child.on('message', () => { console.log(child.pid); ${parentDoes} });
       ${atOnce}`,
  );
  const parent = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const pid = Number((await once(parent.stdout, 'data'))[0]);
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
  return { parent, pid };
}

const isAlive = (pid: number): boolean => stateOf(pid) !== 'gone';

describeNeeding(program('setpriv', 'util-linux'))('a process that depends on this one', () => {
  it.each(['busy', 'frozen'])('is gone after a kill -9 of it, even where it is %s', async (state) => {
    const { parent, pid } = await busyFamily();
    if (state === 'frozen') process.kill(pid, 'SIGSTOP');
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until('the child to be gone', () => !isAlive(pid), { timeoutMs: 10_000 });
  });

  it('is gone when it ends by itself', async () => {
    const { pid } = await busyFamily('setTimeout(() => process.exit(3), 200)');
    await until('the child to be gone', () => !isAlive(pid), { timeoutMs: 10_000 });
  });

  it('is frozen only once the system would kill it, and is gone after a kill -9 of this one', async () => {
    const { parent, pid } = await busyFamily(
      '',
      `const looks = setInterval(() => {
         if (freeze(child) !== 'frozen') return;
         clearInterval(looks);
         console.log(child.pid);
       });`,
    );
    await until('the child to be stopped', () => stateOf(pid) === 'T');
    parent.kill('SIGKILL');
    await until('the child to be gone', () => !isAlive(pid), { timeoutMs: 10_000 });
  });

  it('goes on once it is thawed', async () => {
    const { pid } = await busyFamily('freeze(child); setTimeout(() => thaw(child), 2000)');
    await until('the child to be stopped', () => stateOf(pid) === 'T');
    await until('the child to go on', () => isAlive(pid) && stateOf(pid) !== 'T');
  });
});
