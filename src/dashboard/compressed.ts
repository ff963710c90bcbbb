import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './server-parts.ts';

const gzipped = promisify(gzip);
/** Outlines become a fifth at a third of the time of the default. */
const LEVEL = { level: 4, memLevel: constants.Z_DEFAULT_MEMLEVEL };
/** What fits into one packet gains nothing. */
const LEAST_BYTES = 1_400;
/** All who watch a sample are sent the same texts; these, not whole lists of particles, are packed once for all. */
const KEPT_TEXTS = 32;
const KEPT_TEXT_CHARACTERS = 1024 * 1024;
const TEXTS = /^(application\/(json|javascript)|text\/(html|css|javascript)|image\/svg\+xml)/;

/** Texts go to browsers as gzip: a laboratory's network is not always fast. */
export function compressTexts(app: App): void {
  const packed = packOnce();
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    if (!isWorthIt(request, reply)) return payload;
    if (payload instanceof Readable) {
      announce(reply);
      const stream = createGzip(LEVEL);
      // Whoever goes away meanwhile ends both.
      pipeline(payload, stream).catch(() => {});
      return stream;
    }
    const isText = typeof payload === 'string' || Buffer.isBuffer(payload);
    if (!isText || Buffer.byteLength(payload) < LEAST_BYTES) return payload;
    announce(reply);
    return packed(payload);
  });
}

/** Packs a text once for all to whom it is sent; the one that was sent longest ago is forgotten first. */
export function packOnce(): (text: string | Buffer) => Promise<Buffer> {
  const kept = new Map<string, Promise<Buffer>>();
  return (text) => {
    if (typeof text !== 'string' || text.length > KEPT_TEXT_CHARACTERS) return gzipped(text, LEVEL);
    const packed = kept.get(text) ?? gzipped(text, LEVEL);
    kept.delete(text);
    kept.set(text, packed);
    const [longestAgo] = kept.keys();
    if (kept.size > KEPT_TEXTS && longestAgo !== undefined) kept.delete(longestAgo);
    return packed;
  };
}

function isWorthIt(request: FastifyRequest, reply: FastifyReply): boolean {
  if (request.method !== 'GET' || reply.statusCode !== 200 || reply.hasHeader('content-encoding'))
    return false;
  if (!TEXTS.test(String(reply.getHeader('content-type') ?? ''))) return false;
  return /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
}

function announce(reply: FastifyReply): void {
  reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length');
  // Ranges would be of the bytes as they are sent.
  reply.removeHeader('accept-ranges');
}
