namespace Dataverse.Sync.Tests.Typed;

[SyncTable("account")]
internal sealed record Account
{
    public string? AccountNumber { get; init; }

    [SyncField("name")]
    public string? AccountName { get; init; }

    public string? PostalCode { get; init; }

    public decimal? CreditLimit { get; init; }

    public CustomerCategory? Category { get; init; }

    public bool? TaxLiable { get; init; }
}
