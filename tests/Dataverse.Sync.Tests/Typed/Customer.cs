namespace Dataverse.Sync.Tests.Typed;

[SyncTable("customers")]
internal sealed class Customer
{
    public string Number { get; set; } = string.Empty;

    [SyncField("displayName")]
    public string Name { get; set; } = string.Empty;

    public string? PostalCode { get; set; }

    public decimal CreditLimit { get; set; }

    public CustomerCategory? Category { get; set; }

    public bool TaxLiable { get; set; }

    public string? Website { get; set; }
}

internal enum CustomerCategory
{
    Preferred = 1,
    Standard = 2,
}
