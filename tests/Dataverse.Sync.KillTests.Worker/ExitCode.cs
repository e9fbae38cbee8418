namespace Dataverse.Sync.KillTests.Worker;

/// <summary>How a worker ends that nobody kills.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>The coupling store failed.</summary>
    StoreFailed = 3,

    /// <summary>Something else ended a run.</summary>
    RunFailed = 4,

    /// <summary>There was always something left to do.</summary>
    NeverQuiet = 5,
}
