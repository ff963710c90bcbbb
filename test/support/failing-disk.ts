import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preloaded } from './preloaded.ts';
import type { Premises } from './premises.ts';

/** What a disk may fail at. */
export type DiskCall = 'read' | 'write' | 'sync';

/**
 * The calls that SQLite makes on open files, in front of those of the C library: of the kind FAIL_AT, on files whose path
 * starts with FAIL_BELOW, and while the file FAIL_WHILE is there, they fail with EIO, as those on a disk that dies do.
 */
const source = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
static int fails(const char *kind, int fd) {
  const char *at = getenv("FAIL_AT"), *below = getenv("FAIL_BELOW"), *flag = getenv("FAIL_WHILE");
  char link[32], path[PATH_MAX];
  if (!at || !below || !flag || strcmp(at, kind) || faccessat(AT_FDCWD, flag, F_OK, 0)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  if (strncmp(path, below, strlen(below))) return 0;
  errno = EIO;
  return 1;
}
ssize_t pread(int fd, void *to, size_t size, off_t at) { return fails("read", fd) ? -1 : NEXT(pread)(fd, to, size, at); }
ssize_t pread64(int fd, void *to, size_t size, off64_t at) { return fails("read", fd) ? -1 : NEXT(pread64)(fd, to, size, at); }
ssize_t pwrite(int fd, const void *from, size_t size, off_t at) { return fails("write", fd) ? -1 : NEXT(pwrite)(fd, from, size, at); }
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) { return fails("write", fd) ? -1 : NEXT(pwrite64)(fd, from, size, at); }
int fsync(int fd) { return fails("sync", fd) ? -1 : NEXT(fsync)(fd); }
int fdatasync(int fd) { return fails("sync", fd) ? -1 : NEXT(fdatasync)(fd); }
`;

export interface FailingDisk {
  /** For the daemon's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on. */
  fail(): void;
  recover(): void;
}

/** @param below the paths of its files start so */
export function failingDisk({ folder }: Premises, at: DiskCall, below: string): FailingDisk {
  const flag = join(folder, 'fails');
  return {
    env: {
      LD_PRELOAD: preloaded(folder, 'failing-disk', source),
      FAIL_AT: at,
      FAIL_BELOW: below,
      FAIL_WHILE: flag,
    },
    fail: () => writeFileSync(flag, ''),
    recover: () => rmSync(flag),
  };
}
