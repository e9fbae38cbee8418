namespace Dataverse.Sync.HttpHarness;

/// <summary>What happens to a request on its way.</summary>
internal enum Mishap
{
    /// <summary>Nothing: the service executes the request and its response arrives.</summary>
    None,

    /// <summary>The connection breaks before the service receives the request.</summary>
    DroppedBefore,

    /// <summary>The service executes the request, and its response is lost.</summary>
    DroppedAfter,

    /// <summary>The connection breaks, and the service executes the request minutes later.</summary>
    Late,

    /// <summary>The service executes the request, and the client waits for the response until its time limit.</summary>
    Hanging,

    /// <summary>The service executes the request twice, and the response to the first one arrives.</summary>
    DoubledFirst,

    /// <summary>The service executes the request twice, and the response to the second one arrives.</summary>
    DoubledLast,

    /// <summary>The response arrives in part.</summary>
    Cut,

    /// <summary>A record is missing in the response to a read by id or in a list of ids.</summary>
    Omitted,

    /// <summary>The service is overloaded: 429, not executed.</summary>
    Throttled,

    /// <summary>A gateway responds with 503, not executed.</summary>
    Unavailable,

    /// <summary>A gateway responds with 503 although the service executes the request.</summary>
    UnavailableAfter,

    /// <summary>The service was the victim of a deadlock and rolled the request back.</summary>
    Deadlock,

    /// <summary>The service reports a deadlock although it executed the request.</summary>
    DeadlockAfter,

    /// <summary>The service refuses the request: 403, not executed.</summary>
    Forbidden,

    /// <summary>The process is killed before the request leaves.</summary>
    KilledBefore,

    /// <summary>The process is killed after the service executed the request.</summary>
    KilledAfter,

    /// <summary>The process is killed, and the service executes the request minutes later.</summary>
    KilledLate,

    /// <summary>The process is suspended before the request leaves.</summary>
    SuspendedBefore,

    /// <summary>The process is suspended before the response arrives.</summary>
    SuspendedAfter,
}
