namespace Dataverse.Sync.WebApi.Tests;

/// <summary>Answers what the connector asks of definitions, in the service's own shape.</summary>
internal sealed record StubDefinitions
{
    public bool TracksChanges { get; init; } = true;

    public bool ChecksVersions { get; init; } = true;

    public bool HasCreateMultiple { get; init; } = true;

    /// <summary>The organization's setting; null where it cannot be read.</summary>
    public int? FullNameConvention { get; init; } = 5;

    /// <summary>The columns with column security.</summary>
    public IReadOnlyCollection<string> SecuredColumns { get; init; } = [];

    /// <summary>The answer to the question for the caller's rights on secured columns.</summary>
    public (int Status, string Body) Rights { get; init; } = (200, """{"AttributePrivileges":[]}""");

    /// <summary>The answer to the question for masking rules.</summary>
    public (int Status, string Body) Masks { get; init; } = (404, StubService.ErrorBody("0x8006088a", "Resource not found for the segment."));

    /// <summary>The answer to the question for currencies.</summary>
    public (int Status, string Body) Currencies { get; init; } =
        (200, $$"""{"value":[{"transactioncurrencyid":"{{Yen:D}}","currencyprecision":0},{"transactioncurrencyid":"{{Dinar:D}}","currencyprecision":3}]}""");

    /// <summary>A currency without decimal places.</summary>
    public static Guid Yen { get; } = new("00000000-0000-4000-8000-0000000000a0");

    /// <summary>A currency with three decimal places.</summary>
    public static Guid Dinar { get; } = new("00000000-0000-4000-8000-0000000000a3");

    /// <summary>The caller; null where the service does not tell.</summary>
    public static Guid Caller { get; } = new("00000000-0000-4000-8000-0000000000c1");

    /// <summary>The id that the metadata give to a column.</summary>
    public static Guid IdOf(string column) => new([.. System.Text.Encoding.UTF8.GetBytes(column.PadRight(16)[..16])]);

    /// <summary>Changes the bodies of answers; the query is given too.</summary>
    public Func<string, string, string> Rewrite { get; init; } = (_, body) => body;

    public (int Status, string Body) Answer(string query)
    {
        var (status, body) = AnswerPlainly(query);
        return (status, Rewrite(query, body));
    }

    private (int Status, string Body) AnswerPlainly(string query)
    {
        if (query.StartsWith("sdkmessagefilters", StringComparison.Ordinal))
        {
            return (200, HasCreateMultiple ? """{"value":[{"sdkmessagefilterid":"00000000-0000-4000-8000-000000000001"}]}""" : """{"value":[]}""");
        }

        if (query.StartsWith("organizations", StringComparison.Ordinal))
        {
            return FullNameConvention is { } code
                ? (200, $$"""{"value":[{"fullnameconventioncode":{{code}},"pricingdecimalprecision":4,"basecurrencyprecision":2}]}""")
                : (403, StubService.ErrorBody("0x80040220"));
        }

        if (query.StartsWith("transactioncurrencies", StringComparison.Ordinal))
        {
            return Currencies;
        }

        if (query.StartsWith("attributemaskingrules", StringComparison.Ordinal))
        {
            return Masks;
        }

        if (query.StartsWith("WhoAmI", StringComparison.Ordinal))
        {
            return (200, $$"""{"UserId":"{{Caller}}"}""");
        }

        if (query.StartsWith("systemusers(", StringComparison.Ordinal))
        {
            return Rights;
        }

        var table = query.Split('\'')[1];
        var set = table switch { "account" => "accounts", "contact" => "contacts", "transactioncurrency" => "transactioncurrencies", "systemuser" => "systemusers", _ => null };
        return set is null ? (404, StubService.ErrorBody("0x80060888", "Could not find an entity.")) : (200, Body(table, set, query));
    }

    private string Body(string table, string set, string query)
    {
        var kind = query.Contains("AttributeMetadata", StringComparison.Ordinal)
            ? query.Split("CRM.")[1].Split("AttributeMetadata")[0]
            : query.Split('?')[0].Split(')')[1];
        return kind switch
        {
            "" => $$"""{"LogicalName":"{{table}}","EntitySetName":"{{set}}","PrimaryIdAttribute":"{{table}}id","ChangeTrackingEnabled":{{Text(TracksChanges)}},"IsOptimisticConcurrencyEnabled":{{Text(ChecksVersions)}}}""",
            "/Attributes" => List(Attributes(table)),
            "/ManyToOneRelationships" => List(Relationships(table)),
            "String" => List([Detail("name", 160), Detail("accountnumber", 20), Detail("firstname", 50), Detail("middlename", 50), Detail("lastname", 50), Detail("fullname", 160)]),
            "Memo" => List([Detail("description", 2000)]),
            "DateTime" => List([
                """{"LogicalName":"birthdate","DateTimeBehavior":{"Value":"DateOnly"}}""",
                """{"LogicalName":"opened","DateTimeBehavior":{"Value":"TimeZoneIndependent"}}""",
                """{"LogicalName":"lastused","DateTimeBehavior":{"Value":"UserLocal"}}"""]),
            "Decimal" => List(["""{"LogicalName":"discount","Precision":3}"""]),
            "Double" => List(["""{"LogicalName":"latitude","Precision":5}"""]),
            "Money" => List([
                """{"LogicalName":"creditlimit","Precision":2,"PrecisionSource":2,"IsBaseCurrency":false}""",
                """{"LogicalName":"creditlimit_base","Precision":4,"PrecisionSource":2,"IsBaseCurrency":true}""",
                """{"LogicalName":"price","Precision":1,"PrecisionSource":1,"IsBaseCurrency":false}""",
                """{"LogicalName":"fee","Precision":3,"PrecisionSource":0,"IsBaseCurrency":false}"""]),
            "Picklist" => List(["""{"LogicalName":"customertypecode","OptionSet":{"Options":[{"Value":3,"Label":{"UserLocalizedLabel":{"Label":"Customer"}}},{"Value":11,"Label":{"UserLocalizedLabel":null,"LocalizedLabels":[{"Label":"Vendor","LanguageCode":1033},{"Label":"Kreditor","LanguageCode":1031},{"Label":"Vendor","LanguageCode":2057},{"Label":null},null]}}]},"GlobalOptionSet":null}"""]),
            "State" => List(["""{"LogicalName":"statecode","OptionSet":{"Options":[{"Value":0,"Label":{"UserLocalizedLabel":{"Label":"Active"}}}]}}"""]),
            "MultiSelectPicklist" => List(["""{"LogicalName":"new_colors","OptionSet":{"Options":[{"Value":1,"Label":{"UserLocalizedLabel":{"Label":"Red"}}},{"Value":3,"Label":{"UserLocalizedLabel":{"Label":"Blue"}}}]}}"""]),
            "Integer" => List(["""{"LogicalName":"numberofemployees","Format":"None"}""", """{"LogicalName":"new_effort","Format":"Duration"}"""]),
            _ => List([]),
        };
    }

    private string[] Attributes(string table) =>
    [
        Attribute($"{table}id", "Uniqueidentifier", update: false, required: "SystemRequired"),
        .. table == "account" ? [Attribute("name", "String", required: "ApplicationRequired"), Attribute("accountnumber", "String")] : Array.Empty<string>(),
        .. table == "contact"
            ? [Attribute("fullname", "String", create: false, update: false), Attribute("firstname", "String"), Attribute("middlename", "String"), Attribute("lastname", "String"), Attribute("birthdate", "DateTime")]
            : Array.Empty<string>(),
        Attribute("description", "Memo"),
        Attribute("customertypecode", "Picklist"),
        Attribute("customertypecodename", "Virtual", attributeOf: "customertypecode"),
        Attribute("new_colors", "Virtual"),
        Attribute("entityimage", "Virtual", typeName: "ImageType"),
        Attribute("entityimage_url", "String", attributeOf: "entityimage"),
        Attribute("new_contract", "Virtual", typeName: "FileType"),
        Attribute("new_hidden", "Virtual", typeName: "VirtualType"),
        Attribute("new_parties", "PartyList", typeName: "PartyListType"),
        Attribute("new_rules", "CalendarRules", typeName: "CalendarRulesType"),
        Attribute("new_managed", "ManagedProperty", typeName: "ManagedPropertyType"),
        Attribute("owneridtype", "EntityName", typeName: "EntityNameType"),
        Attribute("new_invented", "Invented", typeName: "InventedType"),
        Attribute("new_effort", "Integer"),
        Attribute("donotphone", "Boolean"),
        Attribute("numberofemployees", "Integer"),
        Attribute("creditlimit", "Money"),
        Attribute("creditlimit_base", "Money", create: false, update: false),
        .. table == "account"
            ? [Attribute("discount", "Decimal"), Attribute("latitude", "Double"), Attribute("price", "Money"), Attribute("fee", "Money"), Attribute("opened", "DateTime")]
            : Array.Empty<string>(),
        Attribute("lastused", "DateTime"),
        Attribute("modifiedon", "DateTime", create: false, update: false),
        Attribute("statecode", "State", create: false, required: "SystemRequired"),
        Attribute("statuscode", "Status"),
        Attribute("ownerid", "Owner", required: "SystemRequired"),
        Attribute("transactioncurrencyid", "Lookup"),
        Attribute("parentcustomerid", "Customer"),
    ];

    private static string[] Relationships(string table) =>
    [
        Relationship("ownerid", "owner", "ownerid"),
        Relationship("transactioncurrencyid", "transactioncurrency", "TransactionCurrencyId"),
        Relationship("parentcustomerid", "account", "parentcustomerid_account"),
        Relationship("parentcustomerid", "contact", "parentcustomerid_contact"),
        Relationship($"{table}_other", "account", "other"),
    ];

    private string Attribute(string name, string type, bool create = true, bool update = true, string? attributeOf = null, string required = "None", string? typeName = null) =>
        $$$"""{"@odata.type":"#x","LogicalName":"{{{name}}}","MetadataId":"{{{IdOf(name)}}}","IsSecured":{{{Text(SecuredColumns.Contains(name))}}},"AttributeType":"{{{type}}}","AttributeTypeName":{"Value":"{{{typeName ?? type + "Type"}}}"},"AttributeOf":{{{Quoted(attributeOf)}}},"IsValidForCreate":{{{Text(create)}}},"IsValidForUpdate":{{{Text(update)}}},"IsValidForRead":true,"RequiredLevel":{"Value":"{{{required}}}","CanBeChanged":true}}""";

    private static string Detail(string name, int length) => $$"""{"LogicalName":"{{name}}","MaxLength":{{length}}}""";

    private static string Relationship(string column, string table, string navigation) =>
        $$"""{"ReferencingAttribute":"{{column}}","ReferencedEntity":"{{table}}","ReferencingEntityNavigationPropertyName":"{{navigation}}"}""";

    private static string List(IEnumerable<string> items) => $$"""{"@odata.context":"c","value":[{{string.Join(',', items)}}]}""";

    private static string Quoted(string? text) => text is null ? "null" : $"\"{text}\"";

    private static string Text(bool value) => value ? "true" : "false";
}
