namespace Dataverse.Sync.Execution;

/// <summary>A value translated for the other side, or the reason why it cannot be translated.</summary>
internal readonly record struct Translation
{
    public FieldValue Value { get; private init; }

    public SyncError? Error { get; private init; }

    public AwaitedCoupling? Awaited { get; private init; }

    public bool SkipsRecord { get; private init; }

    public bool IsTranslated => Error is null;

    /// <summary>Whether a text was cut to the length of the target.</summary>
    public bool IsCut { get; private init; }

    public static Translation To(FieldValue value) => new() { Value = value };

    public static Translation To(FittedValue fitted) => new() { Value = fitted.Value, IsCut = fitted.IsCut };

    public static Translation Failed(SyncError error) => new() { Error = error };

    public static Translation Waiting(SyncError error, AwaitedCoupling awaited) =>
        new() { Error = error, Awaited = awaited };

    public static Translation Skip(SyncError reason) => new() { Error = reason, SkipsRecord = true };
}
