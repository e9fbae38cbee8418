namespace Dataverse.Sync.IntegrationTests.Readme.TypedMappings;

// begin
[SyncTable("customers")]
public sealed class Customer
{
    [SyncId]
    public Guid Id { get; set; }

    public string Number { get; set; } = string.Empty;

    [SyncField("displayName")]
    public string Name { get; set; } = string.Empty;

    public decimal CreditLimit { get; set; }

    public CustomerType? Type { get; set; }
}

[SyncTable("account")]
public sealed record Account(string? AccountNumber, string? Name, decimal? CreditLimit)
{
    [SyncField("ownerid", ReferencedTable = "systemuser")]
    public Guid? Owner { get; init; }
}

public enum CustomerType
{
    Company,
    Person,
}
// end

// begin
public sealed class CreditRule : SyncRule<Customer, Account>
{
    protected override ValueTask<RecordDecision> LocalSelectedAsync(
        TypedRecord<Customer> record, RecordSelectedArguments arguments, CancellationToken cancellationToken) =>
        new(record.Value.Type == CustomerType.Person ? RecordDecision.Skip("A person.") : RecordDecision.Keep);

    protected override ValueTask TransferredToIntegrationAsync(
        TypedTransfer<Customer, Account> transfer, CancellationToken cancellationToken)
    {
        transfer.Target = transfer.Target with { CreditLimit = Math.Min(transfer.Target.CreditLimit ?? 0, 50_000) };
        return ValueTask.CompletedTask;
    }
}
// end
