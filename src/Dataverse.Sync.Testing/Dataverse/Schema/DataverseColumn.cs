namespace Dataverse.Sync.Testing;

/// <summary>A column of a Dataverse table. The static methods make the usual kinds.</summary>
public sealed record DataverseColumn
{
    /// <summary>Logical name: lower case, as it stands in URLs and JSON.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of value.</summary>
    public required DataverseColumnType Type { get; init; }

    /// <summary>Characters that a text may have; null for no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Smallest number; null for the type's own.</summary>
    public decimal? MinValue { get; init; }

    /// <summary>Largest number; null for the type's own.</summary>
    public decimal? MaxValue { get; init; }

    /// <summary>
    /// Decimals that are kept of a number. Default 2; for <see cref="DataverseColumnType.Money"/> the currency decides.
    /// </summary>
    public int Precision { get; init; } = 2;

    /// <summary>Members of a choice, state or status column.</summary>
    public IReadOnlyList<DataverseChoice> Choices { get; init; } = [];

    /// <summary>Tables that a lookup may refer to.</summary>
    public IReadOnlyList<DataverseLookupTarget> Targets { get; init; } = [];

    /// <summary>Value of a new row that gives none; null leaves it empty.</summary>
    public object? Default { get; init; }

    /// <summary>When clients may write it. Default always.</summary>
    public DataverseColumnAccess Access { get; init; }

    /// <summary>How much it needs a value. Default not at all.</summary>
    public DataverseRequirement Requirement { get; init; }

    /// <summary>Whether the value refers to a row.</summary>
    public bool IsLookup =>
        Type is DataverseColumnType.Lookup or DataverseColumnType.Customer or DataverseColumnType.Owner;

    /// <summary>
    /// Name of the property that holds the value in JSON: <c>_name_value</c> for lookups, else the logical name.
    /// </summary>
    public string PropertyName => IsLookup ? $"_{Name}_value" : Name;

    /// <summary>
    /// Whether deleting a row that the column refers to acts upon the referring row, or is refused because of it.
    /// </summary>
    internal bool HasDeleteBehavior => Targets.Any(target => target.OnDelete is not DataverseDeleteBehavior.None);

    /// <summary>Single line of text.</summary>
    public static DataverseColumn Text(string name, int maxLength) =>
        new() { Name = name, Type = DataverseColumnType.Text, MaxLength = maxLength };

    /// <summary>Several lines of text.</summary>
    public static DataverseColumn Memo(string name, int maxLength = 2000) =>
        new() { Name = name, Type = DataverseColumnType.Memo, MaxLength = maxLength };

    /// <summary>Yes or no.</summary>
    public static DataverseColumn Boolean(string name, bool? defaultValue = false) =>
        new() { Name = name, Type = DataverseColumnType.Boolean, Default = defaultValue };

    /// <summary>32-bit number.</summary>
    public static DataverseColumn WholeNumber(string name, int minValue = int.MinValue, int maxValue = int.MaxValue) =>
        new() { Name = name, Type = DataverseColumnType.WholeNumber, MinValue = minValue, MaxValue = maxValue };

    /// <summary>Number with a fixed number of decimals.</summary>
    public static DataverseColumn Decimal(
        string name, int precision = 2, decimal minValue = -100_000_000_000m, decimal maxValue = 100_000_000_000m) =>
        new()
        {
            Name = name,
            Type = DataverseColumnType.Decimal,
            Precision = precision,
            MinValue = minValue,
            MaxValue = maxValue,
        };

    /// <summary>Floating-point number.</summary>
    public static DataverseColumn Double(string name, int precision, decimal minValue, decimal maxValue) =>
        new()
        {
            Name = name,
            Type = DataverseColumnType.Double,
            Precision = precision,
            MinValue = minValue,
            MaxValue = maxValue,
        };

    /// <summary>Amount of money.</summary>
    public static DataverseColumn Money(string name) => new()
    {
        Name = name,
        Type = DataverseColumnType.Money,
        MinValue = -922_337_203_685_477m,
        MaxValue = 922_337_203_685_477m,
    };

    /// <summary>Point in time.</summary>
    public static DataverseColumn DateTime(string name) => new() { Name = name, Type = DataverseColumnType.DateTime };

    /// <summary>Day without time.</summary>
    public static DataverseColumn Date(string name) => new() { Name = name, Type = DataverseColumnType.DateOnly };

    /// <summary>GUID that is no reference.</summary>
    public static DataverseColumn Guid(string name) =>
        new() { Name = name, Type = DataverseColumnType.UniqueIdentifier };

    /// <summary>One of a set of numbers, numbered from 1 in the order of <paramref name="labels"/>.</summary>
    public static DataverseColumn Choice(string name, params IReadOnlyList<string> labels) =>
        ChoiceFrom(name, 1, labels);

    /// <summary>
    /// One of a set of numbers, numbered from <paramref name="first"/> in the order of <paramref name="labels"/>.
    /// </summary>
    public static DataverseColumn ChoiceFrom(string name, int first, params IReadOnlyList<string> labels) => new()
    {
        Name = name,
        Type = DataverseColumnType.Choice,
        Choices = [.. labels.Select((label, n) => new DataverseChoice(first + n, label))],
    };

    /// <summary>Reference to a row of <paramref name="table"/>.</summary>
    /// <param name="name">Logical name.</param>
    /// <param name="table">Logical name of the table referred to.</param>
    /// <param name="navigationProperty">Null for <paramref name="name"/>; custom columns have a mixed-case one.</param>
    public static DataverseColumn Lookup(string name, string table, string? navigationProperty = null) => new()
    {
        Name = name,
        Type = DataverseColumnType.Lookup,
        Targets = [new DataverseLookupTarget(table, navigationProperty ?? name)],
    };
}
