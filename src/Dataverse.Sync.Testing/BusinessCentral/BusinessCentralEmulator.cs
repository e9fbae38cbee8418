using System.Security.Cryptography.X509Certificates;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>
/// Business Central's API v2.0 on a free loopback port: a stateful HTTP server for tests of clients. It responds as the
/// cloud does, including its quirks. Where the behavior of the cloud is unknown,
/// <see cref="BusinessCentralEmulatorOptions"/> has an option. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <para>It starts without companies: see <see cref="AddCompany"/> and <see cref="LoadAsync"/>.</para>
/// <para>
/// Entity sets: companies, companyInformation, salespeoplePurchasers, customers, vendors, contacts, contactsInformation
/// and pictures (under a parent), customerFinancialDetails, defaultDimensions, dimensions, dimensionValues, currencies,
/// currencyExchangeRates, paymentTerms, shipmentMethods, paymentMethods, and the tables of
/// <see cref="BusinessCentralEmulatorOptions.Tables"/>. It also serves <c>$metadata</c>, the service document,
/// <c>entityDefinitions</c>, <c>$batch</c> in JSON and multipart form, webhook <c>subscriptions</c>, and a token endpoint.
/// Everything else is refused.
/// </para>
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

    /// <summary>The root of API v2.0 in the online form without a tenant, with a trailing slash.</summary>
    public Uri BaseAddress => new(host.Origin, $"v2.0/{options.Environment}/api/v2.0/");

    /// <summary>The root of API v2.0 in the online form with a tenant, with a trailing slash.</summary>
    public Uri TenantBaseAddress => new(host.Origin, $"v2.0/{options.TenantId}/{options.Environment}/api/v2.0/");

    /// <summary>The root of API v2.0 in the on-premises form, with a trailing slash.</summary>
    public Uri OnPremisesBaseAddress => new(host.Origin, $"{options.ServerInstance}/api/v2.0/");

    /// <summary>The endpoint that exchanges client credentials for a token.</summary>
    public Uri TokenEndpoint => new(host.Origin, $"{options.TenantId}/oauth2/v2.0/token");

    /// <summary>The requests that arrived over HTTP, with counters.</summary>
    /// <remarks>
    /// A successful PATCH counts as a written row even if it changed nothing. Contacts that follow a customer or vendor
    /// do not count.
    /// </remarks>
    public RequestLog Requests { get; } = new();

    /// <summary>Faults of the network and of the service.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>A snapshot of the companies, ordered by name.</summary>
    public IReadOnlyList<BusinessCentralCompany> Companies =>
        [.. database.Current.Companies.Rows.Select(
            row => new BusinessCentralCompany(row.Id, row.Text("name"), row.Text("displayName")))];

    /// <summary>
    /// The stamp of every write, rounded to 1/300 s, so that rows have equal stamps. Null (default) for the clock.
    /// </summary>
    public DateTimeOffset? ForcedStamp
    {
        get => clock.Forced;
        set => clock.Forced = value;
    }

    /// <summary>Starts an emulator. Dispose it to stop the server.</summary>
    /// <param name="options">The configuration; <see langword="null"/> (default) for the default values.</param>
    /// <param name="cancellationToken">A token that cancels the start.</param>
    /// <returns>The running emulator.</returns>
    /// <exception cref="ArgumentException">
    /// A table definition is inconsistent, or two tables have the same name.
    /// </exception>
    public static async Task<BusinessCentralEmulator> StartAsync(
        BusinessCentralEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var emulator = new BusinessCentralEmulator(options ?? new BusinessCentralEmulatorOptions());
        emulator.host = await EmulatorHost.StartAsync(
            emulator.CreateService(), emulator.Requests, emulator.Faults, emulator.options.TimeProvider, emulator.options.Transport,
            cancellationToken).ConfigureAwait(false);
        return emulator;
    }

    /// <summary>Gets the root of a custom API in the online form without a tenant, with a trailing slash.</summary>
    /// <param name="route">The route of the custom API.</param>
    /// <returns>The absolute URL.</returns>
    public Uri RouteAddress(BusinessCentralRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return new Uri(host.Origin, $"v2.0/{options.Environment}/api/{route}/");
    }

    /// <summary>
    /// Creates a handler that passes requests to the emulator without the network, for tests in virtual time whose
    /// order of requests must not depend on sockets. The log and the faults apply as for requests over the network.
    /// </summary>
    /// <returns>
    /// A handler for one <see cref="HttpClient"/>. Requests keep their addresses, for example those under
    /// <see cref="BaseAddress"/>.
    /// </returns>
    public HttpMessageHandler CreateHandler() => host.CreateHandler();

    /// <summary>
    /// Creates a handler that reaches the emulator over the network, trusts its <see cref="Certificate"/> and no other, and
    /// decompresses responses.
    /// </summary>
    /// <returns>A handler for one <see cref="HttpClient"/>.</returns>
    public HttpMessageHandler CreateNetworkHandler() => host.CreateNetworkHandler();

    /// <summary>
    /// The certificate of the server, without its key; <see langword="null"/> without
    /// <see cref="EmulatorTransport.UsesTls"/>.
    /// </summary>
    public X509Certificate2? Certificate => host.Certificate;

    /// <summary>Creates an empty company with its company information.</summary>
    /// <param name="name">The technical name and the display name, up to 30 characters.</param>
    /// <param name="localCurrency">The code of the local currency. Default GBP.</param>
    /// <param name="id">The id of the company; <see langword="null"/> (default) for a new one.</param>
    /// <returns>The company.</returns>
    /// <exception cref="BusinessCentralException">A company with this name or id exists.</exception>
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
    /// Loads rows from files that are named by entity set, for example <c>customers.json</c>. <c>companies.json</c>
    /// adds companies.
    /// </summary>
    /// <param name="folder">
    /// The folder. Each file contains <c>{"value":[…]}</c> with rows as the API prints them. Files that do not name an
    /// entity set are ignored.
    /// </param>
    /// <param name="company">
    /// The company that receives the rows; <see langword="null"/> (default) for the first of <c>companies.json</c>.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when all rows are loaded.</returns>
    /// <remarks>
    /// Ids and stamps are preserved, annotations are ignored, and no business logic runs.
    /// </remarks>
    /// <exception cref="InvalidDataException">
    /// A file has another form or an unknown property, or no company is known.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public Task LoadAsync(string folder, Guid? company = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return new DataFolder(database).LoadAsync(folder, company, cancellationToken);
    }

    /// <summary>Gets a table of a company, which a test reads and edits as another user.</summary>
    /// <param name="entitySet">
    /// The name of the entity set. If tables of several APIs share the name, prefix it with the route.
    /// </param>
    /// <param name="company">The id of the company; <see langword="null"/> (default) for the first one by name.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">The table or the company does not exist.</exception>
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

    /// <summary>Makes every issued token invalid, as if it had expired.</summary>
    public void RevokeTokens() => tokens.RevokeAll();

    /// <summary>Stops the server and the notifications. Open connections are closed.</summary>
    /// <returns>A task that completes when the server has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync().ConfigureAwait(false);
        await notifications.DisposeAsync().ConfigureAwait(false);
        receivers.Dispose();
    }

    private BusinessCentralService CreateService() => new(
        options, database, tokens, new SubscriptionHandler(subscriptions, receivers, database.Catalog, options));
}
