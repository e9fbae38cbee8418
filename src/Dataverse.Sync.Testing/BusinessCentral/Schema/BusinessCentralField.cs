namespace Dataverse.Sync.Testing;

/// <summary>One property of an API page.</summary>
/// <param name="Name">The name in JSON; letter case matters.</param>
/// <param name="Type">The type, which decides the JSON form.</param>
public sealed record BusinessCentralField(string Name, BusinessCentralFieldType Type)
{
    /// <summary>
    /// The maximum length of a text in UTF-16 units; <see langword="null"/> (default) for no limit. Longer text is
    /// refused, never truncated.
    /// </summary>
    public int? MaxLength { get; init; }

    /// <summary>
    /// The maximum number of decimal places of a decimal, as its <c>DecimalPlaces</c> says; <see langword="null"/>
    /// (default) for no limit. <see cref="BusinessCentralEmulatorOptions.ExcessDecimals"/> decides about more.
    /// </summary>
    public int? DecimalPlaces { get; init; }

    /// <summary>
    /// Whether clients cannot write the property. Properties with another source than
    /// <see cref="BusinessCentralFieldSource.Stored"/> are always read-only. Default <see langword="false"/>.
    /// </summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The source of the value. Default <see cref="BusinessCentralFieldSource.Stored"/>.</summary>
    public BusinessCentralFieldSource Source { get; init; }

    /// <summary>The members of an enum in ordinal order, escaped as in JSON. Empty (default) for other types.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>
    /// The caption of the field in Business Central, which error messages use. Default <see cref="Name"/>.
    /// </summary>
    public string Caption { get; init; } = Name;

    /// <summary>
    /// The name of the enum type in <c>$metadata</c>. Pages whose fields have the same AL enum share the name; their
    /// <see cref="Members"/> must then be equal. Null (default) for the name of the entity type followed by that of the
    /// property.
    /// </summary>
    public string? EnumName { get; init; }

    /// <summary>The ordinal values of <see cref="Members"/>; null for 0, 1, 2 …</summary>
    internal IReadOnlyList<int>? MemberValues { get; init; }

    /// <summary>
    /// Whether the page computes the value instead of reading a column, so that filters on it are doubtful.
    /// </summary>
    internal bool IsPageVariable { get; init; }

    /// <summary>
    /// The length of the variable of the page, through which a text passes on its way to the column; null if the
    /// variable has no limit, or for a column.
    /// </summary>
    internal int? VariableLength { get; init; }

    /// <summary>A date formula, which <c>$metadata</c> shows as a text without a length.</summary>
    internal bool IsDateFormula { get; init; }

    /// <summary>Whether <c>$metadata</c> says that the property is never null: keys, and columns that must not be blank.</summary>
    internal bool IsMandatory { get; init; }

    /// <summary>The length in <c>$metadata</c>: that of the variable where the page has one in place of the column.</summary>
    internal int? DeclaredLength => IsDateFormula ? null : IsPageVariable ? VariableLength : MaxLength;

    internal bool IsWritable => Source == BusinessCentralFieldSource.Stored && !IsReadOnly;
}
