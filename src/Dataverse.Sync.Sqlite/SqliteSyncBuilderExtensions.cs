using Dataverse.Sync.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync;

/// <summary>Extension methods that make an SQLite file the coupling store and job log of an engine.</summary>
public static class SqliteSyncBuilderExtensions
{
    /// <summary>Uses an SQLite file, with the default options, as coupling store and job log.</summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="path">The path of the file. The folder must exist; the file is created if it is missing.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <remarks>The container creates the store when the engine is resolved, and disposes it.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static SyncBuilder UseSqliteCouplings(this SyncBuilder builder, string path) =>
        builder.UseSqliteCouplings(new SqliteCouplingStoreOptions { Path = path });

    /// <summary>Uses an SQLite file as coupling store and job log.</summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="options">The settings of the store. They are checked when the store is created.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <remarks>
    /// The container creates the store when the engine is resolved, and disposes it. Leases expire by the registered
    /// <see cref="TimeProvider"/>, or by the system clock if none is registered.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder UseSqliteCouplings(this SyncBuilder builder, SqliteCouplingStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        _ = builder.Services.AddKeyedSingleton(
            builder.EngineName,
            (provider, _) => new SqliteCouplingStore(options, provider.GetService<TimeProvider>()));
        return builder.UseStore(provider => provider.GetRequiredKeyedService<SqliteCouplingStore>(builder.EngineName));
    }
}
