/*
 * A disk that fails when it is told to. Preloaded into a process, this library stands between it and
 * the C library's file functions, counts what changes files below one folder, and makes the n-th
 * such operation fail. What to do is read from a control file of one page that the test maps and
 * writes, so that the test can lift a fault while the process runs. See fault-control.ts for the
 * layout; both sides must agree.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAGIC 0x48464654u
#define FOLDER_AT 256
#define PAGE 4096
#define KILLED 137

enum { OPEN = 1, WRITE = 2, SYNC = 4, TRUNCATE = 8, RENAME = 16, UNLINK = 32 };
enum { PASS, FAIL, SHORT, TORN, TORN_EXIT, EXIT, POWER_CUT };

struct control {
  uint32_t magic;
  uint32_t armed;
  uint32_t operations; /* which kinds count */
  uint32_t action;
  uint32_t error;
  uint32_t sticky; /* from the n-th on, not only the n-th */
  uint32_t nth;
  uint32_t seen;
  uint32_t hits;
  uint32_t seed; /* of the power cut: which unsynced writes reach the disk */
};

static volatile struct control *control;
static char nowhere[PAGE];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
  return dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void take_up(void) {
  control = (struct control *)nowhere;
  const char *path = getenv("HOLDFAST_FAULT_CONTROL");
  if (path == NULL) return;
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  syscall(SYS_close, fd);
  if (page == MAP_FAILED) return;
  if (((struct control *)page)->magic == MAGIC) control = page;
}

static int below(const char *path) {
  const char *folder = (const char *)control + FOLDER_AT;
  size_t length = strnlen(folder, PAGE - FOLDER_AT);
  if (length == 0 || strncmp(path, folder, length) != 0) return 0;
  return path[length] == '/' || path[length] == '\0';
}

static int path_of(int fd, char *path, size_t size) {
  char link[40];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, size - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  return 1;
}

static int concerns(int fd) {
  char path[PAGE];
  return control->armed && path_of(fd, path, sizeof path) && below(path);
}

/* ---- what has been written and not yet synced, for the power cut ---- */

struct record {
  struct record *before;
  dev_t device;
  ino_t file;
  off_t at, old_size;
  size_t old_length, length;
  char *path;
  char *old_bytes, *bytes;
};

static struct record *unsynced;

static void forget(struct record *record) {
  free(record->path);
  free(record->old_bytes);
  free(record->bytes);
  free(record);
}

static void remember(int fd, const void *bytes, size_t length, off_t at) {
  char path[PAGE];
  struct stat info;
  if (control->action != POWER_CUT || !path_of(fd, path, sizeof path)) return;
  if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) return;
  struct record *record = calloc(1, sizeof *record);
  record->device = info.st_dev;
  record->file = info.st_ino;
  record->at = at;
  record->old_size = info.st_size;
  record->length = length;
  record->path = strdup(path);
  record->bytes = malloc(length + 1);
  memcpy(record->bytes, bytes, length);
  record->old_bytes = malloc(length + 1);
  int reader = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  ssize_t read = reader < 0 ? 0 : pread(reader, record->old_bytes, length, at);
  if (reader >= 0) syscall(SYS_close, reader);
  record->old_length = read < 0 ? 0 : (size_t)read;
  record->before = unsynced;
  unsynced = record;
}

static void settle(int fd) {
  struct stat info;
  if (unsynced == NULL || fstat(fd, &info) != 0) return;
  struct record **link = &unsynced;
  while (*link != NULL) {
    struct record *record = *link;
    if (record->device == info.st_dev && record->file == info.st_ino) {
      *link = record->before;
      forget(record);
    } else {
      link = &record->before;
    }
  }
}

static void put(const char *path, const char *bytes, size_t length, off_t at, off_t size) {
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  if (length > 0) syscall(SYS_pwrite64, fd, bytes, length, at);
  if (size >= 0) syscall(SYS_ftruncate, fd, size);
  syscall(SYS_close, fd);
}

/* The disk keeps what was synced, and of the rest what its cache happened to have written. */
static void cut_power(void) {
  struct record *later = NULL;
  for (struct record *record = unsynced, *next; record != NULL; record = next) {
    put(record->path, record->old_bytes, record->old_length, record->at, record->old_size);
    next = record->before;
    record->before = later;
    later = record;
  }
  unsigned int seed = control->seed;
  for (struct record *record = later; record != NULL; record = record->before) {
    if (seed != 0 && rand_r(&seed) % 2 == 0) {
      put(record->path, record->bytes, record->length, record->at, -1);
    }
  }
  _exit(KILLED);
}

/* ---- the decision ---- */

/* What to do with an operation that concerns us; `control->hits` counts what was not let through. */
static uint32_t decide(uint32_t operation) {
  if (!control->armed || (control->operations & operation) == 0) return PASS;
  uint32_t number = __atomic_add_fetch(&control->seen, 1, __ATOMIC_SEQ_CST);
  if (control->sticky ? number < control->nth : number != control->nth) return PASS;
  __atomic_add_fetch(&control->hits, 1, __ATOMIC_SEQ_CST);
  if (control->action == EXIT) _exit(KILLED);
  if (control->action == POWER_CUT) cut_power();
  return control->action;
}

static int refuse(void) {
  errno = (int)control->error;
  return -1;
}

typedef ssize_t (*write_call)(int fd, const void *bytes, size_t length, off_t at);

static ssize_t change(int fd, const void *bytes, size_t length, off_t at, write_call call) {
  if (!concerns(fd)) return call(fd, bytes, length, at);
  pthread_mutex_lock(&lock);
  uint32_t action = decide(WRITE);
  ssize_t done;
  if (action == PASS) {
    remember(fd, bytes, length, at >= 0 ? at : (off_t)syscall(SYS_lseek, fd, 0, SEEK_CUR));
    done = call(fd, bytes, length, at);
  } else if (action == FAIL) {
    done = refuse();
  } else {
    done = call(fd, bytes, length > 1 ? length / 2 : length, at);
    if (action == TORN_EXIT) _exit(KILLED);
    if (action == TORN) done = refuse();
  }
  pthread_mutex_unlock(&lock);
  return done;
}

static ssize_t plain_write(int fd, const void *bytes, size_t length, off_t at) {
  (void)at;
  return REAL(write)(fd, bytes, length);
}

static ssize_t write_at(int fd, const void *bytes, size_t length, off_t at) {
  return REAL(pwrite64)(fd, bytes, length, at);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  return change(fd, bytes, length, -1, plain_write);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  return change(fd, bytes, length, at, write_at);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
  return change(fd, bytes, length, at, write_at);
}

/* As if each piece were written by itself. */
ssize_t writev(int fd, const struct iovec *pieces, int count) {
  if (!concerns(fd)) return REAL(writev)(fd, pieces, count);
  ssize_t sum = 0;
  for (int i = 0; i < count; i++) {
    ssize_t done = write(fd, pieces[i].iov_base, pieces[i].iov_len);
    if (done < 0) return sum > 0 ? sum : done;
    sum += done;
    if ((size_t)done < pieces[i].iov_len) return sum;
  }
  return sum;
}

ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t at) {
  if (!concerns(fd)) return REAL(pwritev)(fd, pieces, count, at);
  ssize_t sum = 0;
  for (int i = 0; i < count; i++) {
    ssize_t done = pwrite64(fd, pieces[i].iov_base, pieces[i].iov_len, at + sum);
    if (done < 0) return sum > 0 ? sum : done;
    sum += done;
    if ((size_t)done < pieces[i].iov_len) return sum;
  }
  return sum;
}

ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off64_t at) {
  return pwritev(fd, pieces, count, at);
}

static int flush(int fd, int (*call)(int)) {
  if (!concerns(fd)) return call(fd);
  pthread_mutex_lock(&lock);
  int done;
  if (decide(SYNC) != PASS) {
    done = refuse();
  } else {
    done = call(fd);
    if (done == 0) settle(fd);
  }
  pthread_mutex_unlock(&lock);
  return done;
}

int fsync(int fd) {
  return flush(fd, REAL(fsync));
}

int fdatasync(int fd) {
  return flush(fd, REAL(fdatasync));
}

int ftruncate64(int fd, off64_t length) {
  if (concerns(fd)) {
    pthread_mutex_lock(&lock);
    int refused = decide(TRUNCATE) != PASS;
    /* Taken as written at once: what it cuts off can't be put back. */
    if (!refused) settle(fd);
    pthread_mutex_unlock(&lock);
    if (refused) return refuse();
  }
  return REAL(ftruncate64)(fd, length);
}

int ftruncate(int fd, off_t length) {
  return ftruncate64(fd, length);
}

static int named(const char *path, uint32_t operation) {
  if (!control->armed || path == NULL || !below(path)) return 0;
  pthread_mutex_lock(&lock);
  uint32_t action = decide(operation);
  pthread_mutex_unlock(&lock);
  return action != PASS;
}

int rename(const char *from, const char *to) {
  return named(to, RENAME) ? refuse() : REAL(rename)(from, to);
}

int unlink(const char *path) {
  return named(path, UNLINK) ? refuse() : REAL(unlink)(path);
}

int mkdir(const char *path, mode_t mode) {
  return named(path, OPEN) ? refuse() : REAL(mkdir)(path, mode);
}

/* Only what opens for writing: the disk goes on giving what it has. */
#define OPENING(name, path, ...)                                                      \
  mode_t mode = 0;                                                                    \
  if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE) {                   \
    va_list rest;                                                                     \
    va_start(rest, flags);                                                            \
    mode = va_arg(rest, mode_t);                                                      \
    va_end(rest);                                                                     \
  }                                                                                   \
  if ((flags & O_ACCMODE) != O_RDONLY && named(path, OPEN)) return refuse();          \
  return REAL(name)(__VA_ARGS__, flags, mode)

int open(const char *path, int flags, ...) {
  OPENING(open, path, path);
}

int open64(const char *path, int flags, ...) {
  OPENING(open64, path, path);
}

int openat(int folder, const char *path, int flags, ...) {
  OPENING(openat, path, folder, path);
}
