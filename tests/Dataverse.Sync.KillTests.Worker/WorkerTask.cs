namespace Dataverse.Sync.KillTests.Worker;

/// <summary>What the rounds of a worker are.</summary>
internal enum WorkerTask
{
    /// <summary>Runs of what was modified, until the input closes.</summary>
    Modified,

    /// <summary>One full run first, then as <see cref="Modified"/>.</summary>
    FullFirst,

    /// <summary>One full run, and nothing more.</summary>
    FullOnce,

    /// <summary>The job queue, until the input closes.</summary>
    Queue,

    /// <summary>A full synchronization of all mappings is asked for first, then as <see cref="Queue"/>.</summary>
    QueueFullFirst,

    /// <summary>Full runs until one has nothing to do and the journal is empty, then one of what was modified.</summary>
    UntilQuiet,
}
