import { counted } from '../statistics/numeric/figure-digits.ts';
import type { StoredMail } from '../store/mails.ts';
import type { Condition, Notice } from './condition.ts';
import {
  type Diagnosis,
  type DiagnosisCode,
  diagnosisText,
  type HealthState,
  healthStates,
  stateOf,
} from './diagnosis.ts';

/**
 * NAMUR NE 107, the gravest that holds: `failure` where no result comes, `check-function` where the segmenters compute
 * their known answers or the daemon starts, so that results come later, `out-of-specification` where results come that
 * are unlike what was specified or usual, `maintenance-required` where they come and somebody should look.
 */
export interface Health {
  readonly state: HealthState;
  /** Why it is not normal, for the person who can mend it, the gravest first; empty when it is. */
  readonly reasons: readonly string[];
  readonly diagnoses: readonly Diagnosis[];
}

const OUTBOX_DEPTH_MAX = 10_000;

export function healthOf(condition: Condition): Health {
  return healthFrom([
    ...folderDiagnoses(condition),
    ...segmentingDiagnoses(condition),
    ...publishingDiagnoses(condition),
    ...condition.notices.map(noticed),
  ]);
}

/** The gravest state of all that is found. */
export function healthFrom(found: readonly Diagnosis[]): Health {
  const rank = ({ code }: Diagnosis): number => healthStates.indexOf(stateOf[code]);
  const diagnoses = found.toSorted((a, b) => rank(a) - rank(b));
  const [gravest] = diagnoses;
  return {
    state: gravest ? stateOf[gravest.code] : 'normal',
    reasons: [...new Set(diagnoses.map(diagnosisText))],
    diagnoses,
  };
}

/** A notice says at its end what to do. */
function noticed({ code, text }: Notice): Diagnosis {
  const at = text.lastIndexOf('; ');
  return at < 0
    ? diagnosis(code, text, 'see the log')
    : diagnosis(code, text.slice(0, at), text.slice(at + 2));
}

function diagnosis(
  code: DiagnosisCode,
  what: string,
  advice: string,
  limit: string | null = null,
): Diagnosis {
  return { code, what, limit, advice };
}

function folderDiagnoses(condition: Condition): Diagnosis[] {
  const { folder, polling, silentForS, answerTimeoutS, filesAwaited, unusable, unusableMax } = condition;
  const found: Diagnosis[] = [];
  if (condition.starting)
    found.push(diagnosis('starting', 'the export folder is being looked through', 'wait a little'));
  if (folder === 'silent') {
    const what = `the export folder has not answered for ${silentForS} s: calls on it do not return`;
    const advice = 'check its share, network and server (watch.folder)';
    found.push(diagnosis('export-folder-silent', what, advice, `${answerTimeoutS} s, watch.answerTimeoutS`));
  }
  if (folder === 'unavailable') {
    const what = 'the export folder cannot be listed, or an empty one lies in its place';
    found.push(diagnosis('export-folder-away', what, 'mount its share or check it (watch.folder)'));
  }
  if (folder === 'emptied') {
    const what = 'all files of the export folder have gone at once';
    found.push(
      diagnosis('export-folder-emptied', what, 'unless you deleted them, check the share (watch.folder)'),
    );
  }
  if (folder === 'polling' && !polling) {
    const what = 'no file events (inotify limit or open files used up), so files are found by listing alone';
    found.push(diagnosis('no-file-events', what, 'raise fs.inotify.max_user_watches'));
  }
  if (folder === 'mute') {
    const what = 'files appear and no file event tells of them, so files are found by listing alone';
    found.push(diagnosis('no-file-events', what, 'on a network share set watch.polling: true'));
  }
  for (const what of filesAwaited)
    found.push(diagnosis('files-awaited', what, 'make them readable; they are tried again by themselves'));
  for (const { code, count, first } of unusable.filter((group) => group.count >= unusableMax)) {
    const names = first.map(({ path }) => path).join(', ');
    const what = `${counted(count, 'file was', 'files were')} set aside as ${code} within a day: ${names}${count > first.length ? ' and others' : ''}`;
    const advice = 'see particled status; export them again, or leave them out by watch.exclude';
    found.push(diagnosis('files-unusable', what, advice, `${unusableMax}, health.unusableFiles`));
  }
  return found;
}

function segmentingDiagnoses(condition: Condition): Diagnosis[] {
  const { troubles, distrust, tileWaitsMinutes, tileWaitMaxMinutes, deviations } = condition;
  const { uncertainDrift, focusDrift } = condition;
  const waits = [...new Set([...troubles, ...distrust])];
  const found = waits.map((trouble) =>
    diagnosis('segmenters-away', `tiles wait: ${trouble}`, 'see the log; they go on by themselves'),
  );
  if (condition.store !== null)
    found.push(diagnosis('store-damaged', condition.store, 'particled doctor says more (store.file)'));
  if (condition.summaryTrouble !== null) {
    const what = `a sample's summary cannot be made: ${condition.summaryTrouble}`;
    found.push(
      diagnosis('summary-not-made', what, 'see the log and particled doctor; it is tried again by itself'),
    );
  }
  if (condition.checking) {
    const what = 'the segmenters compute their known answers; tiles wait for a moment';
    found.push(diagnosis('known-answers', what, 'nothing'));
  }
  const advice = 'results are right, computed exactly and slower; have the computer looked at';
  for (const what of deviations) found.push(diagnosis('model-deviates', what, advice));
  if (uncertainDrift !== null) {
    const toDo = 'look at focus, contrast and the powder of that sample';
    found.push(diagnosis('uncertain-drift', uncertainDrift.what, toDo, uncertainDrift.limit));
  }
  if (focusDrift !== null) {
    const toDo = 'look at its tiles, then at focus, stigmator and column of the microscope';
    found.push(diagnosis('focus-drift', focusDrift.what, toDo, focusDrift.limit));
  }
  if (tileWaitsMinutes > tileWaitMaxMinutes) {
    const what = `a tile has waited for ${counted(tileWaitsMinutes, 'minute')} to be segmented`;
    const toDo = 'the computer is slower than the microscope: fewer tiles, or more cores';
    found.push(diagnosis('tiles-queue', what, toDo, `${tileWaitMaxMinutes} minutes, health.tileWaitMinutes`));
  }
  return found;
}

function publishingDiagnoses(condition: Condition): Diagnosis[] {
  const { outboxDepth, brokerConnected, brokerFault, refusals, lastMail } = condition;
  const found: Diagnosis[] = [];
  if (outboxDepth > OUTBOX_DEPTH_MAX) {
    const what = `${counted(outboxDepth, 'message waits', 'messages wait')} for the broker`;
    found.push(
      diagnosis(
        'messages-queue',
        what,
        'check the broker (mqtt.url)',
        OUTBOX_DEPTH_MAX.toLocaleString('en-GB'),
      ),
    );
  }
  if (condition.sessionTakenOver) {
    const what = 'another daemon of this name has taken the place at the broker';
    found.push(diagnosis('name-taken', what, 'end one of the two, or give one another instrument.name'));
  } else if (!brokerConnected) {
    const why = brokerFault === null ? '' : ` (${brokerFault})`;
    const what = `the broker is not connected${why}; results wait in the store`;
    found.push(diagnosis('broker-away', what, 'check the broker, mqtt.url and the account (mqtt.username)'));
  }
  for (const what of condition.brokerShortcomings)
    found.push(diagnosis('broker-limited', what, 'let the broker do so (mqtt.url)'));
  const [first, ...others] = refusals.values();
  if (first !== undefined) {
    const more = others.length > 0 ? ` and ${counted(others.length, 'more topic')}` : '';
    const what = `the broker takes no message on ${first}${more}; they wait in the store`;
    found.push(
      diagnosis(
        'broker-refuses',
        what,
        "mend the broker's access list for mqtt.username, or its limit of packets",
      ),
    );
  }
  if (lastMail?.reason) found.push(mailDiagnosis(lastMail.localDate, lastMail.state, lastMail.reason));
  return found;
}

function mailDiagnosis(date: string, state: StoredMail['state'], reason: string): Diagnosis {
  const of = `the night's mail of ${date}`;
  if (state === 'sent')
    return diagnosis('mail-not-sent', `${of} did not reach everybody: ${reason}`, 'mend mail.to');
  if (state === 'waiting') {
    return diagnosis('mail-not-sent', `${of} could not be sent and is tried again: ${reason}`, 'mend mail.*');
  }
  const advice = `mend mail.*, then particled report --date ${date} --send`;
  return diagnosis('mail-not-sent', `${of} could not be sent: ${reason}`, advice);
}
