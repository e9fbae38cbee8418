using Dataverse.Sync.PostgreSql;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync;

/// <summary>Extension methods that make a PostgreSQL database the coupling store and job log of an engine.</summary>
public static class PostgreSqlSyncBuilderExtensions
{
    /// <summary>Uses a PostgreSQL database, with the default options, as coupling store and job log.</summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="connectionString">The connection string of the database.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <remarks>The container creates the store when the engine is resolved, and disposes it.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static SyncBuilder UsePostgreSqlCouplings(this SyncBuilder builder, string connectionString) =>
        builder.UsePostgreSqlCouplings(new PostgreSqlCouplingStoreOptions { ConnectionString = connectionString });

    /// <summary>Uses a PostgreSQL database as coupling store and job log.</summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="options">The settings of the store. They are checked when the store is created.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <remarks>
    /// The container creates the store when the engine is resolved, and disposes it. Leases expire by the clock of the
    /// database, whatever <see cref="TimeProvider"/> is registered.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder UsePostgreSqlCouplings(this SyncBuilder builder, PostgreSqlCouplingStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        _ = builder.Services.AddKeyedSingleton(builder.EngineName, (_, _) => new PostgreSqlCouplingStore(options));
        return builder.UseStore(provider => provider.GetRequiredKeyedService<PostgreSqlCouplingStore>(builder.EngineName));
    }
}
