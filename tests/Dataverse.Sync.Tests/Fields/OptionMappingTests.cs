using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Tests.Fields;

public sealed class OptionMappingTests
{
    [Fact]
    [Trait("parity", "BC-1.1-27")]
    [Trait("parity", "BC-2.4-08")]
    [Trait("parity", "BC-9-01")]
    public async Task Record_of_a_table_becomes_the_option_with_its_code_and_back()
    {
        using var fixture = ById([], "Net 30", "Net 60");
        var (thirty, sixty) = (fixture.Term("NET 30"), fixture.Term("NET 60"));
        _ = fixture.Customers.Insert(("termsId", FieldValue.Reference(thirty, "terms")));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Account["terms"].Should().Be(FieldValue.Integer(1));

        fixture.Accounts.Update(fixture.Account.Id, ("terms", FieldValue.Integer(2)));
        _ = await fixture.ModifiedAsync();
        fixture.Customer["termsId"].AsIdentifier().Should().Be(sixty);

        fixture.Accounts.Update(fixture.Account.Id, ("terms", FieldValue.Blank));
        _ = await fixture.ModifiedAsync();
        fixture.Customer["termsId"].IsBlank.Should().BeTrue();
        (await fixture.ConvergeAsync()).Should().Be(0);
    }

    [Fact]
    [Trait("parity", "BC-9-09")]
    public async Task Code_of_a_record_becomes_the_option_and_back()
    {
        using var fixture = new OptionFixture(
            mapping => mapping.Field("termsCode", "terms", field => field.MapOptions(new()
            {
                LocalTable = new("terms", "code") { KeyField = "code" },
            })),
            "Net 30", "2% 10, Net 30");
        (fixture.Term("NET 30"), fixture.Term("2% 10, NET")).Should().NotBeNull();
        _ = fixture.Customers.Insert(("termsCode", "2% 10, NET"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Account["terms"].Should().Be(FieldValue.Integer(2), "the label is cut to the length of a code");
        fixture.Accounts.Update(fixture.Account.Id, ("terms", FieldValue.Integer(1)));
        _ = await fixture.ModifiedAsync();
        fixture.Customer["termsCode"].Should().Be(FieldValue.Text("NET 30"));
    }

    [Fact]
    [Trait("parity", "BC-9-03")]
    public async Task Pair_counts_before_the_label_and_claims_its_option()
    {
        using var fixture = ById([new("14 DAYS", "Net 30"), new("1M(8D)", 2)], "Net 30", "Net 60");
        var (fourteen, month, net) = (fixture.Term("14 DAYS"), fixture.Term("1M(8D)"), fixture.Term("NET 30"));
        var a = fixture.Customers.Insert(("termsId", FieldValue.Reference(fourteen, "terms"))).Id;
        var b = fixture.Customers.Insert(("termsId", FieldValue.Reference(month, "terms"))).Id;
        _ = fixture.Customers.Insert(("termsId", FieldValue.Reference(net, "terms")));
        var job = await fixture.FullAsync();
        job.Counters.Failed.Should().Be(1);
        (await fixture.ErrorsAsync(job)).Should().ContainSingle().Which.Should().Contain("'NET 30'").And.Contain("'Net 30', 'Net 60'");
        fixture.Accounts.Records.Select(account => account["terms"].AsInteger()).Should().BeEquivalentTo([1, 2]);
        foreach (var account in fixture.Accounts.Records)
        {
            fixture.Accounts.Update(account.Id, ("terms", FieldValue.Integer(3 - account["terms"].AsInteger())));
        }

        _ = await fixture.ModifiedAsync();
        fixture.Customers.Find(a)!["termsId"].AsIdentifier().Should().Be(month);
        fixture.Customers.Find(b)!["termsId"].AsIdentifier().Should().Be(fourteen);
    }

    [Theory]
    [InlineData(UnmappedValuePolicy.Fail)]
    [InlineData(UnmappedValuePolicy.LeaveOut)]
    [InlineData(UnmappedValuePolicy.UseDefault)]
    [Trait("parity", "BC-2.4-08")]
    [Trait("parity", "BC-9-06")]
    public async Task Option_without_counterpart_is_never_silently_blank(UnmappedValuePolicy policy)
    {
        using var fixture = ById(
            [], policy, "Net 30", "Other");
        var fourteen = fixture.Term("14 DAYS");
        _ = fixture.Term("NET 30");
        _ = fixture.Term("REST");
        _ = fixture.Customers.Insert(("termsId", FieldValue.Reference(fourteen, "terms")));
        _ = fixture.Customers.Insert(("termsId", FieldValue.Reference(fourteen, "terms")));
        var job = await fixture.FullAsync();
        var errors = await fixture.ErrorsAsync(job);
        switch (policy)
        {
            case UnmappedValuePolicy.Fail:
                job.Counters.Failed.Should().Be(2);
                errors.Should().HaveCount(2).And.OnlyContain(error => error.Contains("'14 DAYS'") && error.Contains("'Net 30', 'Other'"));
                break;
            case UnmappedValuePolicy.LeaveOut:
                job.Counters.Inserted.Should().Be(2);
                errors.Should().ContainSingle().Which.Should().StartWith("FieldLeftOut").And.Contain("'14 DAYS'");
                fixture.Accounts.Records.Should().OnlyContain(account => account["terms"].IsBlank);
                break;
            default:
                fixture.Accounts.Records.Should().OnlyContain(account => account["terms"] == FieldValue.Integer(2));
                break;
        }

        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Customers.Records.Should().OnlyContain(customer => customer["termsId"].AsIdentifier() == fourteen);
    }

    [Fact]
    public async Task Option_that_is_left_out_waits_and_does_not_block_the_other_side()
    {
        using var fixture = ById([], UnmappedValuePolicy.LeaveOut, "Net 30");
        var fourteen = fixture.Term("14 DAYS");
        _ = fixture.Customers.Insert(("termsId", FieldValue.Reference(fourteen, "terms")));
        (await fixture.ConvergeAsync()).Should().Be(0);

        // A person chooses an option that Business Central does not have, then one that it has.
        fixture.Accounts.Update(fixture.Account.Id, ("terms", FieldValue.Integer(1)));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Customer["termsId"].AsIdentifier().Should().Be(fourteen);
        var thirty = fixture.Term("NET 30");
        fixture.Accounts.Update(fixture.Account.Id, ("terms", FieldValue.Blank));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Accounts.Update(fixture.Account.Id, ("terms", FieldValue.Integer(1)));
        _ = await fixture.ConvergeAsync();
        fixture.Customer["termsId"].AsIdentifier().Should().Be(thirty);
    }

    [Fact]
    public async Task Option_that_was_left_out_and_loses_against_an_edit_of_the_other_side_is_kept()
    {
        using var fixture = ById([], UnmappedValuePolicy.LeaveOut, "Net 30");
        var (fourteen, thirty) = (fixture.Term("14 DAYS"), fixture.Term("NET 30"));
        _ = fixture.Customers.Insert(("termsId", FieldValue.Reference(thirty, "terms")));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Customers.Update(fixture.Customer.Id, ("termsId", FieldValue.Reference(fourteen, "terms")));
        (await fixture.ConvergeAsync()).Should().Be(0);

        fixture.Accounts.Update(fixture.Account.Id, ("terms", FieldValue.Blank));
        _ = await fixture.ConvergeAsync();

        fixture.Customer["termsId"].IsBlank.Should().BeTrue("the account was edited last, and the option has no counterpart");
        var conflicts = await fixture.Engine.Issues.ListConflictsAsync("CUSTOMER", includeResolved: true).ToListAsync();
        var kept = conflicts.SelectMany(conflict => conflict.Fields).Should().ContainSingle().Subject;
        kept.Local.AsIdentifier().Should().Be(fourteen);
        kept.Resolution.Should().Be(ConflictResolution.IntegrationWon);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_options_without_counterpart_the_one_that_loses_is_kept(bool isAdded)
    {
        using var fixture = ById([], UnmappedValuePolicy.LeaveOut, "Net 30", "Net 99");
        var (fourteen, thirty) = (fixture.Term("14 DAYS"), fixture.Term("NET 30"));
        _ = fixture.Customers.Insert(("termsId", FieldValue.Reference(thirty, "terms")));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Accounts.Update(fixture.Account.Id, ("terms", 2));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Customers.Update(fixture.Customer.Id, ("termsId", FieldValue.Reference(fourteen, "terms")));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Account["terms"].Should().Be(FieldValue.Integer(2));

        if (isAdded)
        {
            _ = fixture.Term("NET 99");
        }
        else
        {
            fixture.Customers.Update(fixture.Customer.Id, ("termsId", FieldValue.Reference(thirty, "terms")));
        }

        _ = await fixture.ConvergeAsync();

        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Account["terms"].Should().Be(FieldValue.Integer(isAdded ? 2 : 1));
        var conflicts = await fixture.Engine.Issues.ListConflictsAsync("CUSTOMER", includeResolved: true).ToListAsync();
        var kept = conflicts.SelectMany(conflict => conflict.Fields).Should().ContainSingle().Subject;
        (isAdded ? kept.Local.AsIdentifier() == fourteen : kept.Integration == FieldValue.Integer(2)).Should().BeTrue();
    }

    [Fact]
    public async Task Option_that_a_user_enters_in_a_new_record_before_the_next_run_travels()
    {
        using var fixture = ById([], UnmappedValuePolicy.LeaveOut, "Net 30", "Net 99");
        var thirty = fixture.Term("NET 30");
        _ = fixture.Accounts.Insert(("terms", 2));
        _ = await fixture.ModifiedAsync();
        fixture.Customer["termsId"].IsBlank.Should().BeTrue("the option of the account has no counterpart");

        fixture.Customers.Update(fixture.Customer.Id, ("termsId", FieldValue.Reference(thirty, "terms")));
        _ = await fixture.ModifiedAsync();
        _ = await fixture.ConvergeAsync();

        fixture.Account["terms"].Should().Be(FieldValue.Integer(1));
        fixture.Customer["termsId"].AsIdentifier().Should().Be(thirty);
    }

    [Fact]
    public async Task Table_is_read_once_per_run_and_only_if_it_is_needed()
    {
        using var fixture = ById([], UnmappedValuePolicy.LeaveOut, "Net 30");
        var terms = fixture.Term("14 DAYS");
        for (var index = 0; index < 30; index++)
        {
            _ = fixture.Customers.Insert(("termsId", FieldValue.Reference(terms, "terms")));
        }

        var before = fixture.Local.Calls[InMemoryOperation.Find];
        fixture.Time.Advance(TimeSpan.FromMinutes(15));
        _ = await fixture.Engine.SynchronizeFullAsync("CUSTOMER", new() { PageSize = 5 });
        (fixture.Local.Calls[InMemoryOperation.Find] - before).Should().Be(1);
        _ = await fixture.ModifiedAsync();
        (await fixture.ModifiedAsync()).Counters.Should().Be(SyncCounters.None);
        (fixture.Local.Calls[InMemoryOperation.Find] - before).Should().Be(1);
    }

    [Fact]
    [Trait("parity", "BC-9-10")]
    public async Task Enumeration_finds_the_label_before_the_number()
    {
        var local = new FieldSchema
        {
            Name = "level",
            Type = FieldType.Choice,
            Options = [new(FieldValue.Integer(1), "Silver"), new(FieldValue.Integer(2), "Gold"), new(FieldValue.Integer(9), "Lead")],
        };
        var integration = new FieldSchema
        {
            Name = "grade",
            Type = FieldType.Choice,
            Options = [new(FieldValue.Integer(1), "GOLD"), new(FieldValue.Integer(2), "silver"), new(FieldValue.Integer(3), "9")],
        };
        using var fixture = new Fixture.ValueFixture(local, integration, field => field.MapOptions());
        _ = fixture.Items.Insert(("level", FieldValue.Integer(1)));
        _ = await fixture.ConvergeAsync();
        fixture.Row["grade"].Should().Be(FieldValue.Integer(2));
        fixture.Rows.Update(fixture.Row.Id, ("grade", FieldValue.Integer(1)));
        _ = await fixture.ModifiedAsync();
        fixture.Item["level"].Should().Be(FieldValue.Integer(2));
        fixture.Rows.Update(fixture.Row.Id, ("grade", FieldValue.Integer(3)));
        _ = await fixture.ModifiedAsync();
        fixture.Item["level"].Should().Be(FieldValue.Integer(9));
        (await fixture.ConvergeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Records_of_an_integration_table_are_options_of_a_local_text()
    {
        using var fixture = new OptionFixture(mapping => mapping.Field("region", "regionid", field => field.MapOptions(new()
        {
            IntegrationTable = new("region", "shortname"),
        })));
        var (north, south) = (fixture.Regions.Insert(("shortname", "N")).Id, fixture.Regions.Insert(("shortname", "S")).Id);
        _ = fixture.Customers.Insert(("region", "n"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Account["regionid"].AsIdentifier().Should().Be(north);
        fixture.Accounts.Update(fixture.Account.Id, ("regionid", FieldValue.Reference(south, "region")));
        _ = await fixture.ModifiedAsync();
        fixture.Customer["region"].Should().Be(FieldValue.Text("S"));
    }

    [Fact]
    public async Task Tables_and_settings_are_checked_together()
    {
        using var fixture = new OptionFixture(mapping => mapping
            .Field("termsId", "terms", field => field.MapOptions(new() { LocalTable = new("nowhere", "code") }))
            .Field("termsCode", "region", field => field.MapOptions(new()
            {
                LocalTable = new("terms", "nothing") { KeyField = "code" },
                WhenUnmapped = UnmappedValuePolicy.PassOn,
            })));
        var validate = () => fixture.Engine.ValidateAsync();
        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().HaveCount(3)
            .And.Contain(problem => problem.Contains("'nowhere'"))
            .And.Contain(problem => problem.Contains("'nothing'"))
            .And.Contain(problem => problem.Contains("pass on"));
    }

    [Fact]
    public async Task Optional_field_is_left_out_where_a_field_or_a_table_is_missing()
    {
        using var fixture = new OptionFixture(mapping => mapping
            .Field("region", "region")
            .Field("termsId", "terms", field => field.Optional().MapOptions(new() { LocalTable = new("nowhere", "code") }))
            .Field("missing", "alsomissing", field => field.Optional()));
        (await fixture.Engine.ValidateAsync()).Warnings.Should().BeEmpty();
        _ = fixture.Customers.Insert(("region", "N"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Account["region"].Should().Be(FieldValue.Text("N"));
    }

    [Fact]
    [Trait("parity", "BC-9-04")]
    [Trait("parity", "BC-9-05")]
    public async Task Missing_options_are_listed_and_added_on_request()
    {
        using var fixture = ById([new("14 DAYS", "Net 14")], UnmappedValuePolicy.LeaveOut, "Net 14", "Net 30", "2% 10, Net 30");
        var (fourteen, odd) = (fixture.Term("14 DAYS"), fixture.Term("ODD"));
        _ = fixture.Customers.Insert(("termsId", FieldValue.Reference(odd, "terms")));
        (await fixture.ConvergeAsync()).Should().Be(0);

        var missing = await fixture.Engine.Choices.ListMissingAsync("customer");

        missing.Select(option => (option.Side, option.Label)).Should().Equal(
            (SyncSide.Local, "Net 30"), (SyncSide.Local, "2% 10, Net 30"), (SyncSide.Integration, "ODD"));
        (await fixture.Engine.Choices.AddAsync("CUSTOMER", missing)).Should().Equal(missing);
        fixture.Terms.Records.Select(term => term["code"].AsText()).Should().BeEquivalentTo("14 DAYS", "ODD", "NET 30", "2% 10, NET");
        (await fixture.Engine.Choices.ListMissingAsync("CUSTOMER")).Should().BeEmpty();
        (await fixture.Engine.Choices.AddAsync("CUSTOMER", missing)).Should().BeEmpty("each is there by now");
        _ = await fixture.FullAsync();
        fixture.Account["terms"].Should().Be(FieldValue.Integer(4));
        fourteen.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Options_are_not_added_where_the_system_has_no_means()
    {
        using var fixture = new Fixture.ValueFixture(
            new() { Name = "level", Type = FieldType.Choice, Options = [new(FieldValue.Text("Gold"), "Gold")] },
            new() { Name = "grade", Type = FieldType.Choice, Options = [new(FieldValue.Integer(1), "Silver")] },
            field => field.ToIntegration().MapOptions(),
            mapping => mapping.Direction(SyncDirection.ToIntegrationTable));
        var missing = await fixture.Engine.Choices.ListMissingAsync("ITEM");
        missing.Should().ContainSingle().Which.Label.Should().Be("Gold");
        var add = () => fixture.Engine.Choices.AddAsync("ITEM", missing);
        await add.Should().ThrowAsync<SyncConfigurationException>().WithMessage("*'grade'*");
    }

    private static OptionFixture ById(ValuePair[] pairs, params string[] labels) => ById(pairs, UnmappedValuePolicy.Fail, labels);

    private static OptionFixture ById(ValuePair[] pairs, UnmappedValuePolicy policy, params string[] labels) => new(
        mapping => mapping.Field("termsId", "terms", field => field.MapOptions(new()
        {
            LocalTable = new("terms", "code"),
            Pairs = pairs,
            WhenUnmapped = policy,
            DefaultForIntegration = FieldValue.Text("other"),
            DefaultForLocal = FieldValue.Text("REST"),
        })),
        labels);
}
