/** A sibling module that is started as a process or thread: .ts as developed, .js as shipped. */
export function moduleUrl(sibling: string, from: string): URL {
  return new URL(`${sibling}${from.endsWith('.ts') ? '.ts' : '.js'}`, from);
}
