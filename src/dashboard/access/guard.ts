import type { FastifyRequest } from 'fastify';
import { isExpectedHost } from '../../monitoring/expected-host.ts';
import { Refusal } from '../refusal.ts';
import type { App } from '../server-parts.ts';
import type { Credentials } from './credentials.ts';
import type { Sessions } from './sessions.ts';

/** Names of the session's cookie; browsers take the first one from nobody else, and by TLS alone. */
const COOKIES = { https: '__Host-particled', http: 'particled' } as const;

export function cookieName({ protocol }: Pick<FastifyRequest, 'protocol'>): string {
  return COOKIES[protocol];
}

export interface GuardParts {
  readonly hostNames: readonly string[];
  readonly credentials: Credentials;
  readonly sessions: Sessions;
}

/** What may be asked without having signed in: the page itself, which holds no figure, and the way in. */
const OPEN = '/api/v1/session';

/** Holds every request against who it was meant for, where it comes from, and who asks. */
export function guard(app: App, parts: GuardParts): void {
  app.addHook('onRequest', async (request) => {
    requireHost(request, parts.hostNames);
    if (request.method !== 'GET' && request.method !== 'HEAD') requireOrigin(request);
    const path = request.url.split('?', 1)[0] ?? '';
    // By its route as well: an address that is written otherwise leads to the same one.
    const isApi = path.startsWith('/api') || request.routeOptions.url?.startsWith('/api') === true;
    if (isApi && request.routeOptions.url !== OPEN) requireSignedIn(request, parts);
  });
}

export function isSignedIn(
  request: FastifyRequest,
  { credentials, sessions }: Omit<GuardParts, 'hostNames'>,
): boolean {
  if (!credentials.areRequired) return true;
  const [, token] = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token !== undefined) return credentials.isToken(token);
  const secret = request.cookies[cookieName(request)];
  return secret !== undefined && sessions.isOpen(secret);
}

/** A page in somebody's browser that reaches this port by a name of its own (DNS rebinding) names that. */
function requireHost(request: FastifyRequest, hostNames: readonly string[]): void {
  if (isExpectedHost(request.host, hostNames)) return;
  throw new Refusal(421, 'this host name is not served here; add it to dashboard.hostNames');
}

/** Nothing is changed by a page of somebody else that a signed-in person looks at. */
function requireOrigin(request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const own = `${request.protocol}://${request.host}`.toLowerCase();
  // Programs send neither; all browsers send one of them.
  const isForeign =
    origin === undefined
      ? !['same-origin', 'none', undefined].includes(String(site ?? 'none'))
      : origin.toLowerCase() !== own;
  if (!isForeign) return;
  throw new Refusal(
    403,
    `the request comes from a page of ${origin ?? 'another site'} and this is ${own}; behind a proxy set dashboard.trustedProxies, and let it send X-Forwarded-Proto and X-Forwarded-Host`,
  );
}

function requireSignedIn(request: FastifyRequest, parts: GuardParts): void {
  if (isSignedIn(request, parts)) return;
  throw new Refusal(401, 'sign in with the password or token first');
}
