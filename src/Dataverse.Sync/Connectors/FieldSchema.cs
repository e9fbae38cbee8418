namespace Dataverse.Sync;

/// <summary>What a connector knows about a field.</summary>
public sealed record FieldSchema
{
    /// <summary>The name of the field, as used in queries, records, and writes.</summary>
    /// <remarks>For a Dataverse lookup it is the logical name of the column, without prefix or suffix.</remarks>
    public required string Name { get; init; }

    /// <summary>
    /// Other names under which a filter text may name the field, compared without regard to letter case; empty if there
    /// are none.
    /// </summary>
    /// <remarks>
    /// In Business Central, the name that people see and the number in stored filters: "No." and "Field1".
    /// </remarks>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>The type of the field.</summary>
    public required FieldType Type { get; init; }

    /// <summary>
    /// The maximum length of a text in UTF-16 code units, or null if unlimited, unknown, or not a text.
    /// </summary>
    public int? MaxLength { get; init; }

    /// <summary>
    /// The number of decimal places that the system stores, or null if unlimited, unknown, or not a number.
    /// </summary>
    /// <remarks>
    /// The engine rounds a number to this scale, halves away from zero, before it sends it. So nothing is left to the
    /// rounding of the system, and the stored value is known.
    /// </remarks>
    public int? Scale { get; init; }

    /// <summary>
    /// The scales of an amount whose scale follows a reference of its record, or null if it does not.
    /// </summary>
    /// <remarks>If the reference is blank or unknown, <see cref="Scale"/> applies.</remarks>
    public ScaleByReference? ScaleByReference { get; init; }

    /// <summary>
    /// The smallest difference between two instants, durations, or times of day that the system stores, or null if
    /// unknown or none of them.
    /// </summary>
    /// <remarks>
    /// The engine brings a value to a multiple of it before it sends the value: it cuts an instant or a time of day, and
    /// rounds a duration, halves away from zero.
    /// </remarks>
    public TimeSpan? TimeResolution { get; init; }

    /// <summary>What a date or an instant means to the system.</summary>
    /// <value>The default is <see cref="DateTimeBehavior.UserLocal"/>.</value>
    public DateTimeBehavior DateTimeBehavior { get; init; }

    /// <summary>How the system changes a text when it stores it.</summary>
    /// <value>The default is <see cref="TextNormalization.None"/>.</value>
    public TextNormalization TextNormalization { get; init; }

    /// <summary>Whether the caller can read the field.</summary>
    /// <remarks>
    /// A system that withholds a value answers as if the field were blank, or with a mask. The engine neither sends nor
    /// blanks anything on account of a field that cannot be read.
    /// </remarks>
    /// <value>The default is true.</value>
    public bool CanRead { get; init; } = true;

    /// <summary>Whether the system can store a blank in the field.</summary>
    /// <remarks>
    /// If it cannot, its zero may stand for a blank. When a pair or a field is synchronized for the first time, such a
    /// zero does not win over a value.
    /// </remarks>
    /// <value>The default is true.</value>
    public bool CanBeBlank { get; init; } = true;

    /// <summary>Whether the field can be set when a record is created.</summary>
    /// <value>The default is true.</value>
    public bool CanInsert { get; init; } = true;

    /// <summary>Whether the field of an existing record can be changed.</summary>
    /// <value>The default is true.</value>
    public bool CanUpdate { get; init; } = true;

    /// <summary>Whether the system refuses a record in which the field is blank.</summary>
    /// <value>The default is false.</value>
    public bool IsRequired { get; init; }

    /// <summary>
    /// Whether the system stores texts in upper case and without surrounding blanks, like the codes of Business
    /// Central.
    /// </summary>
    /// <value>The default is false.</value>
    public bool IsCode { get; init; }

    /// <summary>The options of a choice of one or several; empty if unknown.</summary>
    public IReadOnlyList<ChoiceOption> Options { get; init; } = [];

    /// <summary>The tables to which a reference can point; empty if unknown.</summary>
    public IReadOnlyList<string> ReferencedTables { get; init; } = [];
}
