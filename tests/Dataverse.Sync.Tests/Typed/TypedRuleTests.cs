using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Typed;

public sealed class TypedRuleTests
{
    [Fact]
    public async Task Rule_decides_by_the_members_of_a_record()
    {
        var rule = new CustomerRule { Select = customer => customer.CreditLimit > 100 ? RecordDecision.Skip("Too large.") : RecordDecision.Keep };
        using var crm = new EngineFixture(mapping => mapping.AddRule(rule));
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("creditLimit", 50m));
        _ = crm.Customers.Insert(("displayName", "Contoso"), ("creditLimit", 500m));

        await crm.ConvergeAsync();

        crm.Accounts.Records.Should().ContainSingle().Which["name"].AsText().Should().Be("Adatum");
    }

    [Fact]
    public async Task What_a_rule_changes_is_written_and_nothing_else()
    {
        var seen = new List<(Customer Source, Account Target)>();
        var rule = new CustomerRule
        {
            ToIntegration = transfer =>
            {
                seen.Add((transfer.Source!.Value, transfer.Target));
                transfer.Target = transfer.Target with { AccountName = transfer.Source.Value.Name + " B.V." };
            },
        };
        using var crm = new EngineFixture(mapping => mapping.AddRule(rule));

        var (customer, account) = await crm.NewPairAsync(
            ("displayName", "Adatum"), ("creditLimit", 100m), ("category", "Preferred"), ("taxLiable", true));

        crm.Name(account).Should().Be("Adatum B.V.");
        crm.DisplayName(customer).Should().Be("Adatum");
        seen[0].Source.Category.Should().Be(CustomerCategory.Preferred);
        seen[0].Target.Should().BeEquivalentTo(new
        {
            AccountName = "Adatum",
            CreditLimit = 100m,
            Category = CustomerCategory.Preferred,
            TaxLiable = true,
        });
        (await crm.ModifiedAsync()).Counters.Modified.Should().Be(0);
    }

    [Fact]
    public async Task Object_shows_the_record_as_it_will_be()
    {
        var rule = new CustomerRule();
        using var crm = new EngineFixture(mapping => mapping.AddRule(rule));
        var (customer, account) = await crm.NewPairAsync(("displayName", "Adatum"), ("creditLimit", 100m));
        Account? existing = null;
        Account? target = null;
        rule.ToIntegration = transfer => (existing, target) = (transfer.Existing!.Value, transfer.Target);
        _ = crm.Customers.Update(customer, ("creditLimit", 250m));

        await crm.ConvergeAsync();

        (existing!.CreditLimit, target!.CreditLimit).Should().Be((100m, 250m));
        target.AccountName.Should().Be("Adatum");
        crm.Accounts.Find(account)!["creditlimit"].AsDecimal().Should().Be(250);
    }

    [Fact]
    public async Task Mutable_object_can_be_changed_in_place_on_the_way_back()
    {
        var rule = new CustomerRule { ToLocal = transfer => transfer.Target.Name = transfer.Target.Name.Trim('!') };
        using var crm = new EngineFixture(mapping => mapping.AddRule(rule));
        var (customer, account) = await crm.NewPairAsync(("displayName", "Adatum"));
        _ = crm.Accounts.Update(account, ("name", "Contoso!"));

        await crm.ConvergeAsync();

        crm.DisplayName(customer).Should().Be("Contoso");
    }

    [Fact]
    public async Task Field_can_be_left_out_by_name()
    {
        var rule = new CustomerRule { ToIntegration = transfer => transfer.Arguments.Remove("postalcode") };
        using var crm = new EngineFixture(mapping => mapping.AddRule(rule));

        var (_, account) = await crm.NewPairAsync(("displayName", "Adatum"), ("postalCode", "1000"));

        crm.Accounts.Find(account)!["postalcode"].IsBlank.Should().BeTrue();
    }

    [Fact]
    public async Task Rule_of_the_engine_is_called_for_the_tables_of_its_classes_only()
    {
        var rule = new CustomerRule { Select = _ => RecordDecision.Skip("No.") };
        using var crm = new EngineFixture(new FixtureOptions { Rules = [rule] });
        _ = crm.Users.Insert(("fullname", "Eva"), ("internalemailaddress", "eva@contoso.com"));
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        await crm.ConvergeAsync();

        (crm.Salespeople.Count, crm.Accounts.Count).Should().Be((1, 0));
    }

    [Fact]
    public async Task Members_that_do_not_fit_keep_the_mapping_from_running()
    {
        using var crm = new EngineFixture(mapping => mapping.AddRule(new WrongRule()));
        var validate = async () => await crm.Engine.ValidateAsync();

        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().BeEquivalentTo(
            "Mapping 'CUSTOMER': rule WrongRule names field 'title', which the local table 'customers' does not have.",
            "Mapping 'CUSTOMER': rule WrongRule: Wrong.TaxLiable is DateOnly, which cannot hold the values of field 'taxLiable' of type Boolean.");
    }

    [Fact]
    public async Task Value_that_a_member_cannot_hold_fails_its_record_alone()
    {
        var rule = new CustomerRule { Select = customer => RecordDecision.Keep };
        using var crm = new EngineFixture(mapping => mapping.AddRule(rule).Field("category", "category", field => field.Disabled()));
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        var strange = crm.Customers.Insert(("displayName", "Contoso"), ("category", "Standard"));
        rule.Refuses = CustomerCategory.Standard;

        await crm.ConvergeAsync();

        crm.Accounts.Count.Should().Be(1);
        (await crm.FailuresAsync()).Should().ContainSingle().Which.Record.Id.Should().Be(strange.Id);
    }

    [Fact]
    public async Task Conflicts_and_deletions_are_decided_by_members()
    {
        var rule = new CustomerRule
        {
            Conflict = (customer, account) => customer.Name.Length > account.AccountName!.Length
                ? ConflictDecision.TakeLocal
                : ConflictDecision.TakeIntegration,
            Deletion = account => account.CreditLimit > 0 ? DeletionPolicy.RestoreRecords : null,
        };
        using var crm = new EngineFixture(mapping => mapping.AddRule(rule));
        var (customer, account) = await crm.NewPairAsync(("displayName", "Adatum"), ("creditLimit", 10m));
        _ = crm.Customers.Update(customer, ("displayName", "Adatum Corporation"));
        _ = crm.Accounts.Update(account, ("name", "Ada"));
        await crm.ConvergeAsync();
        crm.Name(account).Should().Be("Adatum Corporation");

        crm.Customers.Delete(customer);
        await crm.ConvergeAsync();

        crm.Customers.Count.Should().Be(1);
    }

    [Fact]
    public async Task Writes_are_announced_and_told_with_their_source()
    {
        var rule = new CustomerRule();
        using var crm = new EngineFixture(mapping => mapping.AddRule(rule));

        _ = await crm.NewPairAsync(("displayName", "Adatum"));

        rule.Written.Should().Equal("before Adatum", "after Adatum");
    }

    private sealed class CustomerRule : SyncRule<Customer, Account>
    {
        public Func<Customer, RecordDecision> Select { get; init; } = _ => RecordDecision.Keep;

        public Action<TypedTransfer<Customer, Account>>? ToIntegration { get; set; }

        public Action<TypedTransfer<Account, Customer>>? ToLocal { get; set; }

        public Func<Customer, Account, ConflictDecision>? Conflict { get; init; }

        public Func<Account, DeletionPolicy?>? Deletion { get; init; }

        public CustomerCategory? Refuses { get; set; }

        public List<string> Written { get; } = [];

        protected override ValueTask<RecordDecision> LocalSelectedAsync(
            TypedRecord<Customer> record, RecordSelectedArguments arguments, CancellationToken cancellationToken) =>
            record.Value.Category is { } category && category == Refuses
                ? throw new SyncRuleException("Not this category.")
                : new(Select(record.Value));

        protected override ValueTask TransferredToIntegrationAsync(
            TypedTransfer<Customer, Account> transfer, CancellationToken cancellationToken)
        {
            ToIntegration?.Invoke(transfer);
            return ValueTask.CompletedTask;
        }

        protected override ValueTask TransferredToLocalAsync(
            TypedTransfer<Account, Customer> transfer, CancellationToken cancellationToken)
        {
            ToLocal?.Invoke(transfer);
            return ValueTask.CompletedTask;
        }

        protected override ValueTask<ConflictDecision> ConflictDetectedAsync(
            TypedRecord<Customer> local, TypedRecord<Account> integration, ConflictDetectedArguments arguments, CancellationToken cancellationToken) =>
            new(Conflict?.Invoke(local.Value, integration.Value) ?? ConflictDecision.FollowPolicy);

        protected override ValueTask<DeletionPolicy?> LocalDeletedAsync(
            TypedRecord<Account> survivor, DeletionDetectedArguments arguments, CancellationToken cancellationToken) =>
            new(Deletion?.Invoke(survivor.Value));

        protected override ValueTask<RecordDecision> BeforeWriteToIntegrationAsync(
            TypedRecord<Customer>? source, WriteArguments arguments, CancellationToken cancellationToken)
        {
            Written.Add($"before {source!.Value.Name}");
            return new(RecordDecision.Keep);
        }

        protected override ValueTask AfterWriteToIntegrationAsync(
            TypedRecord<Customer>? source, WriteArguments arguments, CancellationToken cancellationToken)
        {
            Written.Add($"after {source!.Value.Name}");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class WrongRule : SyncRule<Wrong, Account>;

    private sealed class Wrong
    {
        public string? Title { get; set; }

        public DateOnly TaxLiable { get; set; }
    }
}
