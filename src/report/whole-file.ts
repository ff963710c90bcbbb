import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file so that a reader never sees half of it; null takes away what an earlier revision left. */
export async function writeWhole(path: string, content: string | Buffer | null): Promise<void> {
  if (content === null) return rm(path, { force: true });
  await writeFile(`${path}.partial`, content);
  await rename(`${path}.partial`, path);
}
