namespace Dataverse.Sync.WebApi.Tests;

/// <summary>Answers what the connector asks of definitions, in the service's own shape.</summary>
internal sealed record StubDefinitions
{
    public bool TracksChanges { get; init; } = true;

    public bool ChecksVersions { get; init; } = true;

    public bool HasCreateMultiple { get; init; } = true;

    /// <summary>The organization's setting; null where it cannot be read.</summary>
    public int? FullNameConvention { get; init; } = 5;

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
            return FullNameConvention is { } code ? (200, $$"""{"value":[{"fullnameconventioncode":{{code}}}]}""") : (403, StubService.ErrorBody("0x80040220"));
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
                """{"LogicalName":"birthdate","Format":"DateOnly","DateTimeBehavior":{"Value":"DateOnly"}}""",
                """{"LogicalName":"lastused","Format":"DateOnly","DateTimeBehavior":{"Value":"UserLocal"}}"""]),
            "Picklist" => List(["""{"LogicalName":"customertypecode","OptionSet":{"Options":[{"Value":3,"Label":{"UserLocalizedLabel":{"Label":"Customer"}}},{"Value":11,"Label":{"UserLocalizedLabel":null,"LocalizedLabels":[{"Label":"Vendor"}]}}]},"GlobalOptionSet":null}"""]),
            "State" => List(["""{"LogicalName":"statecode","OptionSet":{"Options":[{"Value":0,"Label":{"UserLocalizedLabel":{"Label":"Active"}}}]}}"""]),
            "MultiSelectPicklist" => List(["""{"LogicalName":"new_colors"}"""]),
            _ => List([]),
        };
    }

    private static string[] Attributes(string table) =>
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
        Attribute("entityimage", "Virtual"),
        Attribute("donotphone", "Boolean"),
        Attribute("numberofemployees", "Integer"),
        Attribute("creditlimit", "Money"),
        Attribute("creditlimit_base", "Money", create: false, update: false),
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

    private static string Attribute(string name, string type, bool create = true, bool update = true, string? attributeOf = null, string required = "None") =>
        $$$"""{"@odata.type":"#x","LogicalName":"{{{name}}}","AttributeType":"{{{type}}}","AttributeOf":{{{Quoted(attributeOf)}}},"IsValidForCreate":{{{Text(create)}}},"IsValidForUpdate":{{{Text(update)}}},"IsValidForRead":true,"RequiredLevel":{"Value":"{{{required}}}","CanBeChanged":true}}""";

    private static string Detail(string name, int length) => $$"""{"LogicalName":"{{name}}","MaxLength":{{length}}}""";

    private static string Relationship(string column, string table, string navigation) =>
        $$"""{"ReferencingAttribute":"{{column}}","ReferencedEntity":"{{table}}","ReferencingEntityNavigationPropertyName":"{{navigation}}"}""";

    private static string List(IEnumerable<string> items) => $$"""{"@odata.context":"c","value":[{{string.Join(',', items)}}]}""";

    private static string Quoted(string? text) => text is null ? "null" : $"\"{text}\"";

    private static string Text(bool value) => value ? "true" : "false";
}
