import { signal } from '@preact/signals';

/** Where the daemon answers. */
export const API = '/api/v1';

/** Set once an answer was 401: the page then asks for the password or token. */
export const signInNeeded = signal(false);

/** What the daemon refused or could not do, in words for the person. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * What the daemon answers to GET; the type is that of `src/dashboard/api/`, which its server holds its answers against.
 * @param path below `/api/v1`, as `runs?limit=1`
 * @throws ApiError in words; DOMException `AbortError` where it was given up
 */
export function getJson<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return request<Answer>('GET', path, undefined, signal);
}

/** Sends something with the method; null is answered where the answer has no body. */
export function sendJson<Answer>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
  return request<Answer>(method, path, body);
}

async function request<Answer>(
  method: string,
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const response = await fetch(`${API}/${path}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'The daemon does not answer: is it running, and is the network there?');
  });
  if (!response.ok) throw await refusal(response, path);
  return (response.status === 204 ? null : await response.json()) as Answer;
}

/** The server says why in `message`; a proxy in between may say it in HTML. */
export async function refusal(response: Response, path: string): Promise<ApiError> {
  // A wrong password is no lost session.
  if (response.status === 401 && path !== 'session') signInNeeded.value = true;
  const said: unknown = await response.json().catch(() => null);
  const message = said !== null && typeof said === 'object' && 'message' in said ? String(said.message) : '';
  return new ApiError(response.status, message || `The daemon answered ${response.status} to ${path}.`);
}

/** The path of a run in the API; more of it behind. */
export function runPath(sampleId: string, run: string, ...more: readonly string[]): string {
  return ['runs', sampleId, run, ...more].map(encodeURIComponent).join('/');
}

/** Address of a tile's picture as photographed, at most so wide. */
export function pictureAddress(contentHash: string, widthPx: 240 | 480 | 960 | 1920): string {
  return `${API}/tiles/${contentHash}/picture?widthPx=${widthPx}`;
}

/** Address of a sample's page; of one tile in it where its hash is given. */
export function sampleAddress(sampleId: string, run: string, tile?: string): string {
  const path = `/samples/${encodeURIComponent(sampleId)}/${encodeURIComponent(run)}`;
  return tile === undefined ? path : `${path}?tile=${tile}`;
}

/** Address of the page where a tile is corrected. */
export function correctAddress(sampleId: string, run: string, tile: string): string {
  return `${sampleAddress(sampleId, run)}/tiles/${tile}`;
}
