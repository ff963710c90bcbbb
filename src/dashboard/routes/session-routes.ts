import { createFailedTries } from '../access/failed-tries.ts';
import { cookieName, isSignedIn } from '../access/guard.ts';
import { SESSION_S } from '../access/sessions.ts';
import { sessionSchema, signInSchema } from '../api/session.ts';
import { Refusal } from '../refusal.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { answers } from './answers.ts';

/** Wrong passwords of one address within five minutes; a person who has forgotten one needs no more. */
const MOST_FAILED = 10;
const FAILED_WITHIN_MS = 5 * 60_000;

export function sessionRoutes(app: App, parts: ServerParts): void {
  const { credentials, sessions } = parts;
  const failedTries = createFailedTries(MOST_FAILED, FAILED_WITHIN_MS);
  const state = (signedIn: boolean) => ({ required: credentials.areRequired, signedIn });
  app.get(
    '/api/v1/session',
    {
      schema: { summary: 'Whether one has to sign in', tags: ['session'], response: answers(sessionSchema) },
    },
    async (request) => state(isSignedIn(request, parts)),
  );
  app.post(
    '/api/v1/session',
    {
      schema: {
        summary: 'Signs in: sets a cookie that lasts twelve hours',
        tags: ['session'],
        body: signInSchema,
        response: answers(sessionSchema, 400, 403),
      },
    },
    async (request, reply) => {
      if (!credentials.areRequired) return state(true);
      const waitMs = failedTries.begin(request.ip);
      if (waitMs > 0) {
        const waitS = Math.ceil(waitMs / 1000);
        reply.header('retry-after', waitS);
        throw new Refusal(429, `too many wrong passwords from this address; try again in ${waitS} s`);
      }
      const isRight = await credentials.isPassword(request.body.password).catch((error: unknown) => {
        failedTries.takeBack(request.ip);
        throw error;
      });
      if (!isRight) {
        request.log.warn({ address: request.ip }, 'somebody could not sign in to the live page');
        throw new Refusal(401, 'this is not the password');
      }
      failedTries.takeBack(request.ip);
      const isSecure = request.protocol === 'https';
      reply.setCookie(cookieName(request), sessions.begin(), {
        ...{ path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure, maxAge: SESSION_S },
      });
      return state(true);
    },
  );
  app.delete(
    '/api/v1/session',
    {
      schema: {
        summary: 'Ends the session',
        tags: ['session'],
        response: answers(sessionSchema, 403),
      },
    },
    async (request, reply) => {
      const secret = request.cookies[cookieName(request)];
      if (secret !== undefined) sessions.end(secret);
      reply.clearCookie(cookieName(request), { path: '/', secure: request.protocol === 'https' });
      return state(!credentials.areRequired);
    },
  );
}
