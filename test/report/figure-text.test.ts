import { describe, expect, it } from 'vitest';
import { counted, estimateText, figureText, percentText, settingText } from '../../src/report/figure-text.ts';

describe('figures as text', () => {
  it('keep three significant digits, with their unit', () => {
    expect(figureText(4.8765, 'µm')).toBe('4.88 µm');
    expect(figureText(0.086449, 'µm')).toBe('0.0864 µm');
    expect(figureText(12_345, 'µm²')).toBe('12,300 µm²');
    expect(figureText(5.3, 'µm')).toBe('5.30 µm');
    expect(figureText(9.996, 'µm')).toBe('10.0 µm');
    expect(figureText(-0.0421)).toBe('−0.0421');
  });

  it('are exact where they are counts, and as they were set where somebody set them', () => {
    expect(figureText(12_345)).toBe('12,345');
    expect([settingText(4.5, 'µm'), settingText(15, 'kV'), settingText(7.966, 'mm')]).toEqual([
      '4.5 µm',
      '15 kV',
      '7.97 mm',
    ]);
  });

  it('stand beside intervals of as many decimals, however wide these are', () => {
    expect(estimateText({ value: 4.9, low95: 4.7, high95: 5.1 }, 'µm')).toBe('4.90 µm (4.70 to 5.10)');
    expect(estimateText({ value: 9.97, low95: 8.9, high95: 11.04 }, 'µm')).toBe('9.97 µm (8.90 to 11.04)');
    expect(estimateText({ value: 123.4, low95: 98.6, high95: 135 })).toBe('123 (99 to 135)');
    expect(estimateText({ value: 1234, low95: 1111, high95: 1356 })).toBe('1,230 (1,110 to 1,360)');
    expect(estimateText({ value: 0.0123, low95: -0.001, high95: 0.04 })).toBe('0.0123 (−0.0010 to 0.0400)');
  });

  it('stand alone where there is no interval, or one without width', () => {
    expect(estimateText({ value: 4.8765, low95: null, high95: null }, 'µm')).toBe('4.88 µm');
    expect(estimateText({ value: 2, low95: 2, high95: 2 }, 'µm')).toBe('2.00 µm');
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
