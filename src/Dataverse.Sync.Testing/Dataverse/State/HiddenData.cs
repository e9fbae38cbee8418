namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What a caller may not see in a state: values of columns, and rows.</summary>
internal sealed record HiddenData
{
    public static HiddenData None { get; } = new();

    /// <summary>The columns whose values are withheld.</summary>
    public IReadOnlySet<(string Table, string Column)> Columns { get; init; } = new HashSet<(string, string)>();

    /// <summary>What is shown instead of the texts of columns.</summary>
    public IReadOnlyDictionary<(string Table, string Column), Func<string, string>> Masks { get; init; } =
        new Dictionary<(string, string), Func<string, string>>();

    /// <summary>The rows that the state lacks.</summary>
    public IReadOnlySet<(string Table, Guid Id)> Rows { get; init; } = new HashSet<(string, Guid)>();

    /// <summary>Whether rows lack withheld columns in JSON.</summary>
    public bool OmitsColumns { get; init; }

    /// <summary>Whether a query may not compare withheld columns.</summary>
    public bool RefusesFilters { get; init; }

    /// <summary>Whether JSON lacks a column.</summary>
    public bool Omits(string table, string column) => OmitsColumns && Columns.Contains((table, column));

    /// <summary>A value as the caller sees it.</summary>
    public object? Shown(string table, string column, object? value)
    {
        if (value is null || Columns.Contains((table, column)))
        {
            return null;
        }

        return value is string text && Masks.TryGetValue((table, column), out var mask) ? mask(text) : value;
    }

    /// <exception cref="DataverseErrorException">The row exists, but the caller may not see it.</exception>
    public void CheckRow(string table, Guid? id)
    {
        if (id is { } row && Rows.Contains((table, row)))
        {
            throw DataverseErrors.AccessDenied("ReadAccess", table, row);
        }
    }

    /// <exception cref="DataverseErrorException">The caller may not compare the column.</exception>
    public void CheckFilter(string table, string column)
    {
        if (RefusesFilters && Columns.Contains((table, column)))
        {
            throw new DataverseErrorException(
                403, "0x8004F504",
                $"Caller user does not have read permissions to the secured column '{column}' of '{table}'.");
        }
    }
}
