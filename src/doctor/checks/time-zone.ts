import type { Config } from '../../config/schema.ts';
import { nightScheduleOf } from '../../report/night/schedule.ts';
import { localDateOf, localTimeOf } from '../../report/night/zoned-time.ts';
import { attention, type Finding, failure, ok } from '../finding.ts';

const CHECK = 'time zone';

/** What the local clock shows where nights end; the schema has refused names that there are not. */
export function judgeTimeZone(now: Date, mail: Pick<Config['mail'], 'at' | 'timeZone' | 'host'>): Finding {
  const { timeZone, at } = nightScheduleOf(mail);
  try {
    const local = `${localDateOf(now, timeZone)} ${localTimeOf(now, timeZone)}`;
    const whose = mail.timeZone === null ? "the system's" : 'mail.timeZone';
    const found = `${timeZone} (${whose}), ${local} there now; a night ends at ${at}`;
    const isGuess = mail.host !== null && mail.timeZone === null && /^(Etc\/)?(UTC|UCT|GMT)$/.test(timeZone);
    if (!isGuess) return ok(CHECK, found);
    return attention(
      CHECK,
      found,
      "set mail.timeZone to the laboratory's, as Europe/Berlin, if UTC is not meant",
    );
  } catch {
    return failure(CHECK, `${timeZone}: is not known here`, 'set mail.timeZone, as Europe/Berlin');
  }
}
