import { describe, expect, it } from 'vitest';
import { eventParser, type StreamedEvent } from '../../../src/dashboard/browser/shell/event-stream.ts';

/** What a parser makes of pieces that come one after the other. */
function parsed(pieces: readonly string[]): { events: StreamedEvent[]; comments: number } {
  const events: StreamedEvent[] = [];
  let comments = 0;
  const parse = eventParser(
    (event) => events.push(event),
    () => {
      comments += 1;
    },
  );
  for (const piece of pieces) parse(piece);
  return { events, comments };
}

const stream = ': hello\n\nid: a-7\nevent: tile\ndata: {"x":\ndata: 1}\n\nevent: status\ndata: 2\n\n';

describe('a stream of events', () => {
  it('has name, id and all lines of each; an id holds until there is another', () => {
    expect(parsed([stream])).toEqual({
      events: [
        { type: 'tile', id: 'a-7', data: '{"x":\n1}' },
        { type: 'status', id: 'a-7', data: '2' },
      ],
      comments: 1,
    });
  });

  it('is the same however it is cut, and whichever way its lines end', () => {
    const whole = parsed([stream]);
    for (const text of [stream, stream.replaceAll('\n', '\r\n'), stream.replaceAll('\n', '\r')]) {
      for (let cut = 0; cut <= text.length; cut += 1) {
        // A lone carriage return at the very end may yet become half of a line's end: one more line settles it.
        expect(parsed([text.slice(0, cut), text.slice(cut), '\n']), `cut at ${cut}`).toEqual(whole);
      }
    }
  });

  it('tells no event that has no data, nor one that is not whole yet', () => {
    expect(parsed(['event: run\n\nid: a-8\n\ndata: half\n']).events).toEqual([]);
  });
});
