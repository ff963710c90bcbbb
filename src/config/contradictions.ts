import { isAbsolute, relative, resolve, sep } from 'node:path';
import { dashboardFaults } from './dashboard-faults.ts';
import { mailFaults } from './mail-faults.ts';
import { mqttFaults } from './mqtt-faults.ts';
import { queueFaults } from './queue-faults.ts';
import type { Config } from './schema.ts';

/** A daemon whose two doors are one lets nobody in by the second. */
function monitoringFaults({ mqtt, monitoring }: Config): string[] {
  const taken = mqtt.broker === 'embedded' && mqtt.port !== 0 && mqtt.port === monitoring.port;
  return taken
    ? [`monitoring.port: ${mqtt.port} is mqtt.port, where the embedded broker listens; choose another`]
    : [];
}

/** What each key alone cannot show. */
export function contradictions(config: Config): string[] {
  const faults = mailFaults(config);
  if ((config.grid.rows === null) !== (config.grid.columns === null)) {
    faults.push('grid.rows, grid.columns: must both be numbers or both null');
  }
  if (config.disk.tilesFreeGb > config.disk.overlaysFreeGb) {
    faults.push(
      `disk.tilesFreeGb: ${config.disk.tilesFreeGb} is more than disk.overlaysFreeGb (${config.disk.overlaysFreeGb}); outlines end before tiles`,
    );
  }
  faults.push(
    ...mqttFaults(config),
    ...monitoringFaults(config),
    ...dashboardFaults(config),
    ...queueFaults(config),
  );
  if (config.report.csvSeparator === 'comma' && config.report.csvDecimalMark === 'comma') {
    faults.push(
      'report.csvSeparator, report.csvDecimalMark: both are comma, so that a number falls apart; set csvSeparator: semicolon',
    );
  }
  if (config.report.baseUrl !== null && config.report.folder === null) {
    faults.push('report.baseUrl: is set while report.folder is null, so that nothing lies there; set both');
  }
  for (const [key, path] of [
    ['report.folder', config.report.folder],
    ['store.file', config.store.file],
  ] as const) {
    if (path !== null && isInside(path, config.watch.folder)) {
      faults.push(
        `${key}: ${path} lies inside watch.folder (${config.watch.folder}); particled only reads there`,
      );
    }
  }
  return faults;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}
