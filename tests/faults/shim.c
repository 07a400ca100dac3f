// Makes a call of the C library fail, or ends the process there: loaded before it by LD_PRELOAD.
//
//   FAULT_AT=n        the nth counted call is struck; without it calls are counted only
//   FAULT_DO=errno    with this error, or `kill`: the process ends as by kill -9
//   FAULT_LASTS=1     every later call is struck too
//   FAULT_CALLS=a,b   only these are counted; without it all that change files
//   FAULT_COUNT=file  the number of counted calls is written there in the end
//   FAULT_CLOCK=file  seconds in this file are added to the time of day at every look at the clock
//
// What goes around the C library (a few crates do) is not struck.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls;

static int is_counted(const char *name) {
    const char *only = getenv("FAULT_CALLS");
    if (!only) return strcmp(name, "read") && strcmp(name, "open");
    size_t length = strlen(name);
    for (const char *at = only; at; at = strchr(at, ','), at = at ? at + 1 : NULL)
        if (!strncmp(at, name, length) && (at[length] == ',' || !at[length])) return 1;
    return 0;
}

// Whether this call fails; errno says how.
static int struck(const char *name) {
    if (!is_counted(name)) return 0;
    long call = atomic_fetch_add(&calls, 1) + 1;
    const char *at = getenv("FAULT_AT"), *what = getenv("FAULT_DO");
    if (!at || !what) return 0;
    long nth = atol(at);
    if (call != nth && !(call > nth && getenv("FAULT_LASTS"))) return 0;
    if (!strcmp(what, "kill")) kill(getpid(), SIGKILL);
    errno = atoi(what);
    return 1;
}

__attribute__((destructor)) static void count(void) {
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "%ld\n", atomic_load(&calls));
    fclose(file);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// Standard streams are no files of ours.
ssize_t write(int fd, const void *from, size_t count) {
    return fd > 2 && struck("write") ? -1 : REAL(write)(fd, from, count);
}
ssize_t writev(int fd, const struct iovec *from, int count) {
    return fd > 2 && struck("write") ? -1 : REAL(writev)(fd, from, count);
}
ssize_t read(int fd, void *to, size_t count) {
    return fd > 2 && struck("read") ? -1 : REAL(read)(fd, to, count);
}
int fsync(int fd) { return struck("fsync") ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return struck("fsync") ? -1 : REAL(fdatasync)(fd); }
int ftruncate64(int fd, off64_t length) { return struck("truncate") ? -1 : REAL(ftruncate64)(fd, length); }
int rename(const char *from, const char *to) { return struck("rename") ? -1 : REAL(rename)(from, to); }
int mkdir(const char *path, mode_t mode) { return struck("mkdir") ? -1 : REAL(mkdir)(path, mode); }
int unlink(const char *path) { return struck("unlink") ? -1 : REAL(unlink)(path); }
int unlinkat(int folder, const char *path, int flags) {
    return struck("unlink") ? -1 : REAL(unlinkat)(folder, path, flags);
}
int rmdir(const char *path) { return struck("unlink") ? -1 : REAL(rmdir)(path); }
int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return struck(flags & O_CREAT ? "create" : "open") ? -1 : REAL(open64)(path, flags, mode);
}
int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = REAL(clock_gettime)(clock, now);
    const char *path = getenv("FAULT_CLOCK");
    if (result || clock != CLOCK_REALTIME || !path) return result;
    FILE *file = fopen(path, "r");
    long seconds = 0;
    if (file && fscanf(file, "%ld", &seconds) == 1) now->tv_sec += seconds;
    if (file) fclose(file);
    return 0;
}
