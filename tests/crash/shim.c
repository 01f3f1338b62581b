/* Stands between a program and the C library, and makes the k-th call of one kind fail, or end the program, or writes down
   every change to the files of one folder. Told by the environment:

   FAULT_UNDER  only calls whose path contains this are counted
   FAULT_CALL   the kind of call, as named below; `change` for every call that changes something
   FAULT_AT     which of them, from 1
   FAULT_ERRNO  with what it fails; 0 kills the program in its place
   FAULT_ON     set, where all later ones fail too
   FAULT_COUNT  a file to which each counted call is added as one byte
   FAULT_LOG    a file to which each change is added */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t order = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static const char *under, *kind;
static long at, code, on, counted;
static int counter = -1, log_file = -1;

__attribute__((constructor)) static void begin(void) {
    under = getenv("FAULT_UNDER");
    kind = getenv("FAULT_CALL");
    at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
    code = getenv("FAULT_ERRNO") ? atol(getenv("FAULT_ERRNO")) : 0;
    on = getenv("FAULT_ON") != NULL;
    int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
    if (getenv("FAULT_COUNT")) counter = syscall(SYS_openat, AT_FDCWD, getenv("FAULT_COUNT"), flags, 0600);
    if (getenv("FAULT_LOG")) log_file = syscall(SYS_openat, AT_FDCWD, getenv("FAULT_LOG"), flags, 0600);
}

static void out(int file, const void *bytes, size_t length) {
    while (length > 0) {
        ssize_t done = syscall(SYS_write, file, bytes, length);
        if (done <= 0) abort();
        bytes = (const char *)bytes + done;
        length -= done;
    }
}

/* The whole path of a name in a folder, or of an open file. */
static const char *whole(int folder, const char *name, char *into) {
    char link[64], base[PATH_MAX];
    if (name && name[0] == '/') return name;
    if (folder == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, base, sizeof base - 1);
    base[length > 0 ? length : 0] = 0;
    if (name) snprintf(into, 2 * PATH_MAX, "%s/%s", base, name);
    else snprintf(into, 2 * PATH_MAX, "%s", base);
    return into;
}

/* Whether this call is to fail now. */
static int fails(const char *call, int is_change, const char *path) {
    if (!under || !strstr(path, under)) return 0;
    if (!kind || !(strcmp(kind, call) == 0 || (is_change && strcmp(kind, "change") == 0))) return 0;
    pthread_mutex_lock(&order);
    long now = ++counted;
    if (counter >= 0) out(counter, "x", 1);
    pthread_mutex_unlock(&order);
    if (at == 0 || now < at || (now > at && !on)) return 0;
    if (code == 0) kill(getpid(), SIGKILL);
    errno = code;
    return 1;
}

/* Some libraries rename by a system call of their own, past the C library. A temporary file that is gone from its name is
   looked for by its number. */
static struct { char path[PATH_MAX]; ino_t number; } fresh[8];

static void note(const char *what, const char *one, const char *two, long offset, const void *bytes, size_t length);

static void note_hidden_renames(void) {
    for (int i = 0; i < 8; i++) {
        struct stat about;
        if (!fresh[i].number || syscall(SYS_newfstatat, AT_FDCWD, fresh[i].path, &about, 0) == 0) continue;
        char folder[PATH_MAX], from[PATH_MAX];
        ino_t number = fresh[i].number;
        fresh[i].number = 0;
        strcpy(from, fresh[i].path);
        strcpy(folder, from);
        *strrchr(folder, '/') = 0;
        DIR *listing = opendir(folder);
        struct dirent *entry;
        while (listing && (entry = readdir(listing)))
            if (entry->d_ino == number) {
                char to[2 * PATH_MAX];
                snprintf(to, sizeof to, "%s/%s", folder, entry->d_name);
                note("rename", from, to, 0, "", 0);
            }
        if (listing) closedir(listing);
    }
}

static void remember(const char *path, int file) {
    struct stat about;
    const char *name = strrchr(path, '/');
    if (log_file < 0 || !name || strncmp(name, "/.tmp", 5) != 0 || syscall(SYS_fstat, file, &about) != 0) return;
    for (int i = 0; i < 8; i++)
        if (!fresh[i].number) {
            snprintf(fresh[i].path, sizeof fresh[i].path, "%s", path);
            fresh[i].number = about.st_ino;
            return;
        }
}

static void note(const char *what, const char *one, const char *two, long offset, const void *bytes, size_t length) {
    if (log_file < 0 || !under || !strstr(one, under)) return;
    int saved = errno;
    note_hidden_renames();
    char head[4 * PATH_MAX];
    int size = snprintf(head, sizeof head, "%s\t%s\t%s\t%ld\t%zu\n", what, one, two, offset, length);
    out(log_file, head, size);
    out(log_file, bytes, length);
    errno = saved;
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define LOCKED(type, call) pthread_mutex_lock(&order); type result = (call)
#define DONE pthread_mutex_unlock(&order); return result

static int opened(int result, const char *path, int flags, int was) {
    if (result >= 0 && (flags & O_CREAT) && !was) {
        note("create", path, "", 0, "", 0);
        remember(path, result);
    }
    if (result >= 0 && (flags & O_TRUNC) && was) note("cut", path, "", 0, "", 0);
    return result;
}

static int open_any(int folder, const char *name, int flags, mode_t mode) {
    char into[2 * PATH_MAX];
    const char *path = whole(folder, name, into);
    if (fails(flags & O_CREAT ? "create" : "open", (flags & (O_CREAT | O_TRUNC)) != 0, path)) return -1;
    pthread_mutex_lock(&order);
    struct stat about;
    int was = syscall(SYS_newfstatat, AT_FDCWD, path, &about, 0) == 0;
    int result = opened(syscall(SYS_openat, folder, name, flags, mode), path, flags, was);
    DONE;
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *name, int flags, ...) { MODE return open_any(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE return open_any(AT_FDCWD, name, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE return open_any(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE return open_any(folder, name, flags | O_LARGEFILE, mode); }

ssize_t write(int file, const void *bytes, size_t length) {
    REAL(write);
    char into[2 * PATH_MAX];
    const char *path = whole(file, NULL, into);
    if (fails("write", 1, path)) return -1;
    long offset = syscall(SYS_lseek, file, 0, SEEK_CUR);
    LOCKED(ssize_t, real(file, bytes, length));
    if (result > 0) note("write", path, "", offset, bytes, result);
    DONE;
}

ssize_t read(int file, void *bytes, size_t length) {
    REAL(read);
    char into[2 * PATH_MAX];
    return fails("read", 0, whole(file, NULL, into)) ? -1 : real(file, bytes, length);
}

struct dirent64 *readdir64(DIR *folder) {
    REAL(readdir64);
    char into[2 * PATH_MAX];
    return fails("readdir", 0, whole(dirfd(folder), NULL, into)) ? NULL : real(folder);
}

void *mmap64(void *where, size_t length, int protection, int flags, int file, off64_t offset) {
    char into[2 * PATH_MAX];
    if (file >= 0 && fails("mmap", 0, whole(file, NULL, into))) return (void *)-1;
    return (void *)syscall(SYS_mmap, where, length, protection, flags, file, offset);
}
void *mmap(void *where, size_t length, int protection, int flags, int file, off_t offset) {
    return mmap64(where, length, protection, flags, file, offset);
}

#define ON_FILE(name, type, ...) \
    REAL(name); \
    char into[2 * PATH_MAX]; \
    const char *path = whole(file, NULL, into); \
    if (fails(#name, 1, path)) return -1; \
    LOCKED(type, real(__VA_ARGS__));

int fsync(int file) { ON_FILE(fsync, int, file) if (!result) note("sync", path, "", 0, "", 0); DONE; }
int fdatasync(int file) { ON_FILE(fdatasync, int, file) if (!result) note("sync", path, "", 0, "", 0); DONE; }
int flock(int file, int how) { ON_FILE(flock, int, file, how) DONE; }
int ftruncate64(int file, off64_t length) { ON_FILE(ftruncate64, int, file, length) if (!result) note("size", path, "", length, "", 0); DONE; }

#define ON_NAME(call, folder, name, real_call, what) \
    char into[2 * PATH_MAX]; \
    const char *path = whole(folder, name, into); \
    if (fails(call, 1, path)) return -1; \
    LOCKED(int, real_call); \
    if (!result) note(what, path, "", 0, "", 0); \
    DONE;

int mkdir(const char *name, mode_t mode) { REAL(mkdir); ON_NAME("mkdir", AT_FDCWD, name, real(name, mode), "mkdir") }
int unlink(const char *name) { REAL(unlink); ON_NAME("unlink", AT_FDCWD, name, real(name), "unlink") }
int rmdir(const char *name) { REAL(rmdir); ON_NAME("unlink", AT_FDCWD, name, real(name), "unlink") }
int unlinkat(int folder, const char *name, int flags) { REAL(unlinkat); ON_NAME("unlink", folder, name, real(folder, name, flags), "unlink") }
int chmod(const char *name, mode_t mode) { REAL(chmod); ON_NAME("chmod", AT_FDCWD, name, real(name, mode), "chmod") }

int rename(const char *from, const char *to) {
    REAL(rename);
    char one[2 * PATH_MAX], two[2 * PATH_MAX];
    const char *a = whole(AT_FDCWD, from, one), *b = whole(AT_FDCWD, to, two);
    if (fails("rename", 1, b)) return -1;
    LOCKED(int, real(from, to));
    for (int i = 0; i < 8; i++)
        if (strcmp(fresh[i].path, a) == 0) fresh[i].number = 0;
    if (!result) note("rename", a, b, 0, "", 0);
    DONE;
}

int link(const char *from, const char *to) {
    REAL(link);
    char one[2 * PATH_MAX], two[2 * PATH_MAX];
    const char *a = whole(AT_FDCWD, from, one), *b = whole(AT_FDCWD, to, two);
    if (fails("link", 1, b)) return -1;
    LOCKED(int, real(from, to));
    if (!result) note("link", a, b, 0, "", 0);
    DONE;
}
