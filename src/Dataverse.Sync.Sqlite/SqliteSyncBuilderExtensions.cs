using Dataverse.Sync.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync;

/// <summary>Makes one SQLite file the memory of an engine.</summary>
public static class SqliteSyncBuilderExtensions
{
    /// <summary>Keeps couplings and job log in a file, with the default options. The container owns the store and disposes it.</summary>
    /// <param name="builder">The engine's builder.</param>
    /// <param name="path">The file; its folder must exist, the file need not.</param>
    public static SyncBuilder UseSqliteCouplings(this SyncBuilder builder, string path) =>
        builder.UseSqliteCouplings(new SqliteCouplingStoreOptions { Path = path });

    /// <summary>Keeps couplings and job log in a file. The container owns the store and disposes it.</summary>
    /// <param name="builder">The engine's builder.</param>
    /// <param name="options">Where and how to keep the file.</param>
    public static SyncBuilder UseSqliteCouplings(this SyncBuilder builder, SqliteCouplingStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        _ = builder.Services.AddSingleton(provider => new SqliteCouplingStore(options, provider.GetService<TimeProvider>()));
        return builder.UseStore(provider => provider.GetRequiredService<SqliteCouplingStore>());
    }
}
