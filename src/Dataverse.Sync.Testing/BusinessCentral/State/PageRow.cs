using System.Collections.Immutable;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One committed record: immutable, so that replicas, snapshots and readers may keep it.</summary>
internal sealed class PageRow(PageSchema schema, Guid id, ImmutableArray<object> values)
{
    private string? tag;
    private RowKey? key;

    public PageSchema Schema { get; } = schema;

    public Guid Id { get; } = id;

    public ImmutableArray<object> Values { get; } = values;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Position in the order of all commits.</summary>
    public long Version { get; init; }

    /// <summary>Whether ledger entries or the like use the record, so that it cannot be deleted.</summary>
    public bool IsInUse { get; init; }

    /// <summary>Whether a security filter hides the record from clients.</summary>
    public bool IsHidden { get; init; }

    public RowKey Key => key ??= new RowKey([.. Schema.KeyOrdinals.Select(ordinal => this[ordinal])]);

    /// <summary>The fields of the primary key with their values, as error messages show them.</summary>
    public string Identification =>
        string.Join(
            ',',
            Schema.KeyOrdinals.Select(
                ordinal => $"{Schema.Fields[ordinal].Caption}='{FieldValues.Format(this[ordinal])}'"));

    public object this[int ordinal] => Schema.Fields[ordinal].Source switch
    {
        BusinessCentralFieldSource.SystemId => Id,
        BusinessCentralFieldSource.SystemCreatedAt => CreatedAt,
        BusinessCentralFieldSource.SystemModifiedAt => ModifiedAt,
        BusinessCentralFieldSource.SystemRowVersion => Version,
        _ => Values[ordinal],
    };

    public object this[string field] => this[Schema.Ordinal(field)];

    public string Text(string field) => (string)this[field];

    public Guid Reference(string field) => (Guid)this[field];

    public decimal Amount(string field) => (decimal)this[field];

    /// <summary>The entity tag, computed once; the policy is the same for all rows of an emulator.</summary>
    public string Tag(EntityTags tags) => tag ??= tags.Compute(this);
}
