import { type Palette, palettes, type Theme } from '../charts/palette.ts';

/** The colours of a page, as CSS variables: those of the charts, and what only text and surfaces need. */
export function colourVariables(theme: Theme): string {
  const { background, text, faintText, grid, certain, uncertain, alarm }: Palette = palettes[theme];
  const isDark = theme === 'dark';
  return `--card: ${background}; --text: ${text}; --faint: ${faintText}; --line: ${grid}; --good: ${certain};
    --warn: ${uncertain}; --bad: ${alarm}; --link: ${isDark ? '#8ab4f8' : '#1a56c4'}; --page: ${isDark ? '#0f1115' : '#f4f5f7'};
    --on-badge: ${isDark ? '#101317' : '#ffffff'};`;
}
