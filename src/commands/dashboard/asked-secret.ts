import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

/**
 * A secret as somebody types it, twice and unseen; from a program that is not at a terminal its first line.
 * @param atLeast characters
 * @throws Error with what to do where it is too short, or the two differ
 */
export async function askedSecret(what: string, atLeast: number): Promise<string> {
  const secret = process.stdin.isTTY ? await typedTwice(what) : firstLine(await text(process.stdin));
  if (secret.length < atLeast)
    throw new Error(`the ${what} has ${secret.length} characters; take at least ${atLeast}`);
  return secret;
}

async function typedTwice(what: string): Promise<string> {
  const unseen = new Writable({ write: (_, __, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    const typed = async (question: string): Promise<string> => {
      process.stderr.write(question);
      const line = await prompt.question('');
      process.stderr.write('\n');
      return line;
    };
    const once = await typed(`The ${what}: `);
    if ((await typed('The same again: ')) !== once) throw new Error('the two are not the same; begin again');
    return once;
  } finally {
    prompt.close();
  }
}

function firstLine(all: string): string {
  return all.split(/\r?\n/, 1)[0] ?? '';
}
