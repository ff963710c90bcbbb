import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientIdOf, isWithin, topicMatches, topicSegment, topicsOf } from '../../src/publish/topics.ts';

describe('a topic segment', () => {
  it('is the label itself where that is safe', () => {
    expect(topicSegment('Li1_1F0_1100C')).toBe('Li1_1F0_1100C');
  });

  it('says what is changed by eight digits of the SHA-256', () => {
    // printf 'Li1_1F0#2' | sha256sum
    expect(topicSegment('Li1_1F0#2')).toBe('Li1_1F0-2-724a36b4');
  });

  it('is unlabelled for an empty label, and no other label gives that', () => {
    expect(topicSegment('')).toBe('unlabelled');
    expect(topicSegment('unlabelled')).toMatch(/^unlabelled-[0-9a-f]{8}$/);
  });

  it.each([
    ['a/b', 'a+b'],
    ['sample', 'sample '],
    ['x'.repeat(100), 'x'.repeat(101)],
    ['../..', '..'],
    ['<script>', 'script'],
    ['\u0000', '\u0001'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(topicSegment(one)).not.toBe(topicSegment(other));
  });

  it('is one safe level, at most 64 characters long, for whatever somebody types', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (label) => {
        expect(topicSegment(label)).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/);
      }),
    );
  });

  it('is not changed by being made a segment again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), (label) => {
        expect(topicSegment(topicSegment(label))).toBe(topicSegment(label));
      }),
    );
  });
});

describe('the topics', () => {
  it('lie below the instrument, those of a run below its sample', () => {
    const topics = topicsOf({ baseTopic: 'particled', instrument: 'phenom-1' });
    expect(topics.status).toBe('particled/phenom-1/status');
    expect(topics.setAside).toBe('particled/phenom-1/set-aside');
    expect(topics.command('describe')).toBe('particled/phenom-1/command/describe');
    expect(topics.run('Li1', '7')).toEqual({
      tile: 'particled/phenom-1/sample/Li1/run/7/tile',
      progress: 'particled/phenom-1/sample/Li1/run/7/progress',
      summary: 'particled/phenom-1/sample/Li1/run/7/summary',
    });
  });
});

describe('the base topic', () => {
  const names = { baseTopic: 'site/line 1/particled', instrument: 'phenom-1' };

  it('is what all topics begin with', () => {
    const topics = topicsOf(names);
    expect([topics.status, topics.command('+'), topics.run('a', 'b').summary, topics.doctor('x')]).toEqual([
      'site/line 1/particled/phenom-1/status',
      'site/line 1/particled/phenom-1/command/+',
      'site/line 1/particled/phenom-1/sample/a/run/b/summary',
      'site/line 1/particled/phenom-1/doctor/x',
    ]);
  });

  it('makes another client of the broker, so that daemons of one instrument name stay apart', () => {
    const ids = ['particled', 'site/line 1/particled', 'site/line-1/particled'].map((baseTopic) =>
      clientIdOf({ baseTopic, instrument: 'phenom-1' }),
    );
    expect(ids[0]).toBe('particled-phenom-1');
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_.-]{1,64}$/);
  });

  it.each([
    ['lab', true],
    ['lab/a', true],
    ['labs', false],
    ['a/lab', false],
  ])('lab holds %s: %s', (topic, holds) => {
    expect(isWithin('lab', topic)).toBe(holds);
  });
});

describe('a topic filter', () => {
  it.each([
    ['a/b', 'a/b'],
    ['a/+', 'a/b'],
    ['a/+', 'a/'],
    ['+/+', '/b'],
    ['a/#', 'a/b/c'],
    ['a/#', 'a'],
    ['#', 'a/b'],
  ])('%s names %s', (filter, topic) => {
    expect(topicMatches(filter, topic)).toBe(true);
  });

  it.each([
    ['a/b', 'a/b/c'],
    ['a/+', 'a/b/c'],
    ['a/+', 'a'],
    ['a/+/c', 'a/b/d'],
    ['a/#', 'b/c'],
    ['a/b/#', 'a'],
  ])('%s does not name %s', (filter, topic) => {
    expect(topicMatches(filter, topic)).toBe(false);
  });
});
