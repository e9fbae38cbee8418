using System.Text.Json.Nodes;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>
/// How an emulated Business Central is set up, and how it behaves where the behaviour of the real one is not known:
/// each such switch names its two positions, and clients should be tested in both. Read when the emulator starts.
/// </summary>
public sealed record BusinessCentralEmulatorOptions
{
    /// <summary>The clock of stamps, expiry, limits and delays. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Name of the environment in online URLs. Default <c>production</c>.</summary>
    public string Environment { get; init; } = "production";

    /// <summary>Id of the tenant in online URLs that name one. Default: a fixed GUID.</summary>
    public string TenantId { get; init; } = "9de93518-20fd-4a7a-8f22-f31cfdff1d26";

    /// <summary>Name of the server instance in on-premises URLs. Default <c>BC</c>.</summary>
    public string ServerInstance { get; init; } = "BC";

    /// <summary>API pages besides the standard ones. Default none.</summary>
    public IReadOnlyList<BusinessCentralTableDefinition> Tables { get; init; } = [];

    /// <summary>The applications to which the token endpoint gives tokens. Empty (default): any.</summary>
    public IReadOnlyList<BusinessCentralClient> Clients { get; init; } = [];

    /// <summary>
    /// Whether only unexpired tokens of the token endpoint are accepted. Default false: any bearer token is.
    /// </summary>
    public bool RequiresIssuedTokens { get; init; }

    /// <summary>Lifetime of issued tokens. Default one hour.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Limits per user; null (default) for none, so that a test with a standing clock never meets them.
    /// </summary>
    public BusinessCentralLimits? Limits { get; init; }

    /// <summary>How long each request occupies the server, on the emulator's clock. Default zero.</summary>
    public TimeSpan RequestDuration { get; init; }

    /// <summary>Numbers of customers; null for a missing setup. Default C00010, C00020 …</summary>
    public BusinessCentralNumberSeries? CustomerNumbers { get; init; } = new("C", 5, 10);

    /// <summary>Numbers of vendors; null for a missing setup. Default V00010, V00020 …</summary>
    public BusinessCentralNumberSeries? VendorNumbers { get; init; } = new("V", 5, 10);

    /// <summary>Numbers of contacts; null for a missing setup. Default CT000001, CT000002 …</summary>
    public BusinessCentralNumberSeries? ContactNumbers { get; init; } = new("CT", 6, 1) { Increment = 1 };

    /// <summary>
    /// Values that new records get for properties that a POST does not send, by entity set: the company's templates.
    /// Default none.
    /// </summary>
    public IReadOnlyDictionary<string, JsonObject> Templates { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>
    /// Whether a new customer or vendor gets a contact, and changes of the fields they share go both ways. Default
    /// true, as in the demonstration company.
    /// </summary>
    public bool CreateContactsForBusinessRelations { get; init; } = true;

    /// <summary>
    /// Codes that <c>country</c> may have; null for any. Default: ISO 3166 two-letter codes, <c>EL</c> and <c>XI</c>.
    /// </summary>
    public IReadOnlySet<string>? Countries { get; init; } = CountryCodes.All;

    /// <summary>Post codes that complete entered addresses. Default none.</summary>
    public IReadOnlyList<BusinessCentralPostCode> PostCodes { get; init; } = [];

    /// <summary>
    /// Clock errors of the application servers, which take turns writing. Default: one server, right.
    /// </summary>
    public IReadOnlyList<TimeSpan> ServerClockSkews { get; init; } = [];

    /// <summary>
    /// How far a read with <c>Data-Access-Intent: ReadOnly</c> lags behind; null (default): it sees the present.
    /// </summary>
    public TimeSpan? ReplicaLag { get; init; }

    /// <summary>Largest page. Default 20,000, as in the cloud; smaller for tests of paging.</summary>
    public int MaxPageSize { get; init; } = 20_000;

    /// <summary>
    /// Longest URL accepted, in characters; a longer one is 400, one of twice the length 500. Default 15,700.
    /// </summary>
    public int MaxUrlLength { get; init; } = 15_700;

    /// <summary>
    /// How long a webhook subscription lives after its creation or renewal. Default three days, as online.
    /// </summary>
    public TimeSpan SubscriptionLifetime { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long changes are collected before a notification goes out. Default 30 seconds.</summary>
    public TimeSpan NotificationWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Number of changes in one window beyond which a single <c>collection</c> entry stands for them. Default 1,000.
    /// </summary>
    public int NotificationCollectionThreshold { get; init; } = 1000;

    /// <summary>
    /// What happens to an <c>id</c> in a POST to a standard set. Not known; default
    /// <see cref="BusinessCentralClientIds.Refuse"/>.
    /// </summary>
    public BusinessCentralClientIds ClientIds { get; init; }

    /// <summary>What null means in a body. Not known; default <see cref="BusinessCentralNullValues.Refuse"/>.</summary>
    public BusinessCentralNullValues NullValues { get; init; }

    /// <summary>
    /// Whether a read-only property is refused in a PATCH although it carries the value the record has. Not known;
    /// default true.
    /// </summary>
    public bool RefusesUnchangedReadOnlyValues { get; init; } = true;

    /// <summary>
    /// Whether <c>""</c> and <c>" "</c> are taken for the blank enum member <c>_x0020_</c> on write. Not known; default
    /// false.
    /// </summary>
    public bool AcceptsPlainBlankEnum { get; init; }

    /// <summary>Whether enum properties may be filtered on; otherwise 400. Not known; default true.</summary>
    public bool FiltersEnums { get; init; } = true;

    /// <summary>
    /// Whether properties that the page computes (<c>currencyCode</c> …) may be filtered on; otherwise 400. Not known;
    /// default true.
    /// </summary>
    public bool FiltersPageVariables { get; init; } = true;

    /// <summary>Whether <c>not</c> is understood in filters; otherwise 501. Not documented; default false.</summary>
    public bool SupportsNot { get; init; }

    /// <summary>
    /// Whether DELETE without <c>If-Match</c> is 400. Default true, as documented; others saw it pass.
    /// </summary>
    public bool DeleteRequiresIfMatch { get; init; } = true;

    /// <summary>Status of a duplicate number or code: 400 (default, seen live) or 409.</summary>
    public int DuplicateKeyStatus { get; init; } = 400;

    /// <summary>Whether the tag of a record changes with its FlowFields. Not known; default true.</summary>
    public bool TagsCoverCalculatedFields { get; init; } = true;

    /// <summary>
    /// Whether the tag of a record changes with its modification stamp alone. Default false: tags are made of field
    /// values.
    /// </summary>
    public bool TagsCoverModificationStamp { get; init; }

    /// <summary>
    /// Whether filters compare stamps with their full 1/300 s, of which the API shows rounded milliseconds. Then
    /// <c>gt</c> finds a row whose shown stamp is the bound and ends in 3, and <c>ge</c> misses one that ends in 7.
    /// Default true; false compares what is shown.
    /// </summary>
    public bool FiltersUnroundedStamps { get; init; } = true;

    /// <summary>Whether the answer to a PATCH shows the stamp from before. Both were seen; default false.</summary>
    public bool PatchShowsOldStamp { get; init; }

    /// <summary>
    /// Whether PATCH honours <c>Prefer: return=no-content</c> with 204. Not known; default false: 200 with the record.
    /// </summary>
    public bool PatchHonorsNoContent { get; init; }

    /// <summary>
    /// Whether next links carry <c>aid=FIFO</c>, as seen online. Default true; a client follows the link as it is.
    /// </summary>
    public bool NextLinksCarryAid { get; init; } = true;
}
