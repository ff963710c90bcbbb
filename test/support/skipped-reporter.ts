import type { Reporter, TestModule } from 'vitest/node';

/** Says in the run's last line what was skipped, and what each of these tests needs. */
export default class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const titles = modules.flatMap(({ children }) => [
      ...children.allTests('skipped').map(({ fullName }) => fullName),
    ]);
    const text = skippedText(titles);
    if (text) console.log(text);
  }
}

/** @param titles whole titles of the tests that were skipped, with `[needs ...]` where that is known */
export function skippedText(titles: readonly string[]): string | null {
  if (titles.length === 0) return null;
  const byNeed = Map.groupBy(titles, (title) => /\[needs (.+?)\]/.exec(title)?.[1] ?? 'a look at why');
  const parts = [...byNeed].map(
    ([need, { length }]) => `${length} ${length === 1 ? 'needs' : 'need'} ${need}`,
  );
  return `Skipped: ${parts.join('; ')}`;
}
