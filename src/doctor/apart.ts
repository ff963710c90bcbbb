import { type ChildProcess, fork } from 'node:child_process';
import type { Config } from '../config/schema.ts';
import { moduleUrl } from '../module-url.ts';
import type { Look, LookName } from './looks.ts';

/** What the looking process is asked. */
export interface Asked {
  readonly look: LookName;
  readonly config: Config;
}

export type Answer<Name extends LookName> = { readonly seen: Look<Name> } | { readonly error: string };

/** What became of a look: seen, failed, or not answered in time. */
export type Outcome<Name extends LookName> = Answer<Name> | { readonly lateAfterS: number };

/** What the process says when it begins to look. */
export const BEGUN = 'begun';

/** To load the program; a busy computer is slow at it, and that tells nothing of the share. */
const START_LIMIT_S = 60;
const ENTRY = moduleUrl('./look-process', import.meta.url);

/**
 * Looks in a process of its own: a share that hangs takes its process with it, not the doctor.
 * Whether such a process can be killed is the system's affair, so nobody waits for its end.
 * @param limitS from when it begins to look
 */
export function lookApart<Name extends LookName>(
  look: Name,
  config: Config,
  limitS: number,
  entry: URL | string = ENTRY,
): Promise<Outcome<Name>> {
  const child = fork(entry, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' });
  const asked: Asked = { look, config };
  child.send(asked);
  return new Promise((resolve) => {
    const within = (seconds: number, outcome: Outcome<Name>): NodeJS.Timeout =>
      setTimeout(() => {
        abandon(child);
        resolve(outcome);
      }, seconds * 1000);
    const notStarted = `its process did not start within ${START_LIMIT_S} s; the computer is too busy`;
    let limit = within(START_LIMIT_S, { error: notStarted });
    const done = (outcome: Outcome<Name>): void => {
      clearTimeout(limit);
      resolve(outcome);
    };
    child.on('message', (message: typeof BEGUN | Answer<Name>) => {
      if (message !== BEGUN) return done(message);
      clearTimeout(limit);
      limit = within(limitS, { lateAfterS: limitS });
    });
    child.on('error', (error) => done({ error: error.message }));
    child.once('exit', (code, signal) =>
      done({ error: `its process ended (${signal ?? `exit code ${code}`})` }),
    );
  });
}

function abandon(child: ChildProcess): void {
  child.kill('SIGKILL');
  if (child.connected) child.disconnect();
  child.unref();
}
