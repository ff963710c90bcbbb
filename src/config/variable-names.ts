/** Whoever set a key by a variable looks for the variable, not for a line in a file: `PARTICLED_GRID_ROWS (grid.rows)`. */
export function namingVariables(text: string, variables: ReadonlyMap<string, string>): string {
  let named = text;
  for (const [key, variable] of variables) {
    const name = key.replace('.', '\\.');
    // Not inside a longer name or a path, nor where the variable stands before it already.
    const whole = new RegExp(`(?<![\\w./-]|${variable} \\()${name}(\\.\\d+)?(?![\\w/])`, 'g');
    named = named.replace(whole, `${variable} (${key}$1)`);
  }
  return named;
}
