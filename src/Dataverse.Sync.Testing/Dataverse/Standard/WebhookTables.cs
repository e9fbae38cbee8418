using static Dataverse.Sync.Testing.DataverseColumn;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The tables in which webhooks are registered, with the columns that matter for them.</summary>
/// <remarks>"ServiceEndpoint table/entity reference" and "SdkMessageProcessingStep table/entity reference".</remarks>
internal static class WebhookTables
{
    public const string Endpoint = "serviceendpoint";
    public const string Step = "sdkmessageprocessingstep";

    public static DataverseTableDefinition ServiceEndpoint() => new()
    {
        LogicalName = Endpoint,
        SetName = "serviceendpoints",
        PrimaryName = "name",
        Ownership = DataverseOwnership.OrganizationOwned,
        HasState = false,
        ChangeTracking = false,
        BulkMessages = false,
        TypeCode = 4618,
        Columns =
        [
            Text("name", 100) with { Requirement = DataverseRequirement.SystemRequired },
            Memo("description"),
            Text("url", 2048),
            ChoiceFrom(
                "contract", 1, "OneWay", "Queue", "Rest", "TwoWay", "Topic", "Queue (Persistent)", "Event Hub", "Webhook",
                "Event Grid") with { Requirement = DataverseRequirement.SystemRequired },
            ChoiceFrom(
                "authtype", 1, "ACS", "SAS Key", "SAS Token", "Webhook Key", "Http Header", "Http Query String",
                "Connection String", "Access Key"),
            Text("authvalue", 2048) with { IsWriteOnly = true },
            ChoiceFrom("messageformat", 1, "Binary XML", "Json", "Text XML"),
        ],
    };

    public static DataverseTableDefinition ProcessingStep() => new()
    {
        LogicalName = Step,
        SetName = "sdkmessageprocessingsteps",
        PrimaryName = "name",
        Ownership = DataverseOwnership.OrganizationOwned,
        ChangeTracking = false,
        BulkMessages = false,
        TypeCode = 4608,
        Columns =
        [
            Text("name", 256),
            Memo("description"),
            new()
            {
                Name = "stage", Type = DataverseColumnType.Choice, Requirement = DataverseRequirement.SystemRequired,
                Choices =
                [
                    new(10, "Pre-validation"), new(20, "Pre-operation"), new(30, "Main Operation"), new(40, "Post-operation"),
                ],
            },
            ChoiceFrom("mode", 0, "Synchronous", "Asynchronous") with { Requirement = DataverseRequirement.SystemRequired },
            WholeNumber("rank") with { Default = 1 },
            ChoiceFrom("supporteddeployment", 0, "Server Only", "Microsoft Dynamics 365 Client for Outlook Only", "Both") with
            {
                Default = 0,
            },
            Boolean("asyncautodelete"),
            Memo("filteringattributes", 100_000),
            Lookup("sdkmessageid", "sdkmessage") with { Requirement = DataverseRequirement.SystemRequired },
            Lookup("sdkmessagefilterid", "sdkmessagefilter"),
            new()
            {
                Name = "eventhandler", Type = DataverseColumnType.Lookup,
                Targets =
                [
                    new(Endpoint, "eventhandler_serviceendpoint")
                    {
                        Relationship = "serviceendpoint_sdkmessageprocessingstep", OnDelete = DataverseDeleteBehavior.Cascade,
                    },
                ],
            },
        ],
    };
}
