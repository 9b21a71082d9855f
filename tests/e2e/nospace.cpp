// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program it lets every write to a file fail as on a full disk, for as long as the
// file named by PAGEDESK_TEST_NOSPACE exists.
#include <cerrno>
#include <cstdlib>

#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

bool isFull()
{
    const char *name = std::getenv("PAGEDESK_TEST_NOSPACE");
    const int before = errno;
    const bool full = name && ::access(name, F_OK) == 0;
    errno = before;
    return full;
}

template <typename Function> Function next(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

using Write = ssize_t (*)(int, const void *, size_t, off_t);

} // namespace

extern "C" ssize_t pwrite(int file, const void *bytes, size_t count, off_t at)
{
    static const auto real = next<Write>("pwrite");
    if (!isFull())
        return real(file, bytes, count, at);
    errno = ENOSPC;
    return -1;
}

// To files only: what is said on a pipe or a socket needs no disk.
extern "C" ssize_t write(int file, const void *bytes, size_t count)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t)>("write");
    struct stat status { };
    if (!isFull() || ::fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
        return real(file, bytes, count);
    errno = ENOSPC;
    return -1;
}

extern "C" ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at)
{
    return pwrite(file, bytes, count, at);
}
