// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program it counts what changes files below the folder PAGEDESK_TEST_FAULT_FOLDER
// and lets one of these calls go wrong: PAGEDESK_TEST_FAULT is "<kind> <which>", with which counted
// from 1, or "<kind> <which> sync", which counts syncs only; the kind is one of
//   none          nothing; to count
//   kill-before   SIGKILL in place of the call
//   kill-after    SIGKILL once it is done
//   torn          SIGKILL when half of a write is done
//   short         half of a write, and the number of bytes to prove it
//   eio, enospc   the call fails; of a write half is done
// Each call is a line in the file PAGEDESK_TEST_FAULT_LOG: its name and the file's, and "FAULT" at
// the one that went wrong.
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

enum class Kind { None, KillBefore, KillAfter, Torn, Short, Eio, Enospc };

struct Plan {
    Kind kind = Kind::None;
    long which = 0;
    bool countsSyncs = false;
    const char *folder = nullptr;
    size_t folderLength = 0;
    int log = -1;
};

Kind kindFrom(std::string_view name)
{
    constexpr std::string_view Names[]
        = {"none", "kill-before", "kill-after", "torn", "short", "eio", "enospc"};
    for (int i = 0; i < 7; ++i) {
        if (Names[i] == name)
            return static_cast<Kind>(i);
    }
    return Kind::None;
}

Plan readPlan()
{
    Plan plan;
    const char *fault = std::getenv("PAGEDESK_TEST_FAULT");
    const char *log = std::getenv("PAGEDESK_TEST_FAULT_LOG");
    plan.folder = std::getenv("PAGEDESK_TEST_FAULT_FOLDER");
    if (!fault || !log || !plan.folder)
        return plan;
    plan.folderLength = std::strlen(plan.folder);
    const std::string_view text(fault);
    const size_t space = text.find(' ');
    plan.kind = kindFrom(text.substr(0, space));
    if (space != std::string_view::npos)
        plan.which = std::strtol(fault + space + 1, nullptr, 10);
    plan.countsSyncs = text.ends_with(" sync");
    plan.log = ::open(log, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    return plan;
}

const Plan &plan()
{
    static const Plan read = readPlan();
    return read;
}

bool isWatched(const char *path)
{
    return plan().log >= 0 && path && std::strncmp(path, plan().folder, plan().folderLength) == 0;
}

void note(const char *call, const char *path, bool fault)
{
    const char *name = std::strrchr(path, '/');
    char line[256];
    const int length = std::snprintf(
        line, sizeof line, "%s %s%s\n", call, name ? name + 1 : path, fault ? " FAULT" : "");
    ::syscall(SYS_write, plan().log, line, static_cast<size_t>(length));
}

// What is to happen to this call: None unless it is the one.
Kind faultOf(const char *call, const char *path)
{
    static std::atomic<long> count = 0;
    const int before = errno;
    Kind kind = Kind::None;
    if (isWatched(path)) {
        const bool counts = !plan().countsSyncs || std::string_view(call).ends_with("sync");
        const bool isTheOne = counts && ++count == plan().which;
        kind = isTheOne ? plan().kind : Kind::None;
        note(call, path, kind != Kind::None);
    }
    errno = before;
    return kind;
}

Kind faultOf(const char *call, int file)
{
    if (plan().log < 0 || file == plan().log)
        return Kind::None;
    char link[32];
    char path[512];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const int before = errno;
    const ssize_t length = ::readlink(link, path, sizeof path - 1);
    errno = before;
    if (length <= 0)
        return Kind::None;
    path[length] = '\0';
    return faultOf(call, path);
}

[[noreturn]] void die()
{
    ::raise(SIGKILL);
    std::abort();
}

template <typename Function> Function next(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

// Calls `real` as the fault wants it, for calls that do or do not.
template <typename Real> auto with(Kind kind, Real real) -> decltype(real())
{
    switch (kind) {
    case Kind::KillBefore:
    case Kind::Torn:
        die();
    case Kind::KillAfter:
        real();
        die();
    case Kind::Eio:
        errno = EIO;
        return -1;
    case Kind::Enospc:
        errno = ENOSPC;
        return -1;
    default:
        return real();
    }
}

// The same for writes, which can be done by half: `part` writes so many bytes.
template <typename Part> ssize_t withPart(Kind kind, size_t count, Part part)
{
    if (kind == Kind::Torn) {
        part(count / 2);
        die();
    }
    if (kind == Kind::Short)
        return part(count > 1 ? count / 2 : count);
    if (kind == Kind::Eio || kind == Kind::Enospc)
        part(count / 2);
    return with(kind, [&] { return part(count); });
}

} // namespace

extern "C" ssize_t write(int file, const void *bytes, size_t count)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t)>("write");
    return withPart(faultOf("write", file), count, [&](size_t n) { return real(file, bytes, n); });
}

extern "C" ssize_t pwrite(int file, const void *bytes, size_t count, off_t at)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t, off_t)>("pwrite");
    return withPart(
        faultOf("pwrite", file), count, [&](size_t n) { return real(file, bytes, n, at); });
}

extern "C" ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at)
{
    return pwrite(file, bytes, count, at);
}

extern "C" int fsync(int file)
{
    static const auto real = next<int (*)(int)>("fsync");
    return with(faultOf("fsync", file), [&] { return real(file); });
}

extern "C" int fdatasync(int file)
{
    static const auto real = next<int (*)(int)>("fdatasync");
    return with(faultOf("fdatasync", file), [&] { return real(file); });
}

extern "C" int ftruncate(int file, off_t size) noexcept
{
    static const auto real = next<int (*)(int, off_t)>("ftruncate");
    return with(faultOf("ftruncate", file), [&] { return real(file, size); });
}

extern "C" int ftruncate64(int file, off_t size) noexcept
{
    return ftruncate(file, size);
}

extern "C" int unlink(const char *path) noexcept
{
    static const auto real = next<int (*)(const char *)>("unlink");
    return with(faultOf("unlink", path), [&] { return real(path); });
}

extern "C" int link(const char *from, const char *to) noexcept
{
    static const auto real = next<int (*)(const char *, const char *)>("link");
    return with(faultOf("link", to), [&] { return real(from, to); });
}

extern "C" int rename(const char *from, const char *to) noexcept
{
    static const auto real = next<int (*)(const char *, const char *)>("rename");
    return with(faultOf("rename", to), [&] { return real(from, to); });
}
