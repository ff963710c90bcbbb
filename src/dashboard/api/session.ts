import { z } from 'zod';

/** `POST /api/v1/session` signs a person in: the answer sets a cookie. `DELETE /api/v1/session` ends the session. */
export const signInSchema = z.strictObject({
  password: z.string().min(1).max(1_000).describe('the password, or the token'),
});

/** `GET /api/v1/session`, which everybody may ask. */
export const sessionSchema = z.strictObject({
  required: z.boolean().describe('whether a password or token is asked for'),
  signedIn: z.boolean().describe('whether the rest is answered; true where nothing is asked for'),
});
