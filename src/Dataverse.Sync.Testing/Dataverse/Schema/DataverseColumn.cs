namespace Dataverse.Sync.Testing;

/// <summary>Defines a column of a Dataverse table. The static methods create the usual types.</summary>
public sealed record DataverseColumn
{
    /// <summary>The logical name, in lower case, as in URLs and JSON.</summary>
    public required string Name { get; init; }

    /// <summary>The type of the values.</summary>
    public required DataverseColumnType Type { get; init; }

    /// <summary>The maximum length of a text in characters; <see langword="null"/> for no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The minimum of a number; <see langword="null"/> for the minimum of the type.</summary>
    public decimal? MinValue { get; init; }

    /// <summary>The maximum of a number; <see langword="null"/> for the maximum of the type.</summary>
    public decimal? MaxValue { get; init; }

    /// <summary>
    /// The number of decimals to which a number is rounded. Default 2. For <see cref="DataverseColumnType.Money"/> it
    /// counts only if <see cref="PrecisionSource"/> says so.
    /// </summary>
    public int Precision { get; init; } = 2;

    /// <summary>
    /// For <see cref="DataverseColumnType.Money"/>, what decides how many decimals are stored. Default
    /// <see cref="DataversePrecisionSource.Currency"/>.
    /// </summary>
    public DataversePrecisionSource PrecisionSource { get; init; } = DataversePrecisionSource.Currency;

    /// <summary>
    /// For <see cref="DataverseColumnType.DateTime"/>, whether the value is an instant or has no time zone. Default
    /// <see cref="DateTimeBehavior.UserLocal"/>. A column without a time has the type
    /// <see cref="DataverseColumnType.DateOnly"/>.
    /// </summary>
    public DateTimeBehavior Behavior { get; init; }

    /// <summary>
    /// For <see cref="DataverseColumnType.DateTime"/>, whether forms show the date only. The value stays an instant.
    /// Default <see langword="false"/>.
    /// </summary>
    public bool ShowsDateOnly { get; init; }

    /// <summary>
    /// Whether column security is switched on, so that callers need the rights of
    /// <see cref="DataverseSecurity.Grant"/>. Default <see langword="false"/>.
    /// </summary>
    public bool IsSecured { get; init; }

    /// <summary>The members of a choice, state or status column.</summary>
    public IReadOnlyList<DataverseChoice> Choices { get; init; } = [];

    /// <summary>
    /// The name of the global choice from which the members come; <see langword="null"/> (default) for a choice of the
    /// column's own. Columns that name the same global choice have the same members.
    /// </summary>
    public string? GlobalChoice { get; init; }

    /// <summary>The tables that a lookup may refer to.</summary>
    public IReadOnlyList<DataverseLookupTarget> Targets { get; init; } = [];

    /// <summary>The value of a new row that sends none; <see langword="null"/> (default) for no value.</summary>
    public object? Default { get; init; }

    /// <summary>
    /// The writes in which a client may set the column. Default <see cref="DataverseColumnAccess.ReadWrite"/>.
    /// </summary>
    public DataverseColumnAccess Access { get; init; }

    /// <summary>Whether the column requires a value. Default <see cref="DataverseRequirement.None"/>.</summary>
    public DataverseRequirement Requirement { get; init; }

    /// <summary>Whether the value refers to a row.</summary>
    public bool IsLookup =>
        Type is DataverseColumnType.Lookup or DataverseColumnType.Customer or DataverseColumnType.Owner;

    /// <summary>Whether the platform keeps the value to itself.</summary>
    internal bool IsWriteOnly { get; init; }

    /// <summary>The name of the JSON property: <c>_name_value</c> for lookups, otherwise the logical name.</summary>
    public string PropertyName => IsLookup ? $"_{Name}_value" : Name;

    /// <summary>
    /// Whether deleting a row that the column refers to acts upon the referring row, or is refused because of it.
    /// </summary>
    internal bool HasDeleteBehavior => Targets.Any(target => target.OnDelete is not DataverseDeleteBehavior.None);

    /// <summary>Creates a single line of text.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="maxLength">The maximum length in characters.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn Text(string name, int maxLength) =>
        new() { Name = name, Type = DataverseColumnType.Text, MaxLength = maxLength };

    /// <summary>Creates a text of several lines.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="maxLength">The maximum length in characters. Default 2,000.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn Memo(string name, int maxLength = 2000) =>
        new() { Name = name, Type = DataverseColumnType.Memo, MaxLength = maxLength };

    /// <summary>Creates a yes/no column.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="defaultValue">
    /// The value of a new row that sends none; <see langword="null"/> for no value. Default <see langword="false"/>.
    /// </param>
    /// <returns>The column.</returns>
    public static DataverseColumn Boolean(string name, bool? defaultValue = false) =>
        new() { Name = name, Type = DataverseColumnType.Boolean, Default = defaultValue };

    /// <summary>Creates a 32-bit number.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="minValue">The minimum. Default <see cref="int.MinValue"/>.</param>
    /// <param name="maxValue">The maximum. Default <see cref="int.MaxValue"/>.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn WholeNumber(string name, int minValue = int.MinValue, int maxValue = int.MaxValue) =>
        new() { Name = name, Type = DataverseColumnType.WholeNumber, MinValue = minValue, MaxValue = maxValue };

    /// <summary>Creates a number with a fixed number of decimals.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="precision">The number of decimals. Default 2.</param>
    /// <param name="minValue">The minimum. Default -100,000,000,000.</param>
    /// <param name="maxValue">The maximum. Default 100,000,000,000.</param>
    /// <returns>The column.</returns>
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

    /// <summary>Creates a floating-point number.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="precision">The number of decimals to which values are rounded.</param>
    /// <param name="minValue">The minimum.</param>
    /// <param name="maxValue">The maximum.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn Double(string name, int precision, decimal minValue, decimal maxValue) =>
        new()
        {
            Name = name,
            Type = DataverseColumnType.Double,
            Precision = precision,
            MinValue = minValue,
            MaxValue = maxValue,
        };

    /// <summary>Creates an amount of money in the currency of the row.</summary>
    /// <param name="name">The logical name.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn Money(string name) => new()
    {
        Name = name,
        Type = DataverseColumnType.Money,
        MinValue = -922_337_203_685_477m,
        MaxValue = 922_337_203_685_477m,
    };

    /// <summary>Creates a point in time.</summary>
    /// <param name="name">The logical name.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn DateTime(string name) => new() { Name = name, Type = DataverseColumnType.DateTime };

    /// <summary>Creates a date without a time.</summary>
    /// <param name="name">The logical name.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn Date(string name) => new() { Name = name, Type = DataverseColumnType.DateOnly };

    /// <summary>Creates a GUID that is not a reference.</summary>
    /// <param name="name">The logical name.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn Guid(string name) =>
        new() { Name = name, Type = DataverseColumnType.UniqueIdentifier };

    /// <summary>Creates a choice whose members are numbered from 1.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="labels">The labels of the members, in order.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn Choice(string name, params IReadOnlyList<string> labels) =>
        ChoiceFrom(name, 1, labels);

    /// <summary>Creates a choice whose members are numbered from a given value.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="first">The number of the first member.</param>
    /// <param name="labels">The labels of the members, in order.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn ChoiceFrom(string name, int first, params IReadOnlyList<string> labels) => new()
    {
        Name = name,
        Type = DataverseColumnType.Choice,
        Choices = [.. labels.Select((label, n) => new DataverseChoice(first + n, label))],
    };

    /// <summary>Creates a choice of any number of options, which are numbered from 1.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="labels">The labels of the options, in order.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn MultiChoice(string name, params IReadOnlyList<string> labels) =>
        ChoiceFrom(name, 1, labels) with { Type = DataverseColumnType.MultiChoice };

    /// <summary>Creates a length of time in whole minutes.</summary>
    /// <param name="name">The logical name.</param>
    /// <returns>The column.</returns>
    public static DataverseColumn Duration(string name) => new()
    {
        Name = name,
        Type = DataverseColumnType.Duration,
        MinValue = 0,
        MaxValue = int.MaxValue,
    };

    /// <summary>Creates a reference to rows of one table.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="table">The logical name of the referenced table.</param>
    /// <param name="navigationProperty">
    /// The name for <c>@odata.bind</c> and <c>$expand</c>; <see langword="null"/> (default) for
    /// <paramref name="name"/>. Custom columns have a name in mixed case.
    /// </param>
    /// <returns>The column.</returns>
    public static DataverseColumn Lookup(string name, string table, string? navigationProperty = null) => new()
    {
        Name = name,
        Type = DataverseColumnType.Lookup,
        Targets = [new DataverseLookupTarget(table, navigationProperty ?? name)],
    };
}
