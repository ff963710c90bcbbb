/** What the pointer and the keys do with the tile: choose pieces, or one of the tools. */
export type Tool = 'choose' | 'draw' | 'redraw' | 'split';
