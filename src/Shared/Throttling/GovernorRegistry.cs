namespace Dataverse.Sync.Shared;

/// <summary>Hands out the one governor of a service and user in this process.</summary>
/// <remarks>
/// A governor stays as long as a connection holds it, and beyond that until nothing it sent can count any more.
/// </remarks>
internal static class GovernorRegistry
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<Key, Entry> Entries = [];

    /// <summary>The governor of a connection, shared with every other connection of the same origin and user.</summary>
    /// <param name="origin">The scheme, host, and port of the service.</param>
    /// <param name="user">The user: the name of an account, or the delegate that returns its tokens.</param>
    /// <param name="settings">The limits of this connection; the governor applies the smallest of all its
    /// connections.</param>
    public static RequestGovernor Share(string origin, object user, GovernorSettings settings)
    {
        var key = new Key(origin, user, settings.TimeProvider);
        lock (Gate)
        {
            Forget();
            if (Entries.TryGetValue(key, out var entry) && entry.Governor is { } shared)
            {
                entry.Keep(shared);
                shared.Narrow(settings);
                return shared;
            }

            var governor = new RequestGovernor(settings, origin);
            Entries[key] = new Entry(governor);
            return governor;
        }
    }

    /// <summary>How long each service is left alone; of several accounts, the longest pause.</summary>
    public static IReadOnlyList<(string Origin, TimeSpan Left)> Pauses()
    {
        lock (Gate)
        {
            return
            [
                .. Entries.Where(entry => entry.Value.Governor is not null).GroupBy(entry => entry.Key.Origin)
                    .Select(group => (group.Key, group.Max(entry => entry.Value.Governor?.PausedFor ?? TimeSpan.Zero))),
            ];
        }
    }

    private static void Forget()
    {
        foreach (var (key, entry) in Entries)
        {
            if (!entry.IsNeeded())
            {
                _ = Entries.Remove(key);
            }
        }
    }

    /// <summary>
    /// What tells governors apart. The clock is part of it because times of two clocks cannot be compared.
    /// </summary>
    private sealed record Key(string Origin, object User, TimeProvider Clock);

    private sealed class Entry(RequestGovernor governor)
    {
        private readonly WeakReference<RequestGovernor> reference = new(governor);
        private RequestGovernor? busy = governor;

        public RequestGovernor? Governor => reference.TryGetTarget(out var target) ? target : null;

        public void Keep(RequestGovernor governor) => busy = governor;

        public bool IsNeeded()
        {
            // At rest nothing is lost with it: it is kept by its connections alone.
            busy = Governor is { IsAtRest: false } target ? target : null;
            return Governor is not null;
        }
    }
}
