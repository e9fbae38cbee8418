namespace Dataverse.Sync.Testing;

/// <summary>The behavior of an <see cref="InMemoryTable"/> beyond its schema.</summary>
/// <remarks>
/// The schema decides the rest: a field's scale, time resolution, text normalization, and whether it can be read,
/// <see cref="TableSchema.ReportsDeletions"/> the kind of change feed, <see cref="TableSchema.KeepsChosenIds"/> who
/// chooses ids, and <see cref="TableSchema.BusinessKeyField"/> which field must be unique.
/// </remarks>
public sealed record InMemoryTableOptions
{
    /// <summary>
    /// The maximum number of records on a page, and the page size if a query names none. Default 5,000.
    /// </summary>
    public int PageSize { get; init; } = 5_000;

    /// <summary>The precision of the stamps. Default <see cref="StampResolution.WholeSecond"/>.</summary>
    public StampResolution StampResolution { get; init; }

    /// <summary>
    /// How far a feed by watermark reads back behind the newest stamp that was read before. Default 5 minutes.
    /// </summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The target tables by field. A reference or an identifier contains the id of a row of its target table, any other field
    /// the business key. A reference that names a table refers to that table instead. The connector refuses a write whose
    /// value refers to no row, as both services do. Changes that a test makes are not checked. Default none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Targets { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The references by which rows are deleted when the connector deletes the row to which they refer. Default none.
    /// </summary>
    public IReadOnlyList<string> CascadingFields { get; init; } = [];

    /// <summary>
    /// Whether rows that are deleted as a consequence disappear only when <see cref="InMemoryConnector.CompleteCascades"/>
    /// is called, as large cascades do. Default <see langword="false"/>.
    /// </summary>
    public bool CascadesLate { get; init; }

    /// <summary>The content of the response to a successful write. Default <see cref="WriteAnswer.Version"/>.</summary>
    public WriteAnswer Answer { get; init; }

    /// <summary>
    /// The first number for an inserted record without a business key, such as "C00010". The trailing digits count up;
    /// numbers in use are skipped. Null (default) leaves the key blank.
    /// </summary>
    public string? FirstNumber { get; init; }

    /// <summary>
    /// The field that shows the stamp of the last change, filled by the system. Null (default): only
    /// <see cref="TableRecord.ModifiedOn"/> shows it.
    /// </summary>
    public string? ModifiedOnField { get; init; }

    /// <summary>
    /// What the system does to the values of single fields beyond what the schema tells. Default: nothing.
    /// </summary>
    public IReadOnlyDictionary<string, InMemoryFieldOptions> Fields { get; init; } =
        new Dictionary<string, InMemoryFieldOptions>();

    /// <summary>
    /// How a number with more decimal places than the field stores is shortened;
    /// <see cref="MidpointRounding.ToZero"/> cuts them off. Default <see cref="MidpointRounding.AwayFromZero"/>.
    /// </summary>
    public MidpointRounding NumberRounding { get; init; } = MidpointRounding.AwayFromZero;

    /// <summary>
    /// Whether an instant is rounded to the resolution of the field instead of cut. Default <see langword="false"/>.
    /// </summary>
    public bool RoundsInstants { get; init; }

    /// <summary>
    /// Transforms a written value, for example to truncate or round it. It runs after the field's own normalization and before
    /// the length is checked, and must be free of side effects. Null (default) keeps values as written.
    /// </summary>
    public Func<FieldSchema, FieldValue, FieldValue>? Normalize { get; init; }

    /// <summary>Creates the default behavior for a flavor.</summary>
    /// <param name="flavor">The flavor.</param>
    /// <returns>
    /// Whole seconds and the version in responses for Dataverse; 1/300 s and the record in responses for Business
    /// Central.
    /// </returns>
    public static InMemoryTableOptions For(InMemoryFlavor flavor) => flavor == InMemoryFlavor.Dataverse
        ? new() { StampResolution = StampResolution.WholeSecond, Answer = WriteAnswer.Version }
        : new() { StampResolution = StampResolution.ThreeHundredth, Answer = WriteAnswer.Record };
}
