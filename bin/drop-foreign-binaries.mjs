#!/usr/bin/env node
// onnxruntime-node brings its libraries for every system it knows, 240 MB that this one never loads.
// Drops them: after an installation from npm, and from what the Debian package and the container hold.
// Also an old Node must be able to read this file: plain JavaScript of Node 18.
import { lstatSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Leaves only the libraries of one system and processor.
 * @param {string} runtime folder of onnxruntime-node
 * @param {string} platform as process.platform
 * @param {string} arch as process.arch
 * @returns {{ readonly name: string, readonly bytes: number }[]} what was dropped, as `win32/x64`
 */
export function dropForeignBinaries(runtime, platform, arch) {
  const builds = join(runtime, 'bin');
  const all = foldersIn(builds).flatMap((napi) =>
    foldersIn(join(builds, napi)).flatMap((system) =>
      foldersIn(join(builds, napi, system)).map((processor) => ({
        name: `${system}/${processor}`,
        folder: join(builds, napi, system, processor),
      })),
    ),
  );
  // Where nothing fits, the layout is another than is known here: nothing is touched.
  if (!all.some(({ name }) => name === `${platform}/${arch}`)) return [];
  return all
    .filter(({ name }) => name !== `${platform}/${arch}`)
    .map(({ name, folder }) => {
      const bytes = sizeOf(folder);
      rmSync(folder, { recursive: true });
      return { name, bytes };
    });
}

/** @param {string} folder */
function foldersIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/**
 * @param {string} path
 * @returns {number}
 */
function sizeOf(path) {
  if (!lstatSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function dropHere() {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  const dropped = dropForeignBinaries(dirname(dirname(entry)), process.platform, process.arch);
  const megabytes = Math.round(dropped.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);
  const names = dropped.map(({ name }) => name).join(', ');
  if (dropped.length > 0) {
    console.log(`particled: dropped onnxruntime's libraries for ${names} (${megabytes} MB)`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    dropHere();
  } catch (error) {
    // Larger than needed is no reason to fail an installation.
    console.warn(`particled: libraries for other systems stay: ${error}`);
  }
}
