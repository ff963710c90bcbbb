import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandKinds } from '../../src/publish/command-kinds.ts';
import { checked, largestRequestBytes, readRequest } from '../../src/publish/command-request.ts';

function read(payload: string | Uint8Array, responseTopic: string | null = null, correlation?: Uint8Array) {
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
  return readRequest(
    { payload: bytes, responseTopic, correlationData: correlation ?? null },
    { baseTopic: 'particled' },
  );
}

describe('a request', () => {
  it('is answered where the properties of MQTT 5 say', () => {
    const correlation = Uint8Array.of(0, 255);
    expect(read('{"sample":"a"}', 'lab/answers', correlation)).toEqual({
      reply: { topic: 'lab/answers', correlationData: correlation, correlationText: null },
      body: { sample: 'a' },
    });
  });

  it('is answered where its JSON says, for clients of MQTT 3.1.1', () => {
    const text = '{"responseTopic":"lab/answers","correlationData":"7"}';
    expect(read(text).reply).toEqual({ topic: 'lab/answers', correlationData: null, correlationText: '7' });
    expect(read(text, 'lab/others').reply).toEqual({
      topic: 'lab/others',
      correlationData: null,
      correlationText: null,
    });
  });

  it('is answered nowhere where nothing says so', () => {
    expect(read('{}')).toEqual({ reply: null, body: {} });
    expect(read('')).toEqual({ reply: null, body: {} });
  });

  it.each([
    ['', 'is empty'],
    ['lab/+', 'has a wildcard'],
    ['lab/#', 'has a wildcard'],
    ['lab/\0', 'NUL'],
    ['particled/phenom-1/status', 'lies below particled/'],
    ['particled', 'lies below particled/'],
    ['$SYS/broker', 'begins with $'],
  ])('is refused with the response topic %j, and that is told to nobody', (topic, reason) => {
    for (const request of [read('{}', topic), read(JSON.stringify({ responseTopic: topic }))]) {
      expect(request).toEqual({ reply: null, refusal: expect.stringContaining(reason) });
    }
  });

  it('is not answered below another base topic, nor on a topic that the daemon itself writes', () => {
    const bytes = new TextEncoder().encode('{}');
    const own = { baseTopic: 'site/particled', others: ['homeassistant/device/x/config'] };
    const ask = (responseTopic: string) =>
      readRequest({ payload: bytes, responseTopic, correlationData: null }, own);
    expect(ask('site/particled/a/status')).toMatchObject({
      refusal: expect.stringContaining('lies below site/particled/'),
    });
    expect(ask('homeassistant/device/x/config')).toMatchObject({
      refusal: expect.stringContaining('itself writes'),
    });
    expect(ask('particled/a/status')).toMatchObject({ reply: { topic: 'particled/a/status' } });
  });

  it('is refused with a response topic that is not text', () => {
    expect(read('{"responseTopic":5}')).toEqual({
      reply: null,
      refusal: expect.stringContaining('responseTopic: 5 is not text'),
    });
  });

  it.each([
    ['{"sample":', 'is not JSON in UTF-8'],
    [Uint8Array.of(0x22, 0xff, 0x22), 'is not JSON in UTF-8'],
    [
      ' '.repeat(largestRequestBytes + 1),
      `has ${largestRequestBytes + 1} bytes, at most ${largestRequestBytes}`,
    ],
  ])('is refused, and its sender told, where it cannot be read', (payload, reason) => {
    expect(read(payload, 'lab/answers')).toEqual({
      reply: expect.objectContaining({ topic: 'lab/answers' }),
      refusal: expect.stringContaining(reason),
    });
  });

  it('may have just as many bytes as are read', () => {
    const sample = 'x'.repeat(largestRequestBytes - '{"sample":""}'.length);
    expect(read(JSON.stringify({ sample }))).toHaveProperty('body');
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => new TextEncoder().encode(text)),
        ),
        fc.option(fc.string({ unit: 'binary' })),
        (payload, topic) => {
          const request = read(payload, topic);
          expect('body' in request || request.refusal.length > 0).toBe(true);
        },
      ),
    );
  });
});

describe('a body that its schema refuses', () => {
  const target = { d50Um: { min: 4, max: 5 }, probability: 0.9 };

  it.each([
    ['expect', {}, /^sample: a missing value is refused: must be text$/],
    ['expect', { sample: 'a', rows: 0, columns: 2 }, /^rows: 0 is refused: must be at least 1$/],
    ['expect', { sample: 'a', rows: 2 }, /^give rows and columns, or neither/],
    ['expect', { sample: 'a', rows: 2, columns: 2, tiles: 4 }, /^tiles: 4 is refused: give tiles, or rows/],
    ['expect', { sample: 'a', target: { ...target, d50Um: { min: 5, max: 5 } } }, /min must be smaller/],
    [
      'expect',
      { sample: 'a', target: { ...target, probability: 0.5 } },
      /^target.probability: 0.5 is refused/,
    ],
    ['expect', { sample: 'a', target: 5 }, /^target: 5 is refused/],
    ['finalise', { sample: 'a' }, /^run: a missing value is refused: name the run, or say in `at` when/],
    ['finalise', { sample: 'a', at: 'today' }, /^at: "today" is refused: must be a time such as 2026-/],
    ['finalise', { sample: 'a', force: true }, /^force: unknown field; the command describe lists/],
    [
      'reanalyse',
      { sample: 'a', thresholds: { overlap: 2 } },
      /^thresholds.overlap: 2 is refused: must be at most 1$/,
    ],
    ['reanalyse', { sample: 'a', thresholds: { other: 1 } }, /^thresholds.other: unknown field/],
    ['report', {}, /give either sample or date/],
    ['report', { sample: 'a', date: '2026-03-14' }, /give either sample or date/],
    ['report', { date: '14.3.2026' }, /^date: "14.3.2026" is refused: must be a date such as 2026-03-14/],
    ['report', { date: '2026-03-14', run: 'b' }, /a date has no run/],
    ['describe', 'what?', /^the request must be an object$/],
    ['describe', [], /^the request must be an object$/],
    ['describe', null, /^the request must be an object$/],
  ] as const)('of %s: %j', (verb, body, reason) => {
    expect(() => checked(commandKinds[verb].request, body)).toThrow(reason);
  });

  it('is told shortly, however long it is', () => {
    const body = { sample: 'x'.repeat(60_000), ['y'.repeat(1000)]: 1 };
    const refusal = expect.objectContaining({ message: expect.stringMatching(/^.{1,400}$/s) });
    expect(() => checked(commandKinds.finalise.request, body)).toThrow(refusal);
  });
});
