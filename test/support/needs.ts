import { spawnSync } from 'node:child_process';
import { describe, it } from 'vitest';

/** What a test needs of the machine. */
export interface Need {
  readonly isMet: boolean;
  /** As "needs ..." ends, with how to get it. */
  readonly what: string;
}

/** A program of a Debian package. */
export function program(name: string, debianPackage: string): Need {
  // What cannot be found does not start; how it ends does not matter.
  const isMet = spawnSync(name, ['--help'], { stdio: 'ignore' }).error === undefined;
  return { isMet, what: `${name}: apt install ${debianPackage}` };
}

/** A test that is skipped where the need is not met; its title then says so, and the run's last line. */
export function itNeeding(
  need: Need,
): (title: string, test: () => Promise<void> | void, timeoutMs?: number) => void {
  return (title, test, timeoutMs) => it.skipIf(!need.isMet)(titled(title, need), test, timeoutMs);
}

/** Tests that are skipped where the need is not met. */
export function describeNeeding(need: Need): (title: string, tests: () => void) => void {
  return (title, tests) => describe.skipIf(!need.isMet)(titled(title, need), tests);
}

function titled(title: string, { isMet, what }: Need): string {
  return isMet ? title : `${title} [needs ${what}]`;
}
