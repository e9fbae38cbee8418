using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>
/// Business Central's API v2.0 on a free loopback port: a real HTTP server with real state, for tests of clients. It
/// answers as the cloud does, its quirks included; where the cloud's behaviour is not known,
/// <see cref="BusinessCentralEmulatorOptions"/> has a switch. It starts without companies: see <see cref="AddCompany"/>
/// and <see cref="LoadAsync"/>. Safe for use from several threads.
/// </summary>
/// <remarks>
/// Served: companies, companyInformation, salespeoplePurchasers, customers, vendors, contacts, contactsInformation
/// (under a customer or vendor), currencies, currencyExchangeRates, paymentTerms, shipmentMethods, paymentMethods, and
/// the tables of <see cref="BusinessCentralEmulatorOptions.Tables"/>; <c>$metadata</c>, the service document,
/// <c>$batch</c> in JSON and multipart form, webhook <c>subscriptions</c>, and a token endpoint.
/// </remarks>
public sealed class BusinessCentralEmulator : IAsyncDisposable
{
    private readonly BusinessCentralEmulatorOptions options;
    private readonly ServerClock clock;
    private readonly Database database;
    private readonly TokenIssuer tokens;
    private readonly ReceiverClient receivers;
    private readonly SubscriptionList subscriptions;
    private readonly NotificationSender notifications;
    private EmulatorHost host = null!;

    private BusinessCentralEmulator(BusinessCentralEmulatorOptions options)
    {
        this.options = options;
        clock = new ServerClock(options.TimeProvider, options.ServerClockSkews);
        database = new Database(options, new TableCatalog([.. StandardPages.All(options), .. options.Tables]), clock);
        tokens = new TokenIssuer(options);
        receivers = new ReceiverClient(options.TimeProvider);
        subscriptions = new SubscriptionList(options.TimeProvider);
        notifications = new NotificationSender(subscriptions, receivers, options);
        database.Committed = notifications.Register;
    }

    /// <summary>Root of API v2.0 in the online form without tenant, with a trailing slash.</summary>
    public Uri BaseAddress => new(host.Origin, $"v2.0/{options.Environment}/api/v2.0/");

    /// <summary>Root of API v2.0 in the online form that names the tenant, with a trailing slash.</summary>
    public Uri TenantBaseAddress => new(host.Origin, $"v2.0/{options.TenantId}/{options.Environment}/api/v2.0/");

    /// <summary>Root of API v2.0 in the on-premises form, with a trailing slash.</summary>
    public Uri OnPremisesBaseAddress => new(host.Origin, $"{options.ServerInstance}/api/v2.0/");

    /// <summary>Where client credentials are exchanged for a token.</summary>
    public Uri TokenEndpoint => new(host.Origin, $"{options.TenantId}/oauth2/v2.0/token");

    /// <summary>
    /// Every request that came over HTTP, with counters. A successful PATCH counts as a row written even if it changed
    /// nothing; contacts that follow a customer or vendor do not count.
    /// </summary>
    public RequestLog Requests { get; } = new();

    /// <summary>What is to go wrong.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>The companies, in order of name.</summary>
    public IReadOnlyList<BusinessCentralCompany> Companies =>
        [.. database.Current.Companies.Rows.Select(
            row => new BusinessCentralCompany(row.Id, row.Text("name"), row.Text("displayName")))];

    /// <summary>
    /// When set, every write gets this stamp (rounded to 1/300 s), whatever the clock says: rows that tie. Null
    /// (default) follows the clock.
    /// </summary>
    public DateTimeOffset? ForcedStamp
    {
        get => clock.Forced;
        set => clock.Forced = value;
    }

    /// <summary>Starts an emulator.</summary>
    /// <exception cref="ArgumentException">A table definition makes no sense, or two share a name.</exception>
    public static async Task<BusinessCentralEmulator> StartAsync(
        BusinessCentralEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var emulator = new BusinessCentralEmulator(options ?? new BusinessCentralEmulatorOptions());
        emulator.host = await EmulatorHost.StartAsync(
            emulator.CreateService(), emulator.Requests, emulator.Faults, emulator.options.TimeProvider,
            cancellationToken).ConfigureAwait(false);
        return emulator;
    }

    /// <summary>Root of a custom API in the online form without tenant, with a trailing slash.</summary>
    public Uri RouteAddress(BusinessCentralRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return new Uri(host.Origin, $"v2.0/{options.Environment}/api/{route}/");
    }

    /// <summary>Creates an empty company with its company information.</summary>
    /// <param name="name">Technical and displayed name, up to 30 characters.</param>
    /// <param name="localCurrency">Code of the local currency.</param>
    /// <param name="id">Its id; null for a new one.</param>
    /// <exception cref="BusinessCentralException">There is a company of that name or id.</exception>
    public BusinessCentralCompany AddCompany(string name, string localCurrency = "GBP", Guid? id = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(localCurrency);
        var company = database.Write(Guid.Empty, transaction => transaction.Insert(
            new RowDraft(transaction.Catalog[PageNames.Companies], null)
            {
                Id = id ?? Guid.NewGuid(),
                ["systemVersion"] = "29.0.0.0",
                ["name"] = name,
                ["displayName"] = name,
            }));
        _ = database.Write(company.Id, transaction => transaction.Insert(
            new RowDraft(transaction.Catalog[PageNames.CompanyInformation], null)
            {
                ["displayName"] = name,
                ["currencyCode"] = localCurrency,
                ["experience"] = "Premium",
            }));
        return new BusinessCentralCompany(company.Id, name, name);
    }

    /// <summary>
    /// Loads files <c>{entity set}.json</c> of the form <c>{"value":[…]}</c>, rows as the API prints them. Ids and
    /// stamps are kept; annotations are ignored; no business logic runs. <c>companies.json</c> adds companies.
    /// </summary>
    /// <param name="folder">The folder; files that name no served set are passed over.</param>
    /// <param name="company">The company that the data belongs to; null for the first of <c>companies.json</c>.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="InvalidDataException">A file has another form, or an unknown property.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public Task LoadAsync(string folder, Guid? company = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return new DataFolder(database).LoadAsync(folder, company, cancellationToken);
    }

    /// <summary>A table of a company, for what other users do.</summary>
    /// <param name="entitySet">
    /// Name of the set; of a custom API, after its route if the name alone is ambiguous.
    /// </param>
    /// <param name="company">The company; null for the first in order of name.</param>
    /// <exception cref="ArgumentException">There is no such table or company.</exception>
    public BusinessCentralTable Table(string entitySet, Guid? company = null)
    {
        var table = database.Catalog.Find(entitySet)
            ?? throw new ArgumentException($"There is no table '{entitySet}', or more than one.", nameof(entitySet));
        var owner = company ?? database.Current.Companies.Rows.FirstOrDefault()?.Id
            ?? throw new ArgumentException("There is no company yet.", nameof(company));
        if (database.Current.Companies.Find(owner) is null)
        {
            throw new ArgumentException($"There is no company {owner}.", nameof(company));
        }

        return new BusinessCentralTable(database, table.Name == PageNames.Companies ? Guid.Empty : owner, table);
    }

    /// <summary>Makes every issued token invalid, as if all had expired.</summary>
    public void RevokeTokens() => tokens.RevokeAll();

    /// <summary>Stops the server and the sending of notifications; open connections are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync().ConfigureAwait(false);
        await notifications.DisposeAsync().ConfigureAwait(false);
        receivers.Dispose();
    }

    private BusinessCentralService CreateService() => new(
        options, database, tokens, new SubscriptionHandler(subscriptions, receivers, database.Catalog, options));
}
