// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QPointer>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace Pagedesk {

template <typename T> class Task;

namespace Detail {

template <typename T> struct TaskState {
    std::optional<Result<T>> result;
    std::function<void(const Result<T> &)> listener;

    void finish(Result<T> value)
    {
        if (result)
            return;
        result.emplace(std::move(value));
        if (listener)
            std::exchange(listener, nullptr)(*result);
    }
};

} // namespace Detail

// The end that finishes a Task, exactly once. Destroyed unfinished, it finishes as Cancelled.
template <typename T = void> class Promise {
public:
    Promise()
        : m_state(std::make_shared<Detail::TaskState<T>>())
    {
    }
    Promise(Promise &&) noexcept = default;
    Promise &operator=(Promise &&other) noexcept
    {
        abandon();
        m_state = std::move(other.m_state);
        return *this;
    }
    ~Promise() { abandon(); }

    Task<T> task() const { return Task<T>(m_state); }
    void finish(Result<T> result)
    {
        const auto state = m_state; // the listener may destroy this promise
        state->finish(std::move(result));
    }

private:
    void abandon()
    {
        if (m_state)
            m_state->finish(failure(Error::Kind::Cancelled, QStringLiteral("abandoned")));
    }

    std::shared_ptr<Detail::TaskState<T>> m_state;
};

// An answer that comes later, on the same thread. It finishes exactly once with a Result<T>.
// Not thread-safe: a Task and its Promise live on one thread.
template <typename T = void> class [[nodiscard]] Task {
public:
    static Task finished(Result<T> result)
    {
        Task task(std::make_shared<Detail::TaskState<T>>());
        task.m_state->finish(std::move(result));
        return task;
    }

    // Calls f(const Result<T> &) when finished: at once if it is already, never after `context`
    // has died. At most one listener a task.
    template <typename F> void then(const QObject *context, F f)
    {
        listen([guard = QPointer<const QObject>(context), f = std::move(f)](
                   const Result<T> &r) mutable {
            if (guard)
                f(r);
        });
    }

    // Continues with f(const T &) -> Task<U> when this succeeds; passes an error through.
    template <typename F> auto andThen(const QObject *context, F f)
    {
        using Next = typename NextTask<F>::type;
        using U = typename Next::Value;
        auto promise = std::make_shared<Promise<U>>();
        auto next = promise->task();
        listen([guard = QPointer<const QObject>(context), f = std::move(f), promise](
                   const Result<T> &r) mutable {
            if (!guard)
                return;
            if (!r) {
                promise->finish(failure(r.error()));
                return;
            }
            auto forward = [promise](const Result<U> &u) { promise->finish(u); };
            if constexpr (std::is_void_v<T>)
                f().listen(forward);
            else
                f(*r).listen(forward);
        });
        return next;
    }

    using Value = T;

private:
    template <typename> friend class Promise;
    template <typename> friend class Task;

    template <typename F, typename = void> struct NextTask {
        using type = std::invoke_result_t<F, std::add_lvalue_reference_t<const T>>;
    };
    template <typename F>
    struct NextTask<F, std::enable_if_t<std::is_void_v<T> && std::is_invocable_v<F>>> {
        using type = std::invoke_result_t<F>;
    };

    explicit Task(std::shared_ptr<Detail::TaskState<T>> state)
        : m_state(std::move(state))
    {
    }

    void listen(std::function<void(const Result<T> &)> listener)
    {
        if (m_state->result)
            listener(*m_state->result);
        else
            m_state->listener = std::move(listener);
    }

    std::shared_ptr<Detail::TaskState<T>> m_state;
};

} // namespace Pagedesk
