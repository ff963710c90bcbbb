/** An absolute path of at least two parts, up to what cannot be part of a name in a sentence. */
const absolutePath = /(?<![\w/:.])(?:[A-Za-z]:)?(?:[/\\][^/\\\s"'()<>,;:]+)+[/\\]([^/\\\s"'()<>,;:]+)/g;

/** Words for whoever looks from outside: of each path they keep the last part, so that nobody learns how this computer's folders lie. */
export function withoutFolders(words: string): string {
  return words.replace(
    absolutePath,
    (_, last: string) => `.../${last.replace(/\.$/, '')}${last.endsWith('.') ? '.' : ''}`,
  );
}
