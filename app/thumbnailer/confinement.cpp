// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/thumbnailer/confinement.h"

#include <array>
#include <cerrno>
#include <memory>

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace Pagedesk::Thumbnailer {

namespace {

constexpr rlim_t Seconds = 10; // of the processor
constexpr rlim_t OutputBytes = 2 * 1024 * 1024; // should it go into a file
[[maybe_unused]] constexpr rlim_t MemoryBytes = 1024ULL * 1024 * 1024;

// What decoding, scaling (which takes threads) and ending need. Anything else fails as not
// permitted.
constexpr std::array Allowed{SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev),
    SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(close), SCMP_SYS(mmap),
    SCMP_SYS(munmap), SCMP_SYS(mprotect), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
    SCMP_SYS(futex), SCMP_SYS(futex_waitv), SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(rseq),
    SCMP_SYS(set_robust_list), SCMP_SYS(set_tid_address), SCMP_SYS(exit), SCMP_SYS(exit_group),
    SCMP_SYS(eventfd2), SCMP_SYS(pipe2), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_getparam), SCMP_SYS(sched_getscheduler),
    SCMP_SYS(sched_get_priority_min), SCMP_SYS(sched_get_priority_max),
    SCMP_SYS(sched_setscheduler), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(gettimeofday),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
    SCMP_SYS(sysinfo), SCMP_SYS(restart_syscall), SCMP_SYS(tgkill)};

bool limit(__rlimit_resource what, rlim_t most)
{
    const rlimit both{most, most};
    return setrlimit(what, &both) == 0;
}

[[maybe_unused]] bool filterCalls()
{
    const std::unique_ptr<void, decltype(&seccomp_release)> filter(
        seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
    if (!filter)
        return false;
    for (const int call : Allowed) {
        // Not every architecture has all of them.
        if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == -EINVAL)
            return false;
    }
    return seccomp_load(filter.get()) == 0;
}

} // namespace

bool confine()
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !limit(RLIMIT_CPU, Seconds)
        || !limit(RLIMIT_FSIZE, OutputBytes) || !limit(RLIMIT_CORE, 0))
        return false;
#if defined(__SANITIZE_ADDRESS__)
    return true; // the leak check at the end traces the process, and shadows take much memory
#else
    return limit(RLIMIT_AS, MemoryBytes) && filterCalls();
#endif
}

} // namespace Pagedesk::Thumbnailer
