namespace Dataverse.Sync;

/// <summary>Creates Business Central's standard mappings for API v2.0 and the standard tables of Dataverse.</summary>
/// <remarks>
/// Directions, filters, constants, and flags are those of Business Central; the fields are those that both interfaces
/// offer. The page docs/concepts/standard-mappings.md compares them field by field.
/// </remarks>
public static class StandardMappings
{
    private const string TransactionCurrency = "transactioncurrency";

    /// <summary>Creates the standard mappings.</summary>
    /// <param name="options">Settings of the mappings, or null for their defaults.</param>
    /// <returns>The mappings, each after those on which it depends.</returns>
    public static IReadOnlyList<IIntegrationTableMapping> Create(StandardMappingOptions? options = null)
    {
        options ??= new();
        var currencies = new CurrencyRule();
        var mappings = new List<IIntegrationTableMapping>
        {
            Currency(currencies),
            Customer(options, currencies),
            Vendor(options, currencies),
            Contact(options),
        };
        if (options.Ownership == RecordOwnership.Person)
        {
            mappings.Insert(0, Salespeople(options));
        }

        return mappings;
    }

    private static IntegrationTableMapping Salespeople(StandardMappingOptions options)
    {
        var builder = new IntegrationTableMappingBuilder(StandardMappingNames.Salespeople)
            .Between("salespeoplePurchasers", "systemuser")
            .Direction(SyncDirection.FromIntegrationTable)
            .SharedByCompanies()
            .IntegrationFilter(RecordFilter.All(
                RecordFilter.Equal("isdisabled", FieldValue.Boolean(false)),
                RecordFilter.Equal("islicensed", FieldValue.Boolean(true)),
                RecordFilter.Equal("isintegrationuser", FieldValue.Boolean(false))))
            .Field("email", "internalemailaddress", field => field.FromIntegration())
            .Field("displayName", "fullname", field => field.FromIntegration())
            .Field("phoneNo", "mobilephone", field => field.FromIntegration())
            .Field("jobTitle", "jobtitle", field => field.FromIntegration().Disabled())
            .Field("email2", "personalemailaddress", field => field.FromIntegration().Disabled())
            .AddRule(new SalespersonCodeRule());
        return (options.MatchesRecords ? builder.MatchOn("email", "internalemailaddress") : builder).Build();
    }

    private static IntegrationTableMapping Currency(CurrencyRule currencies) =>
        new IntegrationTableMappingBuilder(StandardMappingNames.Currency)
            .Between("currencies", TransactionCurrency)
            .Direction(SyncDirection.ToIntegrationTable)
            .SharedByCompanies()
            .Field("code", "isocurrencycode", field => field.ToIntegration().UseForMatching())
            .Field("symbol", "currencysymbol", field => field.ToIntegration())
            .Field("displayName", "currencyname", field => field.ToIntegration())
            .AddRule(currencies)
            .Build();

    // Business Central copies the bare figure, although the account may be in another currency.
    private static IntegrationTableMapping Customer(StandardMappingOptions options, CurrencyRule currencies) =>
        Account(StandardMappingNames.Customer, "customers", AccountRelationship.Customer, options, currencies)
            .Field("shipmentMethodId", "address1_freighttermscode", OptionsOf("shipmentMethods"))
            .Field("creditLimit", "creditlimit", field => field.ToIntegration())
            .AddRule(new LocalCurrencyAmountRule("creditLimit", "creditlimit"))
            .Build();

    private static IntegrationTableMapping Vendor(StandardMappingOptions options, CurrencyRule currencies) =>
        Account(StandardMappingNames.Vendor, "vendors", AccountRelationship.Vendor, options, currencies).Build();

    private static IntegrationTableMappingBuilder Account(
        string name,
        string localTable,
        long relationship,
        StandardMappingOptions options,
        CurrencyRule currencies)
    {
        var builder = new IntegrationTableMappingBuilder(name)
            .Between(localTable, "account")
            .LocalFilter(RecordFilter.IsBlank("blocked"))
            .IntegrationFilter(RecordFilter.All(
                RecordFilter.Equal("statecode", FieldValue.Integer(0)),
                RecordFilter.Equal("customertypecode", FieldValue.Integer(relationship))))
            .ClaimedBy(options.CompanyColumns)
            .ReadAllCompanies(options.ReadsAllCompanies)
            .OwnedBy(new DefaultOwner { Owner = options.DefaultOwner })
            .DependsOn(StandardMappingNames.Currency)
            .IntegrationConstant("customertypecode", FieldValue.Integer(relationship), field => field.OnInsertOnly())
            .Field("displayName", "name")
            .AddRule(currencies);
        AddOwner(builder, localTable, options);
        AddAddress(builder);
        _ = builder
            .Lookup("currencyId", "transactioncurrencyid", new LookupMapping
            {
                Via = [StandardMappingNames.Currency],
                Blank = new("companyInformation", "currencyCode", "isocurrencycode"),
            })
            .Field("email", "emailaddress1")
            .Field("website", "websiteurl")
            .Field("phoneNumber", "telephone1")
            .Field("paymentTermsId", "paymenttermscode", OptionsOf("paymentTerms"))
            .Field("number", "accountnumber", field => field.ToIntegration().Disabled());
        return options.MatchesRecords
            ? builder
                .MatchOn("number", "accountnumber", 0)
                .MatchOn("displayName", "name", 1)
                .ConfirmOn("email", "emailaddress1", 1)
                .SuggestOn("email", "emailaddress1", 2)
            : builder;
    }

    // Few tenants have labels that equal their codes, so a code without a label must not keep its customer from running.
    private static Action<FieldMappingBuilder> OptionsOf(string table) => field => field.Optional().MapOptions(new()
    {
        LocalTable = new(table, "code"),
        WhenUnmapped = UnmappedValuePolicy.LeaveOut,
    });

    private static IntegrationTableMapping Contact(StandardMappingOptions options)
    {
        var builder = new IntegrationTableMappingBuilder(StandardMappingNames.Contact)
            .Between("contacts", "contact")
            .LocalFilter(RecordFilter.All(
                RecordFilter.Equal("type", FieldValue.Text("Person")),
                RecordFilter.IsNotBlank("companyNumber")))
            .IntegrationFilter(RecordFilter.All(
                RecordFilter.IsNotBlank("parentcustomerid"),
                RecordFilter.RefersTo("parentcustomerid", "account"),
                RecordFilter.Equal("statecode", FieldValue.Integer(0))))
            .ClaimedBy(options.CompanyColumns)
            .ReadAllCompanies(options.ReadsAllCompanies)
            .OwnedBy(new DefaultOwner { Owner = options.DefaultOwner })
            .DependsOn(StandardMappingNames.Customer, StandardMappingNames.Vendor)
            .LocalConstant("type", FieldValue.Text("Person"))
            .Lookup("companyNumber", "parentcustomerid", CompanyOfContact())
            .Field("displayName", "fullname");
        AddAddress(builder);
        _ = builder
            .Field("email", "emailaddress1")
            .Field("website", "websiteurl")
            .Field("mobilePhoneNumber", "mobilephone")
            .Field("phoneNumber", "telephone1");
        if (options.MatchesRecords)
        {
            _ = builder
                .MatchOn("displayName", "fullname", 0)
                .ConfirmOn("email", "emailaddress1", 0)
                .SuggestOn("email", "emailaddress1", 1);
        }

        return builder.Build();
    }

    // A contact names its company contact, whose business relation leads to the customer or vendor.
    private static LookupMapping CompanyOfContact() => new()
    {
        Via = [StandardMappingNames.Customer, StandardMappingNames.Vendor],
        SkipsRecordWhenNotFound = true,
        Link = new("contactsInformation", "contactNumber", "relatedId")
        {
            Filter = RecordFilter.Equal("contactType", FieldValue.Text("Company")),
            DiscriminatorField = "relatedType",
            MappingByValue = new Dictionary<string, string>
            {
                ["Customer"] = StandardMappingNames.Customer,
                ["Vendor"] = StandardMappingNames.Vendor,
            },
        },
    };

    // API v2.0 exposes the salesperson of a customer, but not the purchaser of a vendor.
    private static void AddOwner(
        IntegrationTableMappingBuilder builder, string localTable, StandardMappingOptions options)
    {
        if (options.Ownership == RecordOwnership.Person && localTable == "customers")
        {
            _ = builder
                .DependsOn(StandardMappingNames.Salespeople)
                .Lookup(
                    "salespersonCode",
                    "ownerid",
                    new LookupMapping
                    {
                        Via = [StandardMappingNames.Salespeople],
                        LocalKey = "code",
                        IsLeftOutWhenNotCoupled = !options.RequiresCoupledSalesperson,
                    },
                    field => field.ToIntegration().SkipBlank());
        }
    }

    private static void AddAddress(IntegrationTableMappingBuilder builder) => builder
        .Field("addressLine1", "address1_line1")
        .Field("addressLine2", "address1_line2")
        .Field("postalCode", "address1_postalcode")
        .Field("city", "address1_city")
        .Field("country", "address1_country")
        .Field("state", "address1_stateorprovince");
}
