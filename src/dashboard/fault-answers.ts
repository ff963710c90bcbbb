import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { messageOf } from '../errors.ts';
import { Refusal } from './refusal.ts';
import type { App } from './server-parts.ts';
import { withoutFolders } from './shown/without-folders.ts';

/** Says in words what is wrong with a request; what is wrong with the server stands in the log, which alone may name paths. */
export function answerFaults(app: App): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).send({ message: error.message });
    if (hasZodFastifySchemaValidationErrors(error)) {
      return reply
        .code(400)
        .send({ message: `${error.validationContext ?? 'request'}: ${faultsOf(error.validation)}` });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ message: withoutFolders(error.message) });
    request.log.error(
      { err: messageOf(error), route: request.routeOptions.url },
      'live page: a request could not be answered',
    );
    return reply.code(500).send({ message: 'this could not be answered; the log of particled says why' });
  });
}

function faultsOf(
  validation: readonly { readonly instancePath?: string; readonly message?: string }[],
): string {
  return validation
    .map(({ instancePath = '', message = '' }) => {
      const key = instancePath.replace(/^\//, '').replaceAll('/', '.');
      return key === '' ? message : `${key}: ${message}`;
    })
    .join('; ');
}
