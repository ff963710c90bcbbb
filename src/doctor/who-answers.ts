import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

const ANSWER_MS = 2_000;

/**
 * As the server at an address names itself; null where nobody answers, or speaks no HTTP. Whose certificate it has is not
 * asked: no secret is sent.
 */
export function whoAnswers(url: string): Promise<string | null> {
  return new Promise((resolve) => {
    const request = url.startsWith('https:') ? requestHttps : requestHttp;
    const options = { rejectUnauthorized: false, agent: false, timeout: ANSWER_MS };
    const asked = request(url, options, (answer) => {
      answer.resume();
      resolve(answer.headers.server?.toString() ?? null);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(null));
    asked.on('close', () => resolve(null));
    asked.end();
  });
}
