export type Theme = 'light' | 'dark';

/** Colours of charts and report, told apart by all common kinds of colour vision (after Okabe and Ito, 2008). */
export interface Palette {
  readonly background: string;
  readonly text: string;
  readonly faintText: string;
  readonly grid: string;
  /** As the outlines of the overlays: greenish when certain, reddish when not. */
  readonly certain: string;
  readonly uncertain: string;
  readonly volume: string;
  readonly alarm: string;
  /** What somebody asked for. */
  readonly target: string;
  /** From few to many. */
  readonly ramp: readonly string[];
}

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    background: '#ffffff',
    text: '#1c2126',
    faintText: '#59636e',
    grid: '#e3e7eb',
    certain: '#0b8a6a',
    uncertain: '#d9600f',
    volume: '#3f6fb5',
    alarm: '#b3261e',
    target: '#8a4fa3',
    ramp: ['#e8f0f7', '#9dc3df', '#4a90c2', '#1f5f99', '#0c3562'],
  },
  dark: {
    background: '#171a1f',
    text: '#e7eaed',
    faintText: '#9ba5b0',
    grid: '#2d333a',
    certain: '#2bb58c',
    uncertain: '#f2874a',
    volume: '#7aa7e6',
    alarm: '#ff8a80',
    target: '#c79be0',
    ramp: ['#1c3148', '#2a5680', '#3f85ba', '#79b8df', '#d3ebf9'],
  },
};
