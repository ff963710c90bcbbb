import type { Config } from '../config/schema.ts';
import { lookApart, type Outcome } from './apart.ts';
import { checkBroker } from './checks/broker.ts';
import { judgeCapacity, lookAtCapacity } from './checks/capacity.ts';
import { isSynchronised, judgeClock } from './checks/clock.ts';
import { judgeDisk } from './checks/disk-space.ts';
import { judgeExportFolder, lateExportFolder } from './checks/export-folder.ts';
import { judgeInotify, lookAtInotify } from './checks/inotify.ts';
import { judgeKeptFiles } from './checks/kept-files.ts';
import { checkLivePage } from './checks/live-page.ts';
import { checkMonitoring } from './checks/monitoring.ts';
import { judgeNewestFiles } from './checks/newest-file.ts';
import { checkQueue } from './checks/queue.ts';
import { judgeReportFolder } from './checks/report-folder.ts';
import { checkSecrets } from './checks/secrets.ts';
import { checkMail } from './checks/smtp.ts';
import { judgeStore } from './checks/store.ts';
import { judgeTimeZone } from './checks/time-zone.ts';
import { type Finding, failure } from './finding.ts';
import type { Look, LookName } from './looks.ts';

/** A folder that answers at all does so at once. */
const FOLDER_S = 8;
/** Listing a year of exports on a slow share takes a while. */
const SCAN_S = 90;
const MODELS_S = 600;

/** Every check, in the order in which they are told; those that take no time from each other run side by side. */
export async function examine(
  config: Config,
  configFile: string | null,
  tell: (finding: Finding) => void,
): Promise<void> {
  const now = new Date();
  const sideBySide: readonly (Promise<Finding[]> | Finding[])[] = [
    isSynchronised().then((synchronised) => [judgeClock(now, synchronised)]),
    [judgeTimeZone(now, config.mail), judgeCapacity(lookAtCapacity(), config.segmenter)],
    ofExports(config),
    [judgeInotify(lookAtInotify(), config.watch)],
    ofFolder('store', config, 'store', judgeStore),
    ofFolder('report-folder', config, 'report folder', (look) => [judgeReportFolder(look)]),
    ofFolder('disk-space', config, 'disk space', (disks) => disks.map((disk) => judgeDisk(disk, config))),
    ofKeptFiles(config, now),
    checkBroker(config).then((finding) => [finding]),
    ofQueue(config),
    checkMail(config).then((finding) => [finding]),
    [checkSecrets(config, configFile)],
    checkMonitoring(config.monitoring),
    checkLivePage(config.dashboard, now),
  ];
  const found = await Promise.all(sideBySide);
  for (const finding of found.flat()) tell(finding);
  // Alone, so that nothing else lengthens the time of a tile.
  for (const finding of await ofModels(config)) tell(finding);
}

async function ofQueue({ segmenter: { queue } }: Config): Promise<Finding[]> {
  return queue === null ? [] : checkQueue(queue, 'segmenter.queue', 'daemon');
}

async function ofExports(config: Config): Promise<Finding[]> {
  const answer = await lookApart('export-folder', config, FOLDER_S);
  if ('lateAfterS' in answer) return [lateExportFolder(config, answer.lateAfterS)];
  if ('error' in answer) return [unseen('export folder', answer)];
  const folder = judgeExportFolder(answer.seen, config.watch);
  if (folder.verdict === 'failure') return [folder];
  const newest = await lookApart('newest-file', config, SCAN_S);
  if (!('seen' in newest)) return [folder, unseen('newest file', newest)];
  return [folder, ...judgeNewestFiles(newest.seen, config.watch)];
}

async function ofFolder<Name extends LookName>(
  name: Name,
  config: Config,
  check: string,
  judge: (look: Look<Name>) => Finding[],
): Promise<Finding[]> {
  const outcome = await lookApart(name, config, FOLDER_S);
  return 'seen' in outcome ? judge(outcome.seen) : [unseen(check, outcome)];
}

async function ofKeptFiles(config: Config, now: Date): Promise<Finding[]> {
  if (config.report.folder === null) return [];
  const outcome = await lookApart('kept-files', config, SCAN_S);
  return 'seen' in outcome ? [judgeKeptFiles(outcome.seen, config, now)] : [unseen('kept files', outcome)];
}

/** What the models compute here. */
export async function ofModels(config: Config): Promise<Finding[]> {
  const outcome = await lookApart('models', config, MODELS_S);
  if ('seen' in outcome) return outcome.seen;
  const advice = 'onnxruntime does not run on this processor, memory is short, or models.folder is wrong';
  return [{ ...unseen('models', outcome), advice }];
}

/** A look that gave nothing. */
export function unseen(
  check: string,
  outcome: Exclude<Outcome<LookName>, { readonly seen: unknown }>,
): Finding {
  if ('lateAfterS' in outcome) {
    return failure(
      check,
      `no answer within ${outcome.lateAfterS} s`,
      'look whether its disk or share hangs (df, mount)',
    );
  }
  return failure(check, outcome.error, "look at it by hand; the reason is the system's own");
}
