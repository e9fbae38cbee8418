using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Typed;

public sealed class TypedMappingTests
{
    [Fact]
    public void Typed_mapping_equals_the_one_by_names()
    {
        var typed = new IntegrationTableMappingBuilder("CUSTOMER")
            .Map<Customer, Account>(map => map
                .Field(customer => customer.Name, account => account.AccountName)
                .Field(customer => customer.Category, account => account.Category, field => field.ToIntegration())
                .MatchOn(customer => customer.Number, account => account.AccountNumber)
                .LocalConstant(customer => customer.TaxLiable, true)
                .IntegrationConstant(account => account.Category, CustomerCategory.Standard, field => field.OnInsertOnly()))
            .Build();

        var named = new IntegrationTableMappingBuilder("CUSTOMER")
            .Between("customers", "account")
            .Field("displayName", "name")
            .Field("category", "category", field => field.ToIntegration())
            .MatchOn("number", "accountnumber")
            .LocalConstant("taxLiable", FieldValue.Boolean(true))
            .IntegrationConstant("category", FieldValue.Integer(2), field => field.OnInsertOnly())
            .Build();
        typed.Should().BeEquivalentTo(named, options => options.Excluding((FluentAssertions.Equivalency.IMemberInfo member) => member.Path.EndsWith("Member", StringComparison.Ordinal)));
        ((FieldMapping)typed.Fields[0]).LocalMember!.Member.Should().Be("Customer.Name");
    }

    [Fact]
    public async Task Records_are_synchronized_with_typed_converters()
    {
        using var crm = NewFixture(map => map
            .Field(customer => customer.Name, account => account.AccountName)
            .Field(
                customer => customer.CreditLimit,
                account => account.CreditLimit,
                toIntegration: limit => limit == 0 ? null : limit / 1000,
                toLocal: limit => limit * 1000 ?? 0));
        var (customer, account) = await crm.NewPairAsync(("displayName", "Adatum"), ("creditLimit", 5000m));
        crm.Accounts.Find(account)!["creditlimit"].Should().Be(FieldValue.Decimal(5));

        _ = crm.Accounts.Update(account, ("creditlimit", 7m));
        await crm.ConvergeAsync();

        crm.Customers.Find(customer)!["creditLimit"].AsDecimal().Should().Be(7000);
    }

    [Fact]
    public async Task Converter_of_one_way_lets_the_field_travel_in_that_way_only()
    {
        using var crm = NewFixture(map => map
            .Field(customer => customer.PostalCode, account => account.PostalCode)
            .Field(customer => customer.Name, account => account.AccountName, toIntegration: name => name.ToUpperInvariant(), toLocal: null));
        var (customer, account) = await crm.NewPairAsync(("displayName", "Adatum"));
        _ = crm.Accounts.Update(account, ("name", "Contoso"));

        await crm.ConvergeAsync();

        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("Adatum", "ADATUM"));
    }

    [Fact]
    public async Task Converter_that_finds_no_equivalent_fails_the_record()
    {
        using var crm = NewFixture(map => map.Field(
            customer => customer.Name,
            account => account.AccountName,
            toIntegration: name => name == "Adatum" ? throw new FormatException("no name.") : name,
            toLocal: name => name ?? string.Empty));
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        _ = crm.Customers.Insert(("displayName", "Contoso"));

        await crm.ConvergeAsync();

        (await crm.FailuresAsync()).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.ValueNotConvertible);
        crm.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task Members_whose_types_do_not_fit_are_one_message_with_every_problem()
    {
        using var crm = NewFixture(map => map
            .Field(wrong => wrong.Name, account => account.AccountName)
            .Field(wrong => wrong.CreditLimit, account => account.CreditLimit));

        var validate = async () => await crm.Engine.ValidateAsync();

        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().BeEquivalentTo(
            "Mapping 'CUSTOMER': field mapping 'displayName>name': Wrong.Name is Int32, which cannot hold the values of field 'displayName' of type Text.",
            "Mapping 'CUSTOMER': field mapping 'creditLimit>creditlimit': Wrong.CreditLimit is Boolean?, which cannot hold the values of field 'creditLimit' of type Decimal.");

        static EngineFixture NewFixture(Action<TypedMappingBuilder<Wrong, Account>> map) => new(new FixtureOptions
        {
            Engine = options => options with
            {
                Mappings = [new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", "account").Map(map).Build()],
            },
        });
    }

    [Fact]
    public void Names_of_a_call_take_precedence_and_conventions_can_be_others()
    {
        var mapping = new IntegrationTableMappingBuilder("X")
            .Map<Customer, Customer>(
                map => map
                    .NameLocal(customer => customer.Name, "Name 2")
                    .Field(customer => customer.Name, customer => customer.Name)
                    .Field(customer => customer.PostalCode, customer => customer.PostalCode),
                local: FieldConvention.AsWritten,
                integration: new FieldConvention(name => "new_" + name.ToLowerInvariant(), EnumForm.Name))
            .Build();

        mapping.Fields.Select(field => field.Key.Value).Should().Equal("Name 2>displayName", "PostalCode>new_postalcode");
    }

    [Fact]
    public void Expressions_other_than_members_are_refused_when_the_mapping_is_built()
    {
        var build = () => new IntegrationTableMappingBuilder("X").Map<Customer, Account>(map => map
            .Field(customer => customer.Name.Trim(), account => account.AccountName));

        build.Should().Throw<ArgumentException>().WithMessage("'customer => customer.Name.Trim()' must name a property or field of Customer*converter*");
    }

    [Fact]
    public async Task Change_of_the_mapping_keeps_the_members()
    {
        using var crm = NewFixture(map => map
            .Field(customer => customer.Name, account => account.AccountName)
            .Field(customer => customer.PostalCode, account => account.PostalCode));

        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.Field("displayName", "name", field => field.ToIntegration()));

        crm.Engine.Mappings["CUSTOMER"].Fields[0].IntegrationMember!.Member.Should().Be("Account.AccountName");
        await crm.Engine.ValidateAsync();
    }

    private static EngineFixture NewFixture(Action<TypedMappingBuilder<Customer, Account>> map) => new(new FixtureOptions
    {
        Engine = options => options with
        {
            Mappings = [new IntegrationTableMappingBuilder("CUSTOMER").Map(map).OnlyCoupledRecords(false).Build()],
        },
    });

    [SyncTable("customers")]
    private sealed class Wrong
    {
        [SyncField("displayName")]
        public int Name { get; set; }

        public bool? CreditLimit { get; set; }
    }
}
