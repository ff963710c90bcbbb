import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ofPreloading, preloaded } from './preloaded.ts';
import type { Premises } from './premises.ts';

/** What makes calls on a folder hang or fail inside every process of a daemon, as a share whose server is away does. */
export const ofStumblingShares = ofPreloading;

/**
 * The calls that libuv makes, in front of those of the C library (ld.so(8), LD_PRELOAD): below STUMBLE_AT, and while
 * the file STUMBLE_WHILE is there, they return only when it has gone, or, where STUMBLE_ERRNO is set, open(2) fails.
 */
const source = `
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
static long (*call)(long, ...);
__attribute__((constructor)) static void find(void) { call = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall"); }
static int stumbles(const char *path) {
  const char *at = getenv("STUMBLE_AT"), *flag = getenv("STUMBLE_WHILE");
  if (!at || !flag || !path || strncmp(path, at, strlen(at))) return 0;
  return call(SYS_faccessat, AT_FDCWD, flag, F_OK) == 0;
}
static void hang(const char *path) {
  if (getenv("STUMBLE_ERRNO")) return;
  while (stumbles(path)) usleep(50000);
}
static int refused(const char *path) {
  struct stat file;
  if (!getenv("STUMBLE_ERRNO") || !stumbles(path)) return 0;
  if (fstatat(AT_FDCWD, path, &file, 0) == 0 && S_ISDIR(file.st_mode)) return 0;
  errno = atoi(getenv("STUMBLE_ERRNO"));
  return 1;
}
int open(const char *path, int flags, ...) {
  va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);
  hang(path);
  return refused(path) ? -1 : NEXT(open)(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);
  hang(path);
  return refused(path) ? -1 : NEXT(open64)(path, flags, mode);
}
int statx(int fd, const char *restrict path, int flags, unsigned mask, struct statx *restrict out) {
  hang(path);
  return NEXT(statx)(fd, path, flags, mask, out);
}
int scandir(const char *restrict path, struct dirent ***restrict list, int (*filter)(const struct dirent *),
            int (*compare)(const struct dirent **, const struct dirent **)) {
  hang(path);
  return NEXT(scandir)(path, list, filter, compare);
}
int scandir64(const char *restrict path, struct dirent64 ***restrict list, int (*filter)(const struct dirent64 *),
              int (*compare)(const struct dirent64 **, const struct dirent64 **)) {
  hang(path);
  return NEXT(scandir64)(path, list, filter, compare);
}
long syscall(long number, ...) {
  va_list rest; va_start(rest, number);
  long a = va_arg(rest, long), b = va_arg(rest, long), c = va_arg(rest, long), d = va_arg(rest, long),
       e = va_arg(rest, long), f = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_statx) hang((const char *)b);
  return call(number, a, b, c, d, e, f);
}
/* As on a share: of what another computer writes there is no event. */
int inotify_add_watch(int fd, const char *path, unsigned mask) {
  return NEXT(inotify_add_watch)(fd, path, getenv("STUMBLE_MUTE") ? IN_DELETE_SELF : mask);
}
`;

export interface StumblingShare {
  /** For the daemon's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on. */
  stumble(): void;
  recover(): void;
}

/**
 * @param errno what open(2) fails with; left out: all calls hang
 * @param at where, with all that is below it
 */
export function stumblingShare(
  { folder, exportFolder }: Premises,
  errno?: number,
  at = exportFolder,
): StumblingShare {
  const flag = join(folder, 'stumbles');
  return {
    env: {
      LD_PRELOAD: preloaded(folder, 'stumble', source),
      STUMBLE_AT: at,
      STUMBLE_WHILE: flag,
      ...(errno !== undefined && { STUMBLE_ERRNO: String(errno) }),
    },
    stumble: () => writeFileSync(flag, ''),
    recover: () => rmSync(flag),
  };
}
