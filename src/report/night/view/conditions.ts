import { counted, countText } from '../../figure-text.ts';
import { bytesText, type DiskSpace, type NightConditions, troubles } from '../conditions.ts';
import { shortMoment } from './local-text.ts';

/** What is said of instrument and machine, each with its name. */
export function conditionLines(
  conditions: NightConditions,
  timeZone: string,
): readonly (readonly [name: string, text: string])[] {
  return [
    ['Instrument', instrumentText(conditions, timeZone)],
    ['Queue', queueText(conditions)],
    ['Disk', conditions.disks.map(diskText).join('; ')],
    ['Models', modelsText(conditions)],
    ...knownAnswerLines(conditions, timeZone),
  ];
}

/** Nothing where no model brings an answer. */
function knownAnswerLines({ knownAnswers = [] }: NightConditions, timeZone: string): [string, string][] {
  const told = knownAnswers.flatMap(({ model, figures, atMs }) =>
    figures === null ? [] : [`${model} ${shortMoment(new Date(atMs), timeZone)}: ${figures}`],
  );
  return told.length === 0 ? [] : [['Known answers', told.join('; ')]];
}

function instrumentText(conditions: NightConditions, timeZone: string): string {
  const { reasons, lastTileAt } = conditions;
  const found = troubles(conditions);
  const health =
    found.length > 0
      ? found.join('; ')
      : reasons === null
        ? 'not asked, since the daemon did not write this'
        : 'normal';
  const tile = lastTileAt === null ? 'no tile yet' : `last tile ${shortMoment(lastTileAt, timeZone)}`;
  return `${health}; ${tile}`;
}

function queueText({ tilesWaiting, messagesUnsent, filesSetAside }: NightConditions): string {
  const parts = [
    `${counted(tilesWaiting, 'tile')} waiting`,
    `${counted(messagesUnsent, 'message')} unsent`,
    ...(filesSetAside > 0
      ? [`${counted(filesSetAside, 'file')} set aside (particled status lists them)`]
      : []),
  ];
  return parts.join(', ');
}

function diskText({ use, space }: DiskSpace): string {
  return space === null
    ? `${use}: not known`
    : `${bytesText(space.freeBytes)} of ${bytesText(space.totalBytes)} free for ${use}`;
}

function modelsText({ models, softwareVersion }: NightConditions): string {
  const used = models.map(
    ({ name, sha256, arithmetic, samples }) =>
      `${name} ${sha256.slice(0, 8)}${arithmetic === 'exact' ? ' in exact arithmetic' : ''} (${countText(samples)} ${samples === 1 ? 'sample' : 'samples'})`,
  );
  return `${used.join(', ') || 'none used yet'}; particled ${softwareVersion}`;
}
