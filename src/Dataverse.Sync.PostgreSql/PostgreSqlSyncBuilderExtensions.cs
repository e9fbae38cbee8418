using Dataverse.Sync.PostgreSql;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync;

/// <summary>
/// Extension methods that make a PostgreSQL database the coupling store, job log, and job queue store of an engine, for
/// processes on several machines.
/// </summary>
public static class PostgreSqlSyncBuilderExtensions
{
    /// <summary>
    /// Uses a PostgreSQL database, with the default options, as coupling store, job log, and store of the job queue.
    /// </summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="connectionString">The connection string of the database.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <remarks>
    /// <para>Any number of processes, on any number of machines, can use one database. Each mapping runs in one of them at a
    /// time. With a job queue, another process goes on with the work of one that died.</para>
    /// <para>The container creates the store when the engine is resolved, and disposes it.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static SyncBuilder UsePostgres(this SyncBuilder builder, string connectionString) =>
        builder.UsePostgres(new PostgreSqlCouplingStoreOptions { ConnectionString = connectionString });

    /// <summary>Uses a PostgreSQL database as coupling store, job log, and store of the job queue.</summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="options">The settings of the store. They are checked when the store is created.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <remarks>
    /// The container creates the store when the engine is resolved, and disposes it. Leases and job queue entries expire by
    /// the clock of the database, whatever <see cref="TimeProvider"/> is registered.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder UsePostgres(this SyncBuilder builder, PostgreSqlCouplingStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        _ = builder.Services.AddKeyedSingleton(builder.EngineName, (_, _) => new PostgreSqlCouplingStore(options));
        return builder.UseStore(provider => provider.GetRequiredKeyedService<PostgreSqlCouplingStore>(builder.EngineName));
    }
}
