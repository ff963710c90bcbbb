import { cookieName, isSignedIn } from '../access/guard.ts';
import { SESSION_S } from '../access/sessions.ts';
import { sessionSchema, signInSchema } from '../api/session.ts';
import { Refusal } from '../refusal.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { answers } from './answers.ts';

/** Tries of one address within five minutes; a person who has forgotten a password needs no more. */
const TRIES = { max: 10, timeWindow: 5 * 60_000 };

export function sessionRoutes(app: App, parts: ServerParts): void {
  const { credentials, sessions } = parts;
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
      config: { rateLimit: TRIES },
      schema: {
        summary: 'Signs in: sets a cookie that lasts twelve hours',
        tags: ['session'],
        body: signInSchema,
        response: answers(sessionSchema, 400, 403),
      },
    },
    async (request, reply) => {
      if (!credentials.areRequired) return state(true);
      if (!(await credentials.isPassword(request.body.password))) {
        request.log.warn({ address: request.ip }, 'somebody could not sign in to the live page');
        throw new Refusal(401, 'this is not the password');
      }
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
