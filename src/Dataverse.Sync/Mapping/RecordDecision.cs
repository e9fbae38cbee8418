namespace Dataverse.Sync;

/// <summary>A rule's answer about a record: keep it, or leave it out for a reason.</summary>
public readonly record struct RecordDecision
{
    private RecordDecision(string? reason) => Reason = reason;

    /// <summary>The record goes on.</summary>
    public static RecordDecision Keep => default;

    /// <summary>Why the record is left out; null when it is kept.</summary>
    public string? Reason { get; }

    /// <summary>Leaves the record out.</summary>
    /// <param name="reason">A sentence for people, without field values.</param>
    public static RecordDecision Skip(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(reason);
    }
}
