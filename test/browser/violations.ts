import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

/** What axe finds on the page as it is shown, by rule, with the elements and what is wrong with them. */
export async function violations(page: Page): Promise<string[]> {
  // A script of the test's, run by the browser itself: the page's own policy stays in force.
  const found = await page.evaluate<Violation[]>(
    `${axe.source}; axe.run(document).then(({ violations }) => violations)`,
  );
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`).join('; ')}`,
  );
}
