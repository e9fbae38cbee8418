namespace Dataverse.Sync.Testing;

/// <summary>How an <see cref="InMemoryTable"/> behaves, beyond what its schema says.</summary>
/// <remarks>
/// The schema decides the rest: <see cref="TableSchema.ReportsDeletions"/> the kind of change feed,
/// <see cref="TableSchema.KeepsChosenIds"/> who chooses ids, <see cref="TableSchema.BusinessKeyField"/> which field is
/// unique.
/// </remarks>
public sealed record InMemoryTableOptions
{
    /// <summary>
    /// The greatest number of records a page, and the page size where a query names none; 5,000 unless said otherwise.
    /// </summary>
    public int PageSize { get; init; } = 5_000;

    /// <summary>The precision of the stamps.</summary>
    public StampResolution StampResolution { get; init; }

    /// <summary>
    /// How far a feed by watermark reaches behind the newest stamp already seen; 5 minutes unless said otherwise.
    /// </summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What a successful write's answer carries besides the id.</summary>
    public WriteAnswer Answer { get; init; }

    /// <summary>
    /// The first number that an inserted record without a business key receives, such as "C00010"; its trailing digits
    /// count up and numbers in use are passed over. Null leaves the key blank.
    /// </summary>
    public string? FirstNumber { get; init; }

    /// <summary>
    /// The field that shows the stamp of the last change, filled by the system; null shows it only as
    /// <see cref="TableRecord.ModifiedOn"/>.
    /// </summary>
    public string? ModifiedOnField { get; init; }

    /// <summary>
    /// What the system makes of a value that is written, after its own rule for codes and before the length is checked:
    /// truncate, round, replace. Must be free of side effects.
    /// </summary>
    public Func<FieldSchema, FieldValue, FieldValue>? Normalize { get; init; }

    /// <summary>The behaviour of a table of one of the clouds.</summary>
    public static InMemoryTableOptions For(InMemoryFlavor flavor) => flavor == InMemoryFlavor.Dataverse
        ? new() { StampResolution = StampResolution.WholeSecond, Answer = WriteAnswer.Version }
        : new() { StampResolution = StampResolution.ThreeHundredth, Answer = WriteAnswer.Record };
}
