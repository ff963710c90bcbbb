import helmet from '@fastify/helmet';
import { softwareVersion } from '../../version.ts';
import type { App } from '../server-parts.ts';

/** A year: browsers then ask this name by TLS alone. */
const TLS_ALONE_S = 31_536_000;

/**
 * What browsers are told: they run nothing but the page's own scripts, load nothing from elsewhere, and show it in nobody's
 * frame. Styles that scripts set on single elements are allowed, as charts and the zoomable picture do.
 */
export async function protectingHeaders(app: App, hasTls: boolean): Promise<void> {
  const own = ["'self'"];
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: own,
        styleSrc: own,
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: own,
        connectSrc: own,
        fontSrc: own,
        manifestSrc: own,
        baseUri: ["'none'"],
        formAction: own,
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: hasTls ? { maxAge: TLS_ALONE_S, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('server', `particled/${softwareVersion}`);
    // What was read while somebody was signed in is not shown from a memory afterwards.
    if (request.url.startsWith('/api') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store');
  });
}
