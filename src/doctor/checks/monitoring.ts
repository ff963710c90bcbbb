import type { Config } from '../../config/schema.ts';
import { messageOf } from '../../errors.ts';
import { reachableHost } from '../../publish/embedded-broker.ts';
import { listenForAMoment } from '../../publish/port-probe.ts';
import { type Finding, failure, ok } from '../finding.ts';
import { whoAnswers } from '../who-answers.ts';

const CHECK = 'monitoring';

/** Whether the port of health and metrics can be had, where one is configured: free, or a running particled's. */
export async function checkMonitoring({ port, host }: Config['monitoring']): Promise<Finding[]> {
  if (port === null || port === 0) return [];
  try {
    await listenForAMoment(host, port);
    return [ok(CHECK, `port ${port} of ${host} is free`)];
  } catch (error) {
    if (!/EADDRINUSE/.test(messageOf(error))) {
      return [failure(CHECK, messageOf(error), 'correct monitoring.host and monitoring.port')];
    }
  }
  const program = await whoAnswers(`http://${reachableHost(host)}:${port}/healthz`);
  return program?.startsWith('particled/')
    ? [ok(CHECK, `a running ${program} has port ${port} of ${host}`)]
    : [
        failure(
          CHECK,
          `port ${port} of ${host} is taken by another program`,
          'choose another monitoring.port',
        ),
      ];
}
