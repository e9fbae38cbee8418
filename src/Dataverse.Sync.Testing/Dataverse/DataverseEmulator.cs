using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>
/// A Dataverse organization on a free loopback port: a stateful server that speaks the Dataverse Web API over plain HTTP. It has
/// the tables account, contact, systemuser, team, businessunit, transactioncurrency and organization, and takes further ones.
/// Safe for use from several threads.
/// </summary>
/// <example><code>await using var dataverse = await DataverseEmulator.StartAsync();
/// dataverse.Table("account").Insert(("name", "Adatum"));</code></example>
public sealed class DataverseEmulator : IAsyncDisposable
{
    private readonly DataverseStore store;
    private readonly DataverseRowWriter writer;
    private readonly DeltaTokenExpiry expiry;
    private readonly TokenAuthority tokens;
    private readonly DataverseService service;
    private EmulatorHost? host;

    private DataverseEmulator(DataverseEmulatorOptions options)
    {
        var schema = new DataverseSchema(StandardTables.Create(options));
        DateTimeOffset Clock() => options.TimeProvider.GetUtcNow() + options.ClockSkew;
        var state = InitialRows.Create(
            StandardTables.WithMessages(DatabaseState.Empty(schema)), DataverseStore.Seconds(Clock()));
        store = new DataverseStore(state, options.InitialVersion, Clock);
        writer = new DataverseRowWriter(options, WriteRules);
        expiry = new DeltaTokenExpiry(options);
        tokens = new TokenAuthority(options);
        service = new DataverseService(
            options, store, new ApiDispatcher(options, WriteRules, expiry, writer), tokens, WriteRules, () => UserId);
        UserId = InitialRows.ApplicationUser;
    }

    /// <summary>
    /// Scheme, host and port: <c>http://127.0.0.1:49152/</c>. The Web API is below <c>api/data/v9.2/</c>, tokens at
    /// <c>{tenant}/oauth2/v2.0/token</c>.
    /// </summary>
    public Uri BaseAddress => host!.Origin;

    /// <summary>What was asked, with counters.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Faults of the network and the gateway.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>Plug-ins, deadlocks, and missing privileges.</summary>
    public DataverseWriteRules WriteRules { get; } = new();

    /// <summary>
    /// The user as whom requests run: an application user. After <see cref="LoadAsync"/> it is the loaded integration
    /// user, if there is one.
    /// </summary>
    public Guid UserId { get; private set; }

    /// <summary>The organization's id.</summary>
    public Guid OrganizationId => store.State["organization"].Rows.Keys.Single();

    /// <summary>The organization's base currency.</summary>
    public Guid BaseCurrencyId => TableRules.BaseCurrency(store.State)!.Id;

    /// <summary>The last version that was given to a row; grows with every write to any table.</summary>
    public long LastVersion => store.LastVersion;

    /// <summary>Starts an emulator. Dispose it to stop the server.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<DataverseEmulator> StartAsync(
        DataverseEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new DataverseEmulatorOptions();
        var emulator = new DataverseEmulator(options);
        emulator.host = await EmulatorHost.StartAsync(
            emulator.service, emulator.Requests, emulator.Faults, options.TimeProvider,
            cancellationToken).ConfigureAwait(false);
        return emulator;
    }

    /// <summary>A table for the test's own reading and editing.</summary>
    /// <exception cref="ArgumentException">There is no such table.</exception>
    public DataverseTable Table(string logicalName)
    {
        _ = store.Schema[logicalName];
        return new DataverseTable(logicalName, store, writer, OtherUser);
    }

    /// <summary>Adds a custom table, and returns it.</summary>
    /// <exception cref="ArgumentException">The definition contradicts itself or the tables that exist.</exception>
    public DataverseTable AddTable(DataverseTableDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        store.Replace(state => StandardTables.WithMessages(state.With(state.Schema.With(definition))));
        return Table(definition.LogicalName);
    }

    /// <summary>
    /// Loads files named by entity set (<c>accounts.json</c>), each <c>{"value":[…]}</c> with rows as the Web API
    /// prints them. Ids, time stamps and versions stay as they are; columns that the table does not have are left out.
    /// Loaded users, business units and currencies take the place of the ones that the emulator starts with.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">A file does not have that shape.</exception>
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

    /// <summary>Makes every delta token given out so far invalid, of one table or of all.</summary>
    /// <exception cref="ArgumentException">There is no such table.</exception>
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
            expiry.Expire(name, version - 1);
        }
    }

    /// <summary>Makes every token that the token endpoint issued so far invalid.</summary>
    public void RevokeTokens() => tokens.RevokeAll();

    /// <summary>Stops the server.</summary>
    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Guid OtherUser() => store.State["systemuser"].Rows.Values
        .Where(row => row.Id != UserId && row["isdisabled"] is not true).OrderBy(row => row.Version)
        .FirstOrDefault()?.Id ?? UserId;
}
