using System.Security.Cryptography.X509Certificates;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>
/// A Dataverse organization on a free loopback port: a stateful HTTP server that implements the Dataverse Web API. It
/// contains the tables account, contact, systemuser, team, businessunit, transactioncurrency and organization, and
/// accepts further ones. Safe for concurrent use.
/// </summary>
/// <example><code>
/// await using var dataverse = await DataverseEmulator.StartAsync();
/// dataverse.Table("account").Insert(("name", "Adatum"));
/// </code></example>
public sealed class DataverseEmulator : IAsyncDisposable
{
    private readonly DataverseStore store;
    private readonly TokenAuthority tokens;
    private readonly DataverseService service;
    private readonly WebhookSender webhooks;
    private EmulatorHost? host;

    private DataverseEmulator(DataverseEmulatorOptions options)
    {
        var schema = new DataverseSchema(StandardTables.Create(options));
        DateTimeOffset Clock() => options.TimeProvider.GetUtcNow() + options.ClockSkew;
        var state = InitialRows.Create(
            StandardTables.WithMessages(DatabaseState.Empty(schema)),
            options.OrganizationId ?? Guid.NewGuid(),
            DataverseStore.Seconds(Clock()));
        webhooks = new WebhookSender(options.TimeProvider, () => BaseAddress);
        store = new DataverseStore(
            state, options.InitialVersion, Clock, new(options.ReplicaLag, options.TimeProvider))
        {
            Committed = webhooks.Register,
            RecordsEvents = WebhookStep.AreRegistered,
        };
        Security = new DataverseSecurity(options, store);
        Backend = new DataverseBackend
        {
            Options = options,
            Store = store,
            Writer = new DataverseRowWriter(options, WriteRules, Security),
            Expiry = new DeltaTokenExpiry(options),
            Rules = WriteRules,
            Security = Security,
            Admission = new RequestAdmission(options, store, WriteRules, Security),
            User = () => UserId,
        };
        tokens = new TokenAuthority(options);
        service = new DataverseService(
            Backend, new ApiDispatcher(options, WriteRules, Backend.Expiry, Backend.Writer), tokens);
        UserId = InitialRows.ApplicationUser;
    }

    /// <summary>
    /// Creates a handler that passes requests to the emulator without the network, for tests in virtual time whose
    /// order of requests must not depend on sockets. The log and the faults apply as for requests over the network.
    /// </summary>
    /// <returns>
    /// A handler for one <see cref="HttpClient"/>. Requests keep their addresses, for example those under
    /// <see cref="BaseAddress"/>.
    /// </returns>
    public HttpMessageHandler CreateHandler() => host!.CreateHandler();

    /// <summary>
    /// Creates a handler that reaches the emulator over the network, trusts its <see cref="Certificate"/> and no other, and
    /// decompresses responses.
    /// </summary>
    /// <returns>A handler for one <see cref="HttpClient"/>.</returns>
    public HttpMessageHandler CreateNetworkHandler() => host!.CreateNetworkHandler();

    /// <summary>
    /// The certificate of the server, without its key; <see langword="null"/> without
    /// <see cref="EmulatorTransport.UsesTls"/>.
    /// </summary>
    public X509Certificate2? Certificate => host!.Certificate;

    /// <summary>
    /// Scheme, host and port, for example <c>http://127.0.0.1:49152/</c>. The Web API is below <c>api/data/v9.2/</c>,
    /// the token endpoint at <c>{tenant}/oauth2/v2.0/token</c>.
    /// </summary>
    public Uri BaseAddress => host!.Origin;

    /// <summary>The requests that arrived over HTTP, with counters.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Faults of the network and of the gateway.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>Plug-ins, deadlocks, and missing privileges.</summary>
    public DataverseWriteRules WriteRules { get; } = new();

    /// <summary>What callers may see: rights on secured columns, masks, and rows.</summary>
    public DataverseSecurity Security { get; }

    /// <summary>
    /// The user that requests run as: an application user. After <see cref="LoadAsync"/>, the loaded integration user
    /// if there is one.
    /// </summary>
    public Guid UserId { get; private set; }

    /// <summary>The posts of webhooks that have ended, in the order of their ends.</summary>
    public IReadOnlyList<DataverseWebhookPost> WebhookPosts => webhooks.Ended;

    /// <summary>The id of the organization.</summary>
    public Guid OrganizationId => store.State["organization"].Rows.Keys.Single();

    /// <summary>The id of the organization's base currency.</summary>
    public Guid BaseCurrencyId => TableRules.BaseCurrency(store.State)!.Id;

    /// <summary>The last version that a row received. It grows with every write to any table.</summary>
    public long LastVersion => store.LastVersion;

    /// <summary>What another protocol than the Web API works with.</summary>
    internal DataverseBackend Backend { get; }

    /// <summary>Starts an emulator. Dispose it to stop the server.</summary>
    /// <param name="options">The configuration; <see langword="null"/> (default) for the default values.</param>
    /// <param name="cancellationToken">A token that cancels the start.</param>
    /// <returns>The running emulator.</returns>
    public static async Task<DataverseEmulator> StartAsync(
        DataverseEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new DataverseEmulatorOptions();
        var emulator = new DataverseEmulator(options);
        emulator.host = await EmulatorHost.StartAsync(
            emulator.service, emulator.Requests, emulator.Faults, options.TimeProvider, options.Transport,
            cancellationToken).ConfigureAwait(false);
        return emulator;
    }

    /// <summary>Gets a table, which a test reads and edits as another user.</summary>
    /// <param name="logicalName">The logical name.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">The organization has no table with this name.</exception>
    public DataverseTable Table(string logicalName)
    {
        _ = store.Schema[logicalName];
        return new DataverseTable(logicalName, store, Backend.Writer, OtherUser);
    }

    /// <summary>Carries out the cascades that are late; see <see cref="DataverseEmulatorOptions.CascadesLate"/>.</summary>
    public void CompleteCascades()
    {
        var caller = new DataverseCaller(OtherUser(), IsTrusted: true);
        while (store.Write(caller, Backend.Writer.CompleteCascade))
        {
            // A row that is deleted now may have children of its own.
        }
    }

    /// <summary>Adds a custom table.</summary>
    /// <param name="definition">The name, the columns, and the behavior of the table.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">
    /// The definition is inconsistent, or conflicts with an existing table.
    /// </exception>
    public DataverseTable AddTable(DataverseTableDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        store.Replace(state => StandardTables.WithMessages(state.With(state.Schema.With(definition))));
        return Table(definition.LogicalName);
    }

    /// <summary>Loads rows from files that are named by entity set, for example <c>accounts.json</c>.</summary>
    /// <param name="folder">
    /// The folder. Each file contains <c>{"value":[…]}</c> with rows as the Web API prints them.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when all rows are loaded.</returns>
    /// <remarks>
    /// Ids, time stamps and versions are preserved. Columns that the table lacks are ignored. Loaded users, business
    /// units and currencies replace the initial ones.
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">A file has another form.</exception>
    public async Task LoadAsync(string folder, CancellationToken cancellationToken = default)
    {
        await new FolderLoader(store).LoadAsync(folder, cancellationToken).ConfigureAwait(false);
        var users = store.State["systemuser"].Rows;
        if (!users.ContainsKey(UserId))
        {
            UserId = (users.Values.FirstOrDefault(row => row["isintegrationuser"] is true)
                ?? users.Values.OrderBy(row => row.Version).First(row => row["isdisabled"] is not true)).Id;
        }
    }

    /// <summary>Makes every delta token issued so far invalid.</summary>
    /// <param name="table">The logical name of a table; <see langword="null"/> (default) for all tables.</param>
    /// <exception cref="ArgumentException">The organization has no table with this name.</exception>
    public void ExpireDeltaTokens(string? table = null)
    {
        if (table is not null)
        {
            _ = store.Schema[table];
        }

        var version = store.NextVersion();
        foreach (var name in store.Schema.Tables.Select(schema => schema.LogicalName)
            .Where(name => table is null || name == table))
        {
            Backend.Expiry.Expire(name, version - 1);
        }
    }

    /// <summary>Registers a webhook: a row of <c>serviceendpoint</c> and a step for each message.</summary>
    /// <remarks>
    /// <para>Rows that a client creates in these tables have the same effect; deleting them ends it. Asynchronous steps
    /// after the operation are carried out; others are stored only.</para>
    /// <para>A post is sent after the write is committed. A receiver that fails has no effect on the write;
    /// <see cref="WebhookPosts"/> tells of it.</para>
    /// </remarks>
    /// <param name="url">The address of the receiver.</param>
    /// <param name="table">The logical name of the table.</param>
    /// <param name="key">The key that posts bear.</param>
    /// <param name="messages">The messages; none for Create, Update, and Delete.</param>
    /// <returns>The primary key of the <c>serviceendpoint</c>.</returns>
    /// <exception cref="ArgumentException">The table or one of its messages does not exist.</exception>
    public Guid RegisterWebhook(Uri url, string table, DataverseWebhookKey key, params IReadOnlyCollection<string> messages)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(messages);
        _ = store.Schema[table];
        return WebhookRegistration.Register(this, url, table, key, messages);
    }

    /// <summary>Makes every access token that the token endpoint has issued invalid.</summary>
    public void RevokeTokens() => tokens.RevokeAll();

    /// <summary>Stops the server and the posts of webhooks.</summary>
    /// <returns>A task that completes when the server has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }

        await webhooks.DisposeAsync().ConfigureAwait(false);
    }

    private Guid OtherUser() => store.State["systemuser"].Rows.Values
        .Where(row => row.Id != UserId && row["isdisabled"] is not true).OrderBy(row => row.Version)
        .FirstOrDefault()?.Id ?? UserId;
}
