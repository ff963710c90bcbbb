import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type NightMail, selfContained } from './mail.ts';
import type { LocalDate } from './zoned-time.ts';

/** Writes `night-<date>.html`, `.txt` and, but for an empty night, `.csv` into the folder; gives their paths. */
export function writeNight(
  mail: NightMail,
  date: LocalDate,
  folder: string,
): [html: string, ...others: string[]] {
  mkdirSync(folder, { recursive: true });
  const written = (name: string, text: string): string => {
    const path = resolve(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return [
    written(`night-${date}.html`, selfContained(mail)),
    written(`night-${date}.txt`, mail.text),
    ...mail.attachments.map(({ fileName, text }) => written(fileName, text)),
  ];
}
