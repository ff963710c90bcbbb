import { signal } from '@preact/signals';
import type { Theme } from '../../../report/charts/palette.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** As the reader's system has it, for what is drawn rather than styled. */
export const theme = signal<Theme>(dark.matches ? 'dark' : 'light');
dark.addEventListener('change', () => {
  theme.value = dark.matches ? 'dark' : 'light';
});
