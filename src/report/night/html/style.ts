import { palettes, type Theme } from '../../charts/palette.ts';
import type { Standing } from '../model.ts';

/** Tints that the charts do not need. */
const tints = {
  light: {
    page: '#eef1f4',
    alarmGround: '#fbe9e7',
    lookGround: '#fdf1dc',
    wellGround: '#e2f3ee',
    look: '#7a4b00',
  },
  dark: {
    page: '#0e1013',
    alarmGround: '#3b1a17',
    lookGround: '#382a10',
    wellGround: '#12322a',
    look: '#f2c063',
  },
} as const;

/** Inline styles, since many mail clients keep no others; the classes only bring the dark colours. */
export const style = {
  page: `margin:0;padding:0;background-color:${tints.light.page};`,
  /** What stands in a card inherits its typeface. */
  card: `background-color:${palettes.light.background};border-radius:10px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;`,
  text: `font-size:15px;line-height:1.45;color:${palettes.light.text};`,
  small: `font-size:13px;line-height:1.45;color:${palettes.light.faintText};`,
  rule: `border-top:1px solid ${palettes.light.grid};`,
} as const;

interface Tone {
  readonly className: string;
  readonly css: string;
}

/** Ground and text of a badge or a block, by how a sample stands. */
export function toneOf(standing: Standing): Tone {
  const { ground, text } = toneColours(standing, 'light');
  return { className: `tone-${standing}`, css: `background-color:${ground};color:${text};` };
}

/** For clients that know of dark mode; others keep or invert the light colours, which are readable both ways. */
export const darkStyle = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { color: inherit; }
@media (prefers-color-scheme: dark) {
  .page { background-color: ${tints.dark.page} !important; }
  .card { background-color: ${palettes.dark.background} !important; }
  .text { color: ${palettes.dark.text} !important; }
  .small { color: ${palettes.dark.faintText} !important; }
  .rule { border-color: ${palettes.dark.grid} !important; }
${(['rejected', 'look', 'well'] as const).map((standing) => darkTone(standing)).join('\n')}
  .for-light { display: none !important; }
  .for-dark { display: block !important; max-height: none !important; }
}
@media (max-width: 480px) {
  .outer { padding: 8px 0 !important; }
  .card { border-radius: 0 !important; }
  .inner { padding-left: 14px !important; padding-right: 14px !important; }
}`;

function darkTone(standing: Standing): string {
  const { ground, text } = toneColours(standing, 'dark');
  return `  .tone-${standing} { background-color: ${ground} !important; color: ${text} !important; }`;
}

function toneColours(standing: Standing, theme: Theme): { ground: string; text: string } {
  const { alarm, certain } = palettes[theme];
  const { alarmGround, lookGround, wellGround, look } = tints[theme];
  if (standing === 'rejected') return { ground: alarmGround, text: alarm };
  if (standing === 'look') return { ground: lookGround, text: look };
  return { ground: wellGround, text: theme === 'light' ? '#075f49' : certain };
}
