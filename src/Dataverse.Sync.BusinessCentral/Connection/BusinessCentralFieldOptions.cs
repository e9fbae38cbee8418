namespace Dataverse.Sync.BusinessCentral;

/// <summary>What a table's metadata does not tell of a field. Null keeps what is known.</summary>
public sealed record BusinessCentralFieldOptions
{
    /// <summary>
    /// What the field holds; <see cref="FieldType.Choice"/> for an enumeration that the metadata calls text.
    /// </summary>
    public FieldType? Type { get; init; }

    /// <summary>The greatest number of characters of a text.</summary>
    public int? MaxLength { get; init; }

    /// <summary>
    /// The number of decimal places that the page keeps of a number, 0 to 18, as the field's <c>DecimalPlaces</c> says.
    /// Numbers are rounded to it, halves away from zero, before they are sent.
    /// </summary>
    public int? Scale { get; init; }

    /// <summary>Whether a new record may be given a value.</summary>
    public bool? CanInsert { get; init; }

    /// <summary>Whether an existing record may be given another value.</summary>
    public bool? CanUpdate { get; init; }

    /// <summary>Whether the system refuses a record without a value.</summary>
    public bool? IsRequired { get; init; }

    /// <summary>Whether the field is a code, stored in upper case and trimmed.</summary>
    public bool? IsCode { get; init; }

    /// <summary>Whether the service can filter by the field; false for values that the page computes.</summary>
    public bool? CanFilter { get; init; }

    /// <summary>The members of an enumeration in their order, as people read them; the blank one is left out.</summary>
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>
    /// The number of the first of <see cref="Members"/>, from which the others are counted: 1 if the blank member was left
    /// out, otherwise usually 0. Filter texts may then name a member by its number, and intervals of members have an order.
    /// </summary>
    public int? FirstMember { get; init; }

    /// <summary>
    /// Other names under which filter texts may name the field, such as <c>No.</c> and <c>Field1</c>, compared without
    /// regard to letter case.
    /// </summary>
    public IReadOnlyList<string>? OtherNames { get; init; }

    internal static BusinessCentralFieldOptions ReadOnly { get; } = new() { CanInsert = false, CanUpdate = false };

    internal static BusinessCentralFieldOptions Code { get; } = new() { IsCode = true };

    /// <summary>These settings, completed by others where they say nothing.</summary>
    internal BusinessCentralFieldOptions Or(BusinessCentralFieldOptions? other) => other is null ? this : new()
    {
        Type = Type ?? other.Type,
        MaxLength = MaxLength ?? other.MaxLength,
        Scale = Scale ?? other.Scale,
        CanInsert = CanInsert ?? other.CanInsert,
        CanUpdate = CanUpdate ?? other.CanUpdate,
        IsRequired = IsRequired ?? other.IsRequired,
        IsCode = IsCode ?? other.IsCode,
        CanFilter = CanFilter ?? other.CanFilter,
        Members = Members ?? other.Members,
        FirstMember = FirstMember ?? (Members is null ? other.FirstMember : null),
        OtherNames = OtherNames ?? other.OtherNames,
    };
}
