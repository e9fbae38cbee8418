using System.Collections.Immutable;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>What the callers of a <see cref="DataverseEmulator"/> may see: secured columns, masks, and rows.</summary>
/// <remarks>
/// It applies to requests over HTTP, not to reads and edits through <see cref="DataverseTable"/>. Safe for concurrent
/// use.
/// </remarks>
public sealed class DataverseSecurity
{
    private readonly Lock gate = new();
    private readonly DataverseEmulatorOptions options;
    private readonly DataverseStore store;
    private ImmutableDictionary<(string Table, string Column, Guid User), ColumnRight> rights =
        ImmutableDictionary<(string, string, Guid), ColumnRight>.Empty;

    private ImmutableDictionary<(string Table, string Column), Func<string, string>> masks =
        ImmutableDictionary<(string, string), Func<string, string>>.Empty;

    private ImmutableDictionary<string, Func<DataverseRow, bool>> hidden =
        ImmutableDictionary<string, Func<DataverseRow, bool>>.Empty;

    private (Guid User, DataverseSchema Schema, HiddenData Hidden)? lastColumns;
    private (DatabaseState Stored, DatabaseState Shown)? lastRows;

    internal DataverseSecurity(DataverseEmulatorOptions options, DataverseStore store) =>
        (this.options, this.store) = (options, store);

    /// <summary>
    /// Whether callers may read users, which they need to learn their rights on columns. Default
    /// <see langword="true"/>.
    /// </summary>
    public bool CanReadUsers { get; set; } = true;

    /// <summary>Gives a user rights on a secured column, as a column security profile does.</summary>
    /// <param name="table">The logical name of the table.</param>
    /// <param name="column">The logical name of the column.</param>
    /// <param name="canRead">Whether the user sees the values.</param>
    /// <param name="canCreate">Whether the user may set the column of a new row.</param>
    /// <param name="canUpdate">Whether the user may change the column.</param>
    /// <param name="user">The user; <see langword="null"/> (default) for all users.</param>
    /// <remarks>A later call replaces the rights. Without a call, a user has none.</remarks>
    public void Grant(
        string table, string column, bool canRead = true, bool canCreate = true, bool canUpdate = true, Guid? user = null)
    {
        RequireColumn(table, column);
        Change(() => rights = rights.SetItem(
            (table, column, user ?? Guid.Empty), new ColumnRight(canRead, canCreate, canUpdate)));
    }

    /// <summary>Masks the values of a text column for everybody.</summary>
    /// <param name="table">The logical name of the table.</param>
    /// <param name="column">The logical name of the column.</param>
    /// <param name="mask">Gives the mask that is shown instead of a value.</param>
    /// <exception cref="InvalidOperationException">
    /// <see cref="DataverseEmulatorOptions.IsManagedEnvironment"/> is <see langword="false"/>.
    /// </exception>
    public void Mask(string table, string column, Func<string, string> mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        RequireColumn(table, column);
        if (!options.IsManagedEnvironment)
        {
            throw new InvalidOperationException("Only a managed environment has masking rules.");
        }

        Change(() => masks = masks.SetItem((table, column), mask));
        var row = new DataverseRow(
            "attributemaskingrule", StableGuid.Of($"mask/{table}.{column}"), 1,
            ImmutableDictionary.Create<string, object>(StringComparer.Ordinal)
                .Add("uniquename", $"{table}_{column}").Add("entityname", table).Add("attributelogicalname", column));
        store.Replace(state => state.With(state[row.Table].With(row)));
    }

    /// <summary>Hides rows from every caller, as a role does that reaches less than the organization.</summary>
    /// <param name="table">The logical name of the table.</param>
    /// <param name="isHidden">
    /// Selects the rows. A later call replaces it; a predicate that selects no row still means that the role does not
    /// reach the organization.
    /// </param>
    /// <remarks>
    /// Queries leave the rows out. A request for one of them is refused with 403, <c>0x80048306</c>. Change tracking of
    /// the table is refused with 403, <c>0x80040220</c>, because it needs the whole organization.
    /// </remarks>
    public void Hide(string table, Func<DataverseRow, bool> isHidden)
    {
        ArgumentNullException.ThrowIfNull(isHidden);
        _ = store.Schema[table];
        Change(() => hidden = hidden.SetItem(table, isHidden));
    }

    /// <summary>Lets every caller read all rows of a table again.</summary>
    /// <param name="table">The logical name of the table.</param>
    public void Show(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Change(() => hidden = hidden.Remove(table));
    }

    /// <summary>The state as a caller sees it.</summary>
    internal DatabaseState View(DatabaseState state, DataverseCaller caller)
    {
        lock (gate)
        {
            if (caller.IsTrusted)
            {
                return state;
            }

            var columns = ColumnsHiddenFrom(caller.User, state.Schema);
            return hidden.IsEmpty ? state with { Hidden = columns } : WithoutRows(state, columns);
        }
    }

    /// <summary>The secured columns of all tables on which a user has rights.</summary>
    internal IEnumerable<(DataverseTableSchema Table, DataverseColumn Column, ColumnRight Right)> RightsOf(Guid user) =>
        from table in store.Schema.Tables
        from column in table.Columns
        where column.IsSecured
        let right = RightOn(table.LogicalName, column.Name, user)
        where right != ColumnRight.None
        select (table, column, right);

    /// <summary>Whether the role of the callers does not reach the whole organization.</summary>
    internal bool IsLimited(string table)
    {
        lock (gate)
        {
            return hidden.ContainsKey(table);
        }
    }

    /// <exception cref="DataverseErrorException">The caller may not read the table in the whole organization.</exception>
    internal void CheckReadsAll(string table, DataverseCaller caller)
    {
        if (!caller.IsTrusted && hidden.ContainsKey(table))
        {
            throw new DataverseErrorException(
                403, "0x80040220", $"Principal user (Id={caller.User}, type=8) is missing prvRead{table} privilege.");
        }
    }

    /// <exception cref="DataverseErrorException">The caller may not set one of the columns.</exception>
    internal void CheckCreate(DataverseTableSchema table, IEnumerable<string> columns, DataverseCaller caller)
    {
        if (Refused(table, columns, caller, right => right.CanCreate) is { } column)
        {
            throw Denied("0x8004F502", "create", table, column, caller);
        }
    }

    /// <exception cref="DataverseErrorException">The caller may not change the row or one of the columns.</exception>
    internal void CheckUpdate(
        DataverseTableSchema table, DataverseRow row, IEnumerable<string> columns, DataverseCaller caller)
    {
        CheckRow("WriteAccess", row, caller);
        if (Refused(table, columns, caller, right => right.CanUpdate) is { } column)
        {
            throw Denied("0x8004F507", "update", table, column, caller);
        }
    }

    /// <exception cref="DataverseErrorException">The caller does not see the row.</exception>
    internal void CheckRow(string right, DataverseRow row, DataverseCaller caller)
    {
        if (!caller.IsTrusted && hidden.TryGetValue(row.Table, out var isHidden) && isHidden(row))
        {
            throw DataverseErrors.AccessDenied(right, row.Table, row.Id);
        }
    }

    private HiddenData ColumnsHiddenFrom(Guid user, DataverseSchema schema)
    {
        if (lastColumns is { } known && known.User == user && ReferenceEquals(known.Schema, schema))
        {
            return known.Hidden;
        }

        var columns = new HiddenData
        {
            Columns = schema.Tables
                .SelectMany(table => table.Columns
                    .Where(column => column.IsSecured && !RightOn(table.LogicalName, column.Name, user).CanRead)
                    .Select(column => (table.LogicalName, column.Name)))
                .ToHashSet(),
            Masks = masks,
            OmitsColumns = options.OmitsWithheldColumns,
            RefusesFilters = options.RefusesFiltersOnWithheldColumns,
        };
        lastColumns = (user, schema, columns);
        return columns;
    }

    private DatabaseState WithoutRows(DatabaseState state, HiddenData columns)
    {
        if (lastRows is { } known && ReferenceEquals(known.Stored, state))
        {
            return known.Shown with { Hidden = columns with { Rows = known.Shown.Hidden.Rows } };
        }

        var rows = hidden
            .SelectMany(entry => state[entry.Key].All.Where(entry.Value).Select(row => (entry.Key, row.Id))).ToHashSet();
        var shown = hidden.Aggregate(
            state with { Hidden = columns with { Rows = rows } },
            (current, entry) => current.With(state[entry.Key].Hiding(entry.Value)));
        lastRows = (state, shown);
        return shown;
    }

    private DataverseColumn? Refused(
        DataverseTableSchema table, IEnumerable<string> columns, DataverseCaller caller, Func<ColumnRight, bool> isAllowed) =>
        caller.IsTrusted
            ? null
            : columns.Select(table.Find).FirstOrDefault(column => column is { IsSecured: true }
                && !isAllowed(RightOn(table.LogicalName, column.Name, caller.User)));

    private ColumnRight RightOn(string table, string column, Guid user) =>
        rights.GetValueOrDefault((table, column, user)) ?? rights.GetValueOrDefault((table, column, Guid.Empty))
            ?? ColumnRight.None;

    private void RequireColumn(string table, string column) => _ = store.Schema[table][column];

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            (lastColumns, lastRows) = (null, null);
        }
    }

    private static DataverseErrorException Denied(
        string code, string right, DataverseTableSchema table, DataverseColumn column, DataverseCaller caller) =>
        new(
            403, code,
            $"Caller user with Id {caller.User} does not have {right} permissions to a {column.Name} secured field "
            + $"on entity {table.LogicalName}.");
}
