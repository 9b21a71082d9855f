// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program it kills it at the n-th call that changes something on the disk, n being
// PAGEDESK_TEST_KILLAT: before the call is made.
#include <csignal>
#include <cstdlib>

#include <dlfcn.h>
#include <unistd.h>

namespace {

void step()
{
    static const char *const text = std::getenv("PAGEDESK_TEST_KILLAT");
    static int left = text ? std::atoi(text) : 0;
    if (left > 0 && --left == 0)
        ::kill(::getpid(), SIGKILL);
}

template <typename Function> Function next(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" ssize_t pwrite(int file, const void *bytes, size_t count, off_t at)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t, off_t)>("pwrite");
    step();
    return real(file, bytes, count, at);
}

extern "C" ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at)
{
    return pwrite(file, bytes, count, at);
}

extern "C" int fsync(int file)
{
    static const auto real = next<int (*)(int)>("fsync");
    step();
    return real(file);
}

extern "C" int fdatasync(int file)
{
    static const auto real = next<int (*)(int)>("fdatasync");
    step();
    return real(file);
}

extern "C" int rename(const char *from, const char *to)
{
    static const auto real = next<int (*)(const char *, const char *)>("rename");
    step();
    return real(from, to);
}

extern "C" int link(const char *from, const char *to) noexcept
{
    static const auto real = next<int (*)(const char *, const char *)>("link");
    step();
    return real(from, to);
}

extern "C" int unlink(const char *name) noexcept
{
    static const auto real = next<int (*)(const char *)>("unlink");
    step();
    return real(name);
}
