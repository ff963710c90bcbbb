/** An absolute path of at least two parts, up to what cannot be part of a name in a sentence. */
const absolutePath = /(?<![\w/:.])(?:[A-Za-z]:)?(?:[/\\][^/\\\s"'()<>,;:]+)+[/\\]([^/\\\s"'()<>,;:]+)/g;

/** Words for whoever looks from outside: of each path they keep the last part, so that nobody learns how this computer's folders lie. */
export function withoutFolders(words: string): string {
  return words.replace(
    absolutePath,
    (_, last: string) => `.../${last.replace(/\.$/, '')}${last.endsWith('.') ? '.' : ''}`,
  );
}

/** Fields of messages that hold sentences of the daemon or of the system, which may name a path; others hold names and labels. */
const sentences = new Set(['reason', 'reasons', 'what', 'limit', 'advice']);

/** A message as published, its sentences without folders. */
export function messageWithoutFolders<Message>(message: Message): Message {
  return shown(message, false) as Message;
}

function shown(value: unknown, isSentence: boolean): unknown {
  if (typeof value === 'string') return isSentence ? withoutFolders(value) : value;
  if (Array.isArray(value)) return value.map((one) => shown(one, isSentence));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one, sentences.has(key))]));
}
