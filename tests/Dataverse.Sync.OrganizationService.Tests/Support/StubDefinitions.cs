using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Metadata;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Tests;

/// <summary>Answers what the connector asks of definitions, within a batch or alone.</summary>
internal sealed record StubDefinitions
{
    public static Guid Organization { get; } = new("00000000-0000-4000-8000-0000000000e1");

    public static Guid Caller { get; } = new("00000000-0000-4000-8000-0000000000c1");

    public bool TracksChanges { get; init; } = true;

    public bool ChecksVersions { get; init; } = true;

    public bool HasCreateMultiple { get; init; } = true;

    /// <summary>The columns with column security.</summary>
    public IReadOnlyCollection<string> SecuredColumns { get; init; } = [];

    /// <summary>The answer to the question for the caller's rights; null where the service does not know it.</summary>
    public object? Rights { get; init; }

    /// <summary>Whether a batch may hold what asks for definitions.</summary>
    public bool AnswersBatches { get; init; } = true;

    /// <summary>The answer to a question for definitions; null when the request is none.</summary>
    public OrganizationResponse? TryAnswer(OrganizationRequest request)
    {
        if (request is ExecuteMultipleRequest batch && batch.Requests.Count > 0 && batch.Requests[0] is RetrieveEntityRequest)
        {
            return AnswersBatches
                ? StubOrganization.Items([.. batch.Requests.Select(Item)])
                : throw StubOrganization.Thrown(StubOrganization.Fault(0x80040203));
        }

        return TryAnswerOne(request);
    }

    /// <summary>The id that the metadata give to a column.</summary>
    public static Guid IdOf(string column) => new([.. System.Text.Encoding.UTF8.GetBytes(column.PadRight(16)[..16])]);

    private ExecuteMultipleResponseItem Item(OrganizationRequest request, int index)
    {
        try
        {
            return new() { RequestIndex = index, Response = TryAnswerOne(request) };
        }
        catch (System.ServiceModel.FaultException<OrganizationServiceFault> exception)
        {
            return new() { RequestIndex = index, Fault = exception.Detail };
        }
    }

    private OrganizationResponse? TryAnswerOne(OrganizationRequest request) => request switch
    {
        RetrieveEntityRequest { LogicalName: "account" } => StubOrganization.Answer<RetrieveEntityResponse>("EntityMetadata", Account()),
        RetrieveEntityRequest => throw StubOrganization.Thrown(StubOrganization.Fault(0x80040217)),
        { RequestName: "WhoAmI" } => new OrganizationResponse
        {
            Results = new ParameterCollection { ["OrganizationId"] = Organization, ["UserId"] = Caller },
        },
        { RequestName: "RetrievePrincipalAttributePrivileges" } => Rights is null
            ? throw StubOrganization.Thrown(StubOrganization.Fault(0x80040203))
            : StubOrganization.Answer<OrganizationResponse>("AttributePrivileges", Rights),
        RetrieveMultipleRequest { Query: QueryExpression query } => Settings(query.EntityName),
        _ => null,
    };

    private OrganizationResponse? Settings(string table) => table switch
    {
        "sdkmessagefilter" => HasCreateMultiple ? StubOrganization.Rows(new Entity(table, Guid.NewGuid())) : StubOrganization.Rows(),
        "organization" => StubOrganization.Rows(new Entity(table, Organization)
        {
            ["fullnameconventioncode"] = new OptionSetValue(5),
            ["pricingdecimalprecision"] = 4,
            ["basecurrencyprecision"] = 2,
        }),
        "transactioncurrency" => StubOrganization.Rows(new Entity(table, Guid.NewGuid()) { ["currencyprecision"] = 3 }),
        "attributemaskingrule" => throw StubOrganization.Thrown(StubOrganization.Fault(0x80041102)),
        _ => null,
    };

    private EntityMetadata Account()
    {
        var key = new UniqueIdentifierAttributeMetadata("AccountId") { LogicalName = "accountid" };
        AttributeMetadata[] columns =
        [
            key,
            new StringAttributeMetadata("Name") { LogicalName = "name", MaxLength = 160 },
            new StringAttributeMetadata("AccountNumber") { LogicalName = "accountnumber", MaxLength = 20 },
            new MoneyAttributeMetadata("CreditLimit") { LogicalName = "creditlimit", Precision = 2, PrecisionSource = 2 },
            new IntegerAttributeMetadata("NumberOfEmployees") { LogicalName = "numberofemployees" },
            new IntegerAttributeMetadata("Effort") { LogicalName = "effort", Format = IntegerFormat.Duration },
            new DoubleAttributeMetadata("Latitude") { LogicalName = "address1_latitude", Precision = 5 },
            new DecimalAttributeMetadata("ExchangeRate") { LogicalName = "exchangerate", Precision = 10 },
            new BooleanAttributeMetadata("CreditOnHold") { LogicalName = "creditonhold" },
            new PicklistAttributeMetadata("PaymentTerms") { LogicalName = "paymenttermscode", OptionSet = Options(1, 2) },
            new MultiSelectPicklistAttributeMetadata("Kinds") { LogicalName = "kinds", OptionSet = Options(1, 2, 3) },
            new StateAttributeMetadata { LogicalName = "statecode", OptionSet = Options(0, 1) },
            new StatusAttributeMetadata { LogicalName = "statuscode", OptionSet = Options(1, 2) },
            new DateTimeAttributeMetadata(DateTimeFormat.DateAndTime, "ModifiedOn") { LogicalName = "modifiedon", DateTimeBehavior = "UserLocal" },
            new DateTimeAttributeMetadata(DateTimeFormat.DateAndTime, "Visit") { LogicalName = "visit", DateTimeBehavior = "TimeZoneIndependent" },
            new DateTimeAttributeMetadata(DateTimeFormat.DateOnly, "Founded") { LogicalName = "founded", DateTimeBehavior = "DateOnly" },
            new LookupAttributeMetadata { LogicalName = "primarycontactid", Targets = ["contact"] },
            new LookupAttributeMetadata { LogicalName = "parentcustomerid", Targets = ["account", "contact"] },
            new BigIntAttributeMetadata("VersionNumber") { LogicalName = "versionnumber" },
        ];
        foreach (var column in columns)
        {
            var isKept = column.LogicalName is not ("modifiedon" or "versionnumber");
            column.MetadataId = IdOf(column.LogicalName);
            column.IsValidForCreate = isKept;
            column.IsValidForUpdate = isKept && !ReferenceEquals(column, key);
            column.IsSecured = SecuredColumns.Contains(column.LogicalName);
            Set(column, nameof(AttributeMetadata.IsValidForRead), true);
        }

        var account = new EntityMetadata { LogicalName = "account", EntitySetName = "accounts", ChangeTrackingEnabled = TracksChanges };
        Set(account, nameof(EntityMetadata.PrimaryIdAttribute), "accountid");
        Set(account, nameof(EntityMetadata.IsOptimisticConcurrencyEnabled), ChecksVersions);
        Set(account, nameof(EntityMetadata.Attributes), columns);
        Set(account, nameof(EntityMetadata.OneToManyRelationships), new[] { Relationship("contact", CascadeType.Cascade), Relationship("task", CascadeType.RemoveLink) });
        return account;
    }

    private static OneToManyRelationshipMetadata Relationship(string table, CascadeType delete) => new()
    {
        ReferencingEntity = table,
        ReferencingAttribute = "parentcustomerid",
        CascadeConfiguration = new CascadeConfiguration { Delete = delete },
    };

    private static OptionSetMetadata Options(params int[] values) =>
        new(new OptionMetadataCollection([.. values.Select(value => new OptionMetadata(new Label(new LocalizedLabel($"Option {value}", 1033), Array.Empty<LocalizedLabel>()), value))]));

    // The SDK sets these inside of its assembly.
    private static void Set(object owner, string property, object? value) => owner.GetType().GetProperty(property)!.SetValue(owner, value);
}
