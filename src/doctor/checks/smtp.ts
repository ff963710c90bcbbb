import type { Config } from '../../config/schema.ts';
import { ConfigError, messageOf } from '../../errors.ts';
import { mailSettings } from '../../report/night/mailer.ts';
import { attention, type Finding, failure, ok } from '../finding.ts';
import { type MailTrial, tryMail } from '../try-mail.ts';

const CHECK = 'mail';

/** Goes as far as a mail would, and sends none. */
export async function checkMail(config: Pick<Config, 'mail'>): Promise<Finding> {
  const settings = mailSettings(config);
  if (settings === null) return ok(CHECK, 'none is sent: mail.host is null');
  try {
    return judgeMail(settings, await tryMail(settings));
  } catch (error) {
    const [fault = messageOf(error)] = error instanceof ConfigError ? error.faults : [];
    return failure(CHECK, fault, 'give a file that this user can read');
  }
}

function judgeMail(
  {
    host,
    port,
    security,
    from,
    username,
  }: Pick<Config['mail'], 'host' | 'port' | 'security' | 'from' | 'username'>,
  { failedAt, reason, refused, accepted }: MailTrial,
): Finding {
  const server = `${host}:${port}`;
  switch (failedAt) {
    case 'connect':
      return failure(CHECK, `${server}: ${reason}`, connectAdvice(reason));
    case 'login':
      return failure(
        CHECK,
        `${server}: refuses the login of ${username} (${reason})`,
        'correct mail.username and the password in mail.passwordFile',
      );
    case 'sender':
      return failure(
        CHECK,
        `${server}: refuses mail from ${from} (${reason})`,
        'correct mail.from, or log in with mail.username and mail.passwordFile',
      );
    case null:
      break;
  }
  const way = `${server}: ${security === 'none' ? 'in clear' : security}${username === null ? '' : `, logged in as ${username}`}`;
  const found = `${way}, takes mail from ${from} for ${accepted} address(es)`;
  if (refused.length === 0) return ok(CHECK, `${found}; none was sent`);
  const judge = accepted === 0 ? failure : attention;
  return judge(
    CHECK,
    `${found}, not for ${refused.join('; ')}`,
    'correct mail.to, or ask who runs the server',
  );
}

/** What to do where no mail could begin, told by the server's or the system's own words. */
function connectAdvice(reason: string): string {
  if (/certificate|self.signed|altname|issuer/i.test(reason)) {
    return "give the authority of the server's certificate in mail.caFile, and in mail.host the name that it holds";
  }
  if (/STARTTLS|wrong version number|ssl|greeting/i.test(reason)) {
    return 'set mail.security to what the server has on this port: usually starttls on 587, tls on 465';
  }
  return 'correct mail.host and mail.port, or open the port in the firewall';
}
