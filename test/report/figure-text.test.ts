import { describe, expect, it } from 'vitest';
import { counted, estimateText, figureText, percentText } from '../../src/report/figure-text.ts';

describe('figures as text', () => {
  it('keep three significant digits, with their unit', () => {
    expect(figureText(4.8765, 'µm')).toBe('4.88 µm');
    expect(figureText(0.086449, 'µm')).toBe('0.0864 µm');
    expect(figureText(12_345, 'µm²')).toBe('12,300 µm²');
    expect(figureText(5)).toBe('5');
  });

  it('keep the digits that their interval allows', () => {
    // Half-widths 0.2, 0.1, 12 and 0.03: one digit, two where the first is 1.
    expect(estimateText({ value: 4.9, low95: 4.7, high95: 5.1 }, 'µm')).toBe('4.9 µm (4.7 to 5.1)');
    expect(estimateText({ value: 4.9, low95: 4.78, high95: 5.02 }, 'µm')).toBe('4.90 µm (4.78 to 5.02)');
    expect(estimateText({ value: 123.4, low95: 111, high95: 135 })).toBe('123 (111 to 135)');
    expect(estimateText({ value: 1, low95: 0.97, high95: 1.03 })).toBe('1.00 (0.97 to 1.03)');
  });

  it('stand alone where there is no interval, or one without width', () => {
    expect(estimateText({ value: 4.8765, low95: null, high95: null }, 'µm')).toBe('4.88 µm');
    expect(estimateText({ value: 2, low95: 2, high95: 2 }, 'µm')).toBe('2 µm');
  });

  it('are whole percents from 10 on', () => {
    expect([0, 0.0004, 0.004, 0.0996, 0.124, 1].map(percentText)).toEqual([
      '0 %',
      '<0.1 %',
      '0.4 %',
      '10 %',
      '12 %',
      '100 %',
    ]);
  });

  it('count one thing in the singular', () => {
    expect([counted(1, 'tile'), counted(1200, 'tile'), counted(0, 'box', 'boxes')]).toEqual([
      '1 tile',
      '1,200 tiles',
      '0 boxes',
    ]);
  });
});
