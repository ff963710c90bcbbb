import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Files with places and names of hosts in them; all others are taken as they are. */
const CONFIGURATION = /\.(conf|ya?ml)$/;

const serviceSchema = z.object({
  command: z.array(z.string()).min(1),
  volumes: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  deploy: z.object({ replicas: z.int().positive() }).optional(),
});
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});
export type Service = z.infer<typeof serviceSchema>;

/** `compose.yaml` of the checkout. */
export function composeFile(): z.infer<typeof composeSchema> {
  return composeSchema.parse(parse(readFileSync(join(root, 'compose.yaml'), 'utf8')));
}

/** One mount of a service: what lies where in its container. */
export interface Mount {
  /** A path of this computer, as the file has it, or the name of a volume. */
  readonly source: string;
  readonly target: string;
}

/** Volumes and secrets. */
export function mountsOf(service: Service, { secrets }: ReturnType<typeof composeFile>): Mount[] {
  const mounts = service.volumes.map((volume) => {
    const [, source = '', target = ''] = /^(\$\{[^}]*\}|[^:]*):([^:]*)/.exec(volume) ?? [];
    return { source: /^\$\{\w+:-(.*)\}$/.exec(source)?.[1] ?? source, target };
  });
  const files = service.secrets.map((name) => ({
    source: secrets[name]?.file ?? '',
    target: `/run/secrets/${name}`,
  }));
  return [...mounts, ...files];
}

/** The services as processes of this computer, each thing at a place of the test. */
export function placedHere(options: {
  /** Where volumes and changed configurations go. */
  readonly folder: string;
  /** What `./secrets` and `./export` of the file are here. */
  readonly folders: Readonly<Record<string, string>>;
  /** What stands here for `host:port` of a container, and for words of commands. */
  readonly words: Readonly<Record<string, string>>;
}): (name: string) => {
  readonly command: string[];
  readonly health: string[] | null;
  readonly replicas: number;
} {
  const compose = composeFile();
  const here = (source: string): string => {
    const [, first = '', rest = ''] = /^\.\/([^/]*)(.*)$/.exec(source) ?? [];
    if (first === '') return join(options.folder, source);
    const other = options.folders[first];
    return other === undefined ? resolve(root, source) : `${other}${rest}`;
  };
  return (name) => {
    const service = compose.services[name];
    if (!service) throw new Error(`compose.yaml has no service ${name}`);
    const mounts = mountsOf(service, compose);
    const placed = (text: string): string => {
      const all = [
        ...mounts.map(({ source, target }) => [target, here(source)] as const),
        ...Object.entries(options.words),
      ].toSorted(([a], [b]) => b.length - a.length);
      return all.reduce((so, [from, to]) => so.replaceAll(from, to), text);
    };
    for (const { source, target } of mounts.filter((mount) => CONFIGURATION.test(mount.source))) {
      writeFileSync(
        join(options.folder, `${name}-${basename(target)}`),
        placed(readFileSync(here(source), 'utf8')),
      );
    }
    const word = (text: string): string => {
      const file = mounts.find(({ target, source }) => target === text && CONFIGURATION.test(source));
      return file ? join(options.folder, `${name}-${basename(text)}`) : placed(text);
    };
    return {
      command: service.command.map(word),
      health: service.healthcheck?.test?.map(word) ?? null,
      replicas: service.deploy?.replicas ?? 1,
    };
  };
}
