namespace Dataverse.Sync.Execution;

/// <summary>A value translated for the other side, or the reason why it cannot be translated.</summary>
internal readonly record struct Translation
{
    public FieldValue Value { get; private init; }

    public SyncError? Error { get; private init; }

    public AwaitedCoupling? Awaited { get; private init; }

    public bool SkipsRecord { get; private init; }

    /// <summary>Whether the reference leads to a record that is about to be created and refers back, in a circle.</summary>
    public bool IsOfCircle { get; init; }

    public bool IsTranslated => Error is null;

    /// <summary>
    /// Whether the value is a blank in place of a reference that cannot be translated. It does not agree with a blank.
    /// </summary>
    public bool IsCleared { get; private init; }

    /// <summary>The coupling for which a cleared reference waits, or null if none can help.</summary>
    public ClearedReference? Cleared { get; private init; }

    /// <summary>
    /// Whether the blank only stands for a reference that is set later, so that an existing record keeps what it has.
    /// </summary>
    public bool IsPostponed { get; private init; }

    /// <summary>Why the field is left out, or null if it is not.</summary>
    public SyncError? LeftOut { get; private init; }

    /// <summary>Whether a text was cut to the length of the target.</summary>
    public bool IsCut { get; private init; }

    public static Translation To(FieldValue value) => new() { Value = value };

    public static Translation To(FittedValue fitted) => new() { Value = fitted.Value, IsCut = fitted.IsCut };

    /// <summary>A blank in place of a reference that cannot be translated.</summary>
    public static Translation Clearing(in Translation failed) => new()
    {
        IsCleared = true,
        Cleared = failed.Awaited is { } awaited ? new(failed.Error!, awaited) : null,
    };

    /// <summary>A blank in place of a reference that is set when the record to which it refers exists.</summary>
    public static Translation Postponing(in Translation waiting) => Clearing(waiting) with { IsPostponed = true };

    /// <summary>A field that is left out, because the value has no counterpart on the other side.</summary>
    public static Translation LeavingOut(in Translation failed) => Postponing(failed) with { LeftOut = failed.Error };

    public static Translation Failed(SyncError error) => new() { Error = error };

    public static Translation Waiting(SyncError error, AwaitedCoupling awaited) =>
        new() { Error = error, Awaited = awaited };

    public static Translation Skip(SyncError reason) => new() { Error = reason, SkipsRecord = true };
}
