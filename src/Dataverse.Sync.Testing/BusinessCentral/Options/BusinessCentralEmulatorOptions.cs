using System.Text.Json.Nodes;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>
/// Configures a <see cref="BusinessCentralEmulator"/>. Options marked <em>unknown</em> control behavior of the cloud
/// that is not known; test a client with both values. The emulator reads the options when it starts.
/// </summary>
public sealed record BusinessCentralEmulatorOptions
{
    /// <summary>The clock of stamps, expiry, limits and delays. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How the server speaks HTTP: plainly, by default.</summary>
    public EmulatorTransport Transport { get; init; } = new();

    /// <summary>The name of the environment in online URLs. Default <c>production</c>.</summary>
    public string Environment { get; init; } = "production";

    /// <summary>The id of the tenant in online URLs that name one. Default: a fixed GUID.</summary>
    public string TenantId { get; init; } = "9de93518-20fd-4a7a-8f22-f31cfdff1d26";

    /// <summary>The name of the server instance in on-premises URLs. Default <c>BC</c>.</summary>
    public string ServerInstance { get; init; } = "BC";

    /// <summary>API pages in addition to the standard ones. Default none.</summary>
    public IReadOnlyList<BusinessCentralTableDefinition> Tables { get; init; } = [];

    /// <summary>The applications that the token endpoint accepts. Default empty, which accepts any.</summary>
    public IReadOnlyList<BusinessCentralClient> Clients { get; init; } = [];

    /// <summary>
    /// Whether requests need an unexpired token from the token endpoint. Default <see langword="false"/>, which accepts
    /// any bearer token.
    /// </summary>
    public bool RequiresIssuedTokens { get; init; }

    /// <summary>The lifetime of issued tokens. Default one hour.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The limits per user. Null (default) for none, so that a test with a stopped clock never reaches them.
    /// </summary>
    public BusinessCentralLimits? Limits { get; init; }

    /// <summary>The execution time of each request, on the clock of the emulator. Default zero.</summary>
    public TimeSpan RequestDuration { get; init; }

    /// <summary>
    /// The number series of customers; <see langword="null"/> for a missing setup. Default C00010, C00020 …
    /// </summary>
    public BusinessCentralNumberSeries? CustomerNumbers { get; init; } = new("C", 5, 10);

    /// <summary>
    /// The number series of vendors; <see langword="null"/> for a missing setup. Default V00010, V00020 …
    /// </summary>
    public BusinessCentralNumberSeries? VendorNumbers { get; init; } = new("V", 5, 10);

    /// <summary>
    /// The number series of contacts; <see langword="null"/> for a missing setup. Default CT000001, CT000002 …
    /// </summary>
    public BusinessCentralNumberSeries? ContactNumbers { get; init; } = new("CT", 6, 1) { Increment = 1 };

    /// <summary>
    /// The templates of the company: by entity set, the values of new records for properties that a POST does not send.
    /// Default none.
    /// </summary>
    public IReadOnlyDictionary<string, JsonObject> Templates { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>
    /// Whether a new customer or vendor receives a contact, and changes of their shared fields are copied in both
    /// directions. Default <see langword="true"/>, as in the demonstration company.
    /// </summary>
    public bool CreateContactsForBusinessRelations { get; init; } = true;

    /// <summary>
    /// The codes that <c>country</c> accepts; <see langword="null"/> for any. Default: the two-letter codes of ISO
    /// 3166, <c>EL</c>, and <c>XI</c>.
    /// </summary>
    public IReadOnlySet<string>? Countries { get; init; } = CountryCodes.All;

    /// <summary>The post codes from which addresses are completed. Default none.</summary>
    public IReadOnlyList<BusinessCentralPostCode> PostCodes { get; init; } = [];

    /// <summary>
    /// The clock errors of the application servers, which write in turn. Default empty: one server with a correct
    /// clock.
    /// </summary>
    public IReadOnlyList<TimeSpan> ServerClockSkews { get; init; } = [];

    /// <summary>
    /// How far a read with <c>Data-Access-Intent: ReadOnly</c> lags behind. Null (default) for no lag.
    /// </summary>
    public TimeSpan? ReplicaLag { get; init; }

    /// <summary>The maximum number of rows on a page. Default 20,000, as in the cloud.</summary>
    public int MaxPageSize { get; init; } = 20_000;

    /// <summary>
    /// The maximum length of a URL in characters. A longer URL is refused with 400, one of more than twice the length
    /// with 500. Default 15,700.
    /// </summary>
    public int MaxUrlLength { get; init; } = 15_700;

    /// <summary>
    /// The lifetime of a webhook subscription after it is created or renewed. Default three days, as online.
    /// </summary>
    public TimeSpan SubscriptionLifetime { get; init; } = TimeSpan.FromDays(3);

    /// <summary>
    /// Whether the service accepts a second subscription to a resource at the same address. Default
    /// <see langword="true"/>. Unverified.
    /// </summary>
    public bool AcceptsDoubledSubscriptions { get; init; } = true;

    /// <summary>How long changes are collected before a notification is sent. Default 30 seconds.</summary>
    public TimeSpan NotificationWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The number of changes in one window above which a single <c>collection</c> entry replaces them. Default 1,000.
    /// </summary>
    public int NotificationCollectionThreshold { get; init; } = 1000;

    /// <summary>
    /// Creates the ids of new rows, for tests that must run the same way every time. It must be safe for concurrent
    /// use. Default <see cref="Guid.NewGuid"/>.
    /// </summary>
    public Func<Guid> NewId { get; init; } = Guid.NewGuid;

    /// <summary>
    /// The treatment of an <c>id</c> in a POST to a standard entity set. Unknown. Default
    /// <see cref="BusinessCentralClientIds.Refuse"/>.
    /// </summary>
    public BusinessCentralClientIds ClientIds { get; init; }

    /// <summary>
    /// The treatment of a <see langword="null"/> in a body. Unknown. Default
    /// <see cref="BusinessCentralNullValues.Refuse"/>.
    /// </summary>
    public BusinessCentralNullValues NullValues { get; init; }

    /// <summary>
    /// The treatment of a number with more places than <see cref="BusinessCentralField.DecimalPlaces"/>. Unknown. Default
    /// <see cref="BusinessCentralDecimals.Refuse"/>, as on pages for people.
    /// </summary>
    public BusinessCentralDecimals ExcessDecimals { get; init; }

    /// <summary>
    /// How <see cref="BusinessCentralDecimals.Round"/> rounds; <see cref="MidpointRounding.ToZero"/> cuts. Unknown.
    /// Default <see cref="MidpointRounding.AwayFromZero"/>.
    /// </summary>
    public MidpointRounding NumberRounding { get; init; } = MidpointRounding.AwayFromZero;

    /// <summary>
    /// Whether an instant that a client sends is cut to 1/300 s instead of rounded. Unknown. Default
    /// <see langword="false"/>: the database rounds.
    /// </summary>
    public bool CutsInstants { get; init; }

    /// <summary>
    /// Whether blanks at the start and the end of a text are removed silently; of a code they always are. Unknown.
    /// Default <see langword="false"/>.
    /// </summary>
    public bool TrimsText { get; init; }

    /// <summary>
    /// Whether every line break of a text is stored as a line feed. Unknown. Default <see langword="false"/>.
    /// </summary>
    public bool StoresLineFeeds { get; init; }

    /// <summary>
    /// The HTTP status of a request for a row that <see cref="BusinessCentralTable.SetHidden"/> hides: 404 as for a missing
    /// row, or 403. Unknown. Default 404.
    /// </summary>
    public int HiddenRecordStatus { get; init; } = 404;

    /// <summary>
    /// Whether a PATCH with a read-only property is refused even if the value equals that of the record. Unknown.
    /// Default <see langword="true"/>.
    /// </summary>
    public bool RefusesUnchangedReadOnlyValues { get; init; } = true;

    /// <summary>
    /// Whether writes accept <c>""</c> and <c>" "</c> for the blank enum member <c>_x0020_</c>. Unknown. Default
    /// <see langword="false"/>.
    /// </summary>
    public bool AcceptsPlainBlankEnum { get; init; }

    /// <summary>
    /// Whether filters may use enum properties; otherwise 400. Unknown. Default <see langword="true"/>.
    /// </summary>
    public bool FiltersEnums { get; init; } = true;

    /// <summary>
    /// Whether filters may use properties that the page computes, such as <c>currencyCode</c>; otherwise 400. Unknown.
    /// Default <see langword="true"/>.
    /// </summary>
    public bool FiltersPageVariables { get; init; } = true;

    /// <summary>
    /// Whether filters may use <c>not</c>; otherwise 501. Not documented. Default <see langword="false"/>.
    /// </summary>
    public bool SupportsNot { get; init; }

    /// <summary>
    /// Whether a DELETE without <c>If-Match</c> is refused with 400. Default <see langword="true"/>, as documented,
    /// although such requests have been seen to succeed.
    /// </summary>
    public bool DeleteRequiresIfMatch { get; init; } = true;

    /// <summary>
    /// The HTTP status for a duplicate number or code: 400 or 409. Default 400, as seen in the cloud.
    /// </summary>
    public int DuplicateKeyStatus { get; init; } = 400;

    /// <summary>
    /// Whether the tag of a record changes with its FlowFields. Unknown. Default <see langword="true"/>.
    /// </summary>
    public bool TagsCoverCalculatedFields { get; init; } = true;

    /// <summary>
    /// Whether the tag of a record changes if only its modification stamp does. Default <see langword="false"/>: tags
    /// are computed from field values.
    /// </summary>
    public bool TagsCoverModificationStamp { get; init; }

    /// <summary>
    /// Whether filters compare stamps with the stored precision of 1/300 s, although the API shows rounded
    /// milliseconds. Then <c>gt</c> finds a row whose displayed stamp equals the bound and ends in 3, and <c>ge</c>
    /// misses a row whose displayed stamp ends in 7. Default <see langword="true"/>; <see langword="false"/> compares
    /// displayed stamps.
    /// </summary>
    public bool FiltersUnroundedStamps { get; init; } = true;

    /// <summary>
    /// Whether the response to a PATCH shows the previous stamp. Both were seen in the cloud. Default
    /// <see langword="false"/>.
    /// </summary>
    public bool PatchShowsOldStamp { get; init; }

    /// <summary>
    /// Whether a PATCH with <c>Prefer: return=no-content</c> returns 204 instead of 200 with the record. Unknown.
    /// Default <see langword="false"/>.
    /// </summary>
    public bool PatchHonorsNoContent { get; init; }

    /// <summary>
    /// Whether next links contain <c>aid=FIFO</c>, as seen in the cloud. Default <see langword="true"/>.
    /// </summary>
    public bool NextLinksCarryAid { get; init; } = true;
}
