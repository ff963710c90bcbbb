/** One server-sent event: its name, id and text. */
export interface StreamedEvent {
  readonly type: string;
  /** Of the last event that had one, up to here; '' before. */
  readonly id: string;
  readonly data: string;
}

/**
 * Reads a stream of events (WHATWG HTML, 9.2.6) that comes in pieces of any length. `onComment` is called for what keeps
 * the line open.
 */
export function eventParser(onEvent: (event: StreamedEvent) => void, onComment: () => void) {
  let rest = '';
  let id = '';
  let type = '';
  let data: string[] = [];

  function field(line: string): void {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') type = value;
    if (name === 'data') data.push(value);
    if (name === 'id' && !value.includes('\0')) id = value;
  }

  function take(line: string): void {
    if (line.startsWith(':')) onComment();
    else if (line !== '') field(line);
    else {
      if (data.length > 0) onEvent({ type: type || 'message', id, data: data.join('\n') });
      type = '';
      data = [];
    }
  }

  return (text: string): void => {
    // A carriage return at the end may be half of a line's end.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  };
}
