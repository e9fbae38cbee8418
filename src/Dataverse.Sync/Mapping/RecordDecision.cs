namespace Dataverse.Sync;

/// <summary>The decision of a rule to keep or to skip a record.</summary>
public readonly record struct RecordDecision
{
    private RecordDecision(string? reason) => Reason = reason;

    /// <summary>Keeps the record.</summary>
    public static RecordDecision Keep => default;

    /// <summary>The reason why the record is skipped, or null if it is kept.</summary>
    public string? Reason { get; }

    /// <summary>Skips the record.</summary>
    /// <param name="reason">A sentence for people, without field values. It is stored with the job.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is null, empty, or white space.</exception>
    public static RecordDecision Skip(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(reason);
    }
}
