import { isLoopback } from '../../config/dashboard.ts';
import type { Config } from '../../config/schema.ts';
import { readPasswordHash, readToken } from '../../config/secret.ts';
import { readTlsFiles } from '../../config/tls-files.ts';
import { ConfigError, messageOf } from '../../errors.ts';
import { reachableHost } from '../../publish/embedded-broker.ts';
import { listenForAMoment } from '../../publish/port-probe.ts';
import { attention, type Finding, failure, ok } from '../finding.ts';
import { whoAnswers } from '../who-answers.ts';

const CHECK = 'live page';
const DAY_MS = 86_400_000;
/** Whoever has to ask for a new certificate has a month to do so. */
const EXPIRES_SOON_DAYS = 30;

type Page = Config['dashboard'];

/** Whether the page can be served as it is configured: its port, who may look, the files that this takes. */
export async function checkLivePage(page: Page, now: Date): Promise<Finding[]> {
  if (page.port === null) return [];
  return [await ofPort(page, page.port), ...ofFiles(page), ...ofCertificate(page, now)];
}

async function ofPort(page: Page, port: number): Promise<Finding> {
  const { host } = page;
  if (port === 0) return ok(CHECK, `any free port of ${host}, ${whoMayLook(page)}`);
  try {
    await listenForAMoment(host, port);
    return ok(CHECK, `port ${port} of ${host} is free; ${whoMayLook(page)}`);
  } catch (error) {
    if (!/EADDRINUSE/.test(messageOf(error))) {
      return failure(CHECK, messageOf(error), adviceOf(messageOf(error)));
    }
  }
  const scheme = page.certFile === null ? 'http' : 'https';
  const program = await whoAnswers(`${scheme}://${reachableHost(host)}:${port}/api/v1/session`);
  return program?.startsWith('particled/')
    ? ok(CHECK, `a running ${program} has port ${port} of ${host}; ${whoMayLook(page)}`)
    : failure(CHECK, `port ${port} of ${host} is taken by another program`, 'choose another dashboard.port');
}

function adviceOf(words: string): string {
  return /EACCES/.test(words)
    ? 'ports below 1024 are not for everybody: choose a dashboard.port above, or a proxy in front'
    : 'correct dashboard.host and dashboard.port';
}

/** Beyond this computer the configuration asks for both a secret and TLS, or it is refused. */
function whoMayLook({ host, passwordFile, tokenFile, certFile, trustedProxies }: Page): string {
  const signIn = [passwordFile !== null && 'password', tokenFile !== null && 'token'].filter(Boolean);
  const who = isLoopback(host) ? 'for this computer' : 'for the network';
  const how = signIn.length === 0 ? 'without signing in' : `by ${signIn.join(' or ')}`;
  const proxies = trustedProxies.length === 0 ? '' : `, behind ${trustedProxies.join(', ')}`;
  return `${who}, ${how}${certFile === null ? '' : ', by TLS'}${proxies}`;
}

function ofFiles({ passwordFile, tokenFile }: Page): Finding[] {
  return [
    ...faultsOf(
      'put the file right, or make another: particled dashboard password',
      () => passwordFile && readPasswordHash(passwordFile, 'dashboard.passwordFile'),
    ),
    ...faultsOf(
      'put the file right, or make another: openssl rand -hex 32',
      () => tokenFile && readToken(tokenFile, 'dashboard.tokenFile'),
    ),
  ];
}

function ofCertificate({ certFile, keyFile }: Page, now: Date): Finding[] {
  if (certFile === null || keyFile === null) return [];
  const findings: Finding[] = [];
  const faults = faultsOf('give the certificate and its own key as PEM, readable to particled', () => {
    const { validFromDate, validToDate } = readTlsFiles(certFile, keyFile).certificate;
    findings.push(judgeValidity(certFile, { from: validFromDate, to: validToDate }, now));
  });
  return [...findings, ...faults];
}

function judgeValidity(certFile: string, { from, to }: { from: Date; to: Date }, now: Date): Finding {
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  if (now < from) {
    const advice = "look at this computer's clock, or at the certificate";
    return failure(CHECK, `the certificate in ${certFile} is not valid before ${day(from)}`, advice);
  }
  const advice = 'have it renewed, put it there and reload: systemctl reload particled';
  if (now > to) return failure(CHECK, `the certificate in ${certFile} has expired on ${day(to)}`, advice);
  const daysLeft = Math.floor((to.getTime() - now.getTime()) / DAY_MS);
  return daysLeft < EXPIRES_SOON_DAYS
    ? attention(CHECK, `the certificate in ${certFile} expires on ${day(to)}, in ${daysLeft} days`, advice)
    : ok(CHECK, `the certificate in ${certFile} and its key belong together, valid until ${day(to)}`);
}

function faultsOf(advice: string, read: () => unknown): Finding[] {
  try {
    read();
    return [];
  } catch (error) {
    const faults = error instanceof ConfigError ? error.faults : [messageOf(error)];
    return faults.map((fault) => failure(CHECK, fault, advice));
  }
}
