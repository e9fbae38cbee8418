namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Writes in one company that become visible together. Not safe for concurrent use: the database runs one at a time.
/// Rows are written without page logic, which the page writer adds.
/// </summary>
internal sealed class Transaction(
    TenantState start, Guid company, DateTimeOffset stamp, BusinessCentralEmulatorOptions options, TableCatalog catalog)
{
    private readonly List<PageRowChange> changes = [];

    public TenantState State { get; private set; } = start;

    public BusinessCentralEmulatorOptions Options { get; } = options;

    public TableCatalog Catalog { get; } = catalog;

    /// <summary>The company to write to. A batch in one transaction may switch companies.</summary>
    public Guid Company { get; set; } = company;

    /// <summary>The stamp of the rows written here, on the clock of the server.</summary>
    public DateTimeOffset Stamp { get; } = stamp;

    public IReadOnlyList<PageRowChange> Changes => changes;

    public CompanyView View => State.Company(Company);

    public TableRows Table(string name) => State.Table(Company, name);

    public PageRow Insert(RowDraft draft)
    {
        var row = draft.ToRow(Stamp, NextVersion());
        var table = Table(draft.Schema.Name);
        if (table.FindByKey(row.Key) is not null || table.Find(row.Id) is not null)
        {
            throw Errors.Duplicate(Options.DuplicateKeyStatus, draft.Schema.Caption, row.Identification);
        }

        Commit(table.Add(row), null, row);
        return row;
    }

    /// <summary>Writes a changed record, even under a new primary key.</summary>
    public PageRow Modify(RowDraft draft)
    {
        var before = draft.Before!;
        if (!draft.HasChanged && !draft.Schema.Definition.MovesStampWithoutChange)
        {
            return before;
        }

        var row = draft.ToRow(Stamp, NextVersion());
        return Replace(before, row);
    }

    /// <summary>Replaces a row with another one, including the stamps.</summary>
    public PageRow Replace(PageRow before, PageRow row)
    {
        var table = Table(row.Schema.Name);
        if (table.FindByKey(row.Key) is { } holder && holder.Id != row.Id)
        {
            throw Errors.Duplicate(Options.DuplicateKeyStatus, row.Schema.Caption, row.Identification);
        }

        Commit(table.Replace(before, row), before, row);
        return row;
    }

    /// <summary>Inserts a loaded row unchanged, including the stamps.</summary>
    public void Load(PageRow row) => Commit(Table(row.Schema.Name).Add(row), null, row);

    public void Delete(PageRow row) => Commit(Table(row.Schema.Name).Remove(row), row, null);

    /// <summary>Changes one row as a consequence of another, without page logic and cascades.</summary>
    public PageRow Set(PageRow row, params ReadOnlySpan<(string Field, object Value)> values)
    {
        var draft = new RowDraft(row.Schema, row);
        foreach (var (field, value) in values)
        {
            draft[field] = value;
        }

        return draft.HasChanged ? Modify(draft) : row;
    }

    /// <summary>The next free number of a series.</summary>
    public string NextNumber(PageSchema schema, BusinessCentralNumberSeries series)
    {
        var used = State.NumbersUsed.GetValueOrDefault((Company, schema.Name));
        string number;
        do
        {
            number = series.Number(used++);
        }
        while (Table(schema.Name).FindByKey(number) is not null);

        State = State with { NumbersUsed = State.NumbersUsed.SetItem((Company, schema.Name), used) };
        return number;
    }

    public long NextVersion()
    {
        State = State with { LastVersion = State.LastVersion + 1 };
        return State.LastVersion;
    }

    /// <summary>Restores an earlier state and removes the later changes.</summary>
    public void RollBack(TenantState state, int changeCount)
    {
        State = state;
        changes.RemoveRange(changeCount, changes.Count - changeCount);
    }

    private void Commit(TableRows table, PageRow? before, PageRow? after)
    {
        var schema = (after ?? before!).Schema;
        State = State with { Tables = State.Tables.SetItem((Company, schema.Name), table) };
        changes.Add(new PageRowChange(Company, before, after, Stamp));
    }
}
