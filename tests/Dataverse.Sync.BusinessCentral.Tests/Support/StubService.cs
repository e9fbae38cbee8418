using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.BusinessCentral.Tests;

/// <summary>A connector on a scripted service, whose companies and metadata are answered already.</summary>
internal sealed class StubService : IDisposable
{
    public const string Origin = "https://erp.example";
    public const string Company = "11111111-2222-3333-4444-555555555555";
    public const string CompanyPath = $"/v2.0/production/api/v2.0/companies({Company})";

    private readonly ConcurrentQueue<SentRequest> requests = new();

    private readonly string metadata;

    private StubService(Func<SentRequest, HttpResponseMessage> answer, Action<BusinessCentralOptions>? configure, string metadata = Metadata)
    {
        this.metadata = metadata;
        var options = new BusinessCentralOptions
        {
            BaseAddress = new Uri($"{Origin}/v2.0/production/api/v2.0"),
            Company = "CRONUS",
            AccessToken = _ => new("secret"),
        };
        options.HttpMessageHandler = new StubHandler(request => AnswerAny(request, answer));
        configure?.Invoke(options);
        Connector = new BusinessCentralConnector(options, Time, NullLogger<BusinessCentralConnector>.Instance);
    }

    public BusinessCentralConnector Connector { get; }

    public InstantTimeProvider Time { get; } = new();

    /// <summary>The requests apart from those for companies and metadata.</summary>
    public IReadOnlyList<SentRequest> Requests => [.. requests];

    public static StubService Answering(Func<SentRequest, HttpResponseMessage> answer, Action<BusinessCentralOptions>? configure = null) => new(answer, configure);

    public static StubService Answering(string json, Action<BusinessCentralOptions>? configure = null, string metadata = Metadata) =>
        new(_ => StubHandler.Json(json), configure, metadata);

    /// <summary>Answers one request after the other; the last answer is given again and again.</summary>
    public static StubService Answering(params IReadOnlyList<Func<HttpResponseMessage>> answers)
    {
        var next = -1;
        return new(_ => answers[Math.Min(Interlocked.Increment(ref next), answers.Count - 1)](), null);
    }

    public async Task<List<ChangePage>> ReadChangesAsync(ChangeQuery query)
    {
        var pages = new List<ChangePage>();
        await foreach (var page in Connector.ReadChangesAsync(query, default))
        {
            pages.Add(page);
        }

        return pages;
    }

    public async Task<WriteResult> WriteAsync(WriteOperation operation, string table = "customers") =>
        (await Connector.WriteAsync(new WriteBatch(table, [operation]), default)).Should().ContainSingle().Subject;

    public void Dispose() => Connector.Dispose();

    private HttpResponseMessage AnswerAny(SentRequest request, Func<SentRequest, HttpResponseMessage> answer)
    {
        var path = request.Address.AbsolutePath;
        if (path.EndsWith("/companies", StringComparison.Ordinal))
        {
            return StubHandler.Json($$"""
                {"value":[{"id":"{{Company}}","name":"CRONUS","displayName":""},
                          {"id":"99999999-2222-3333-4444-555555555555","name":"OTHER","displayName":"Shown"},
                          {"id":"88888888-2222-3333-4444-555555555555","name":"THIRD","displayName":"Twin"},
                          {"id":"77777777-2222-3333-4444-555555555555","name":"FOURTH","displayName":"Twin"}]}
                """);
        }

        if (path.EndsWith("/$metadata", StringComparison.Ordinal))
        {
            return StubHandler.Json(metadata);
        }

        requests.Enqueue(request);
        return answer(request);
    }

    /// <summary>Few sets of API v2.0, and one with everything that a custom page may have.</summary>
    public const string Metadata = """
        <?xml version="1.0" encoding="utf-8"?>
        <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
          <edmx:DataServices>
            <Schema Namespace="Microsoft.NAV" xmlns="http://docs.oasis-open.org/odata/ns/edm">
              <EnumType Name="status"><Member Name="_x0020_" Value="0" /><Member Name="On_x0020_Hold" Value="1" /></EnumType>
              <EntityType Name="company"><Key><PropertyRef Name="id" /></Key><Property Name="id" Type="Edm.Guid" /></EntityType>
              <EntityType Name="customer">
                <Key><PropertyRef Name="id" /></Key>
                <Property Name="id" Type="Edm.Guid" Nullable="false" />
                <Property Name="number" Type="Edm.String" MaxLength="20" />
                <Property Name="displayName" Type="Edm.String" MaxLength="100" />
                <Property Name="type" Type="Edm.String" />
                <Property Name="city" Type="Edm.String" MaxLength="30" />
                <Property Name="balanceDue" Type="Edm.Decimal" />
                <Property Name="creditLimit" Type="Edm.Decimal" />
                <Property Name="taxLiable" Type="Edm.Boolean" />
                <Property Name="taxRegistrationNumber" Type="Edm.String" MaxLength="50" />
                <Property Name="currencyId" Type="Edm.Guid" />
                <Property Name="currencyCode" Type="Edm.String" MaxLength="10" />
                <Property Name="blocked" Type="Edm.String" />
                <Property Name="lastModifiedDateTime" Type="Edm.DateTimeOffset" />
                <NavigationProperty Name="contactsInformation" Type="Collection(Microsoft.NAV.contactInformation)" />
              </EntityType>
              <EntityType Name="contactInformation">
                <Key><PropertyRef Name="contactId" /></Key>
                <Property Name="contactId" Type="Edm.Guid" />
                <Property Name="contactNumber" Type="Edm.String" MaxLength="20" />
                <Property Name="contactType" Type="Edm.String" />
                <Property Name="relatedId" Type="Edm.Guid" />
                <Property Name="relatedType" Type="Edm.String" />
              </EntityType>
              <EntityType Name="project">
                <Key><PropertyRef Name="id" /></Key>
                <Property Name="id" Type="Edm.Guid" />
                <Property Name="code" Type="Edm.String" MaxLength="20" />
                <Property Name="status" Type="Microsoft.NAV.status" />
                <Property Name="startDate" Type="Edm.Date" />
                <Property Name="startedAt" Type="Edm.DateTimeOffset" />
                <Property Name="hours" Type="Edm.Int32" />
                <Property Name="picture" Type="Edm.Stream" />
                <Property Name="systemModifiedAt" Type="Edm.DateTimeOffset" />
              </EntityType>
              <EntityContainer Name="NAV">
                <EntitySet Name="companies" EntityType="Microsoft.NAV.company" />
                <EntitySet Name="customers" EntityType="Microsoft.NAV.customer" />
                <EntitySet Name="vendors" EntityType="Microsoft.NAV.customer" />
                <EntitySet Name="projects" EntityType="Microsoft.NAV.project" />
              </EntityContainer>
            </Schema>
          </edmx:DataServices>
        </edmx:Edmx>
        """;
}
