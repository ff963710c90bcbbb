import { expect, it } from 'vitest';
import { minutesBefore } from '../../src/segmenter/daily-check.ts';

it('is a quarter of an hour before the night ends, over midnight too', () => {
  expect(minutesBefore('06:30', 15)).toEqual({ hour: 6, minute: 15 });
  expect(minutesBefore('00:05', 15)).toEqual({ hour: 23, minute: 50 });
});
