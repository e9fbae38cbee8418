namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// A record during a write: the old values, overlaid with the values that the client sent and validation added.
/// </summary>
internal sealed class RowDraft
{
    private readonly object[] values;

    public RowDraft(PageSchema schema, PageRow? before)
    {
        (Schema, Before) = (schema, before);
        Id = before?.Id ?? Guid.NewGuid();
        values = before is null ? schema.Blank() : [.. before.Values];
    }

    public PageSchema Schema { get; }

    /// <summary>The stored record; <see langword="null"/> for an insert.</summary>
    public PageRow? Before { get; }

    public Guid Id { get; set; }

    /// <summary>The record under which a new record is created; null at the top of a company.</summary>
    public PageRow? Parent { get; init; }

    /// <summary>Names of the properties in the request body.</summary>
    public HashSet<string> Sent { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of the properties whose validation has run.</summary>
    public HashSet<string> Validated { get; } = new(StringComparer.Ordinal);

    public object this[string field]
    {
        get => values[Schema.Ordinal(field)];
        set => values[Schema.Ordinal(field)] = value;
    }

    public bool HasChanged => Before is null || !values.AsSpan().SequenceEqual(Before.Values.AsSpan());

    public string Text(string field) => (string)this[field];

    public Guid Reference(string field) => (Guid)this[field];

    public decimal Amount(string field) => (decimal)this[field];

    /// <summary>The finished record.</summary>
    public PageRow ToRow(DateTimeOffset stamp, long version) => new(Schema, Id, [.. values])
    {
        CreatedAt = Before?.CreatedAt ?? stamp,
        ModifiedAt = stamp,
        Version = version,
        IsInUse = Before?.IsInUse ?? false,
        IsHidden = Before?.IsHidden ?? false,
    };
}
