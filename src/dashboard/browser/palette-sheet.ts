import { palettes, type Theme } from '../../report/charts/palette.ts';
import { colourVariables } from '../../report/sample/colour-variables.ts';

/** What the page imports it by. */
const NAME = 'virtual:palette.css';

/** A style sheet of the colours that report and charts have, so that they are written down once. */
export function paletteSheet() {
  return {
    name: 'particled-palette',
    resolveId: (id: string) => (id === NAME ? `\0${NAME}` : null),
    load: (id: string) => (id === `\0${NAME}` ? sheet : null),
  };
}

const sheet = `:root { ${variables('light')} }
@media (prefers-color-scheme: dark) { :root { ${variables('dark')} } }`;

function variables(theme: Theme): string {
  const { volume, target } = palettes[theme];
  return `${colourVariables(theme)} --volume: ${volume}; --target: ${target};`;
}
