import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hash } from '@node-rs/argon2';
import type { Command } from 'commander';
import { closingAdvice } from '../../config/exposed-secrets.ts';
import { askedSecret } from './asked-secret.ts';

/** Shorter ones are guessed, however slowly each guess is answered. */
const PASSWORD_LENGTH_MIN = 10;

/** `particled dashboard password`. */
export function dashboardCommand(program: Command): void {
  program
    .command('dashboard')
    .description('the live page')
    .command('password')
    .description(
      'asks for a password, or reads a line of standard input, and writes its argon2id hash for dashboard.passwordFile',
    )
    .option('--out <file>', 'write it there, readable to its owner alone, instead of printing it')
    .action(({ out }: { readonly out?: string }) => password(out));
}

async function password(out: string | undefined): Promise<void> {
  const line = `${await hash(await askedSecret('password', PASSWORD_LENGTH_MIN))}\n`;
  if (out === undefined) return void process.stdout.write(line);
  const file = resolve(out);
  writeFileSync(file, line, { mode: 0o600, flag: 'wx' });
  console.log(`written to ${file}; set dashboard.passwordFile: ${file}`);
  console.log(`so that a service may read it: ${closingAdvice([file])}`);
}
