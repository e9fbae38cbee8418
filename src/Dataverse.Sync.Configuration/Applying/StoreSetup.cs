using Dataverse.Sync.PostgreSql;
using Dataverse.Sync.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.Configuration;

/// <summary>Makes the coupling store that the settings name.</summary>
internal static class StoreSetup
{
    /// <summary>Registers the store with the engine.</summary>
    public static void Apply(SyncBuilder builder, StoreSettings settings, string path)
    {
        switch (settings.Kind)
        {
            case StoreKind.InMemory:
                _ = builder.UseInMemoryStore();
                break;
            case StoreKind.Sqlite:
                _ = builder.Services.AddKeyedSingleton(builder.EngineName, (provider, _) => Sqlite(settings, path, provider));
                _ = builder.UseStore(provider => provider.GetRequiredKeyedService<SqliteCouplingStore>(builder.EngineName));
                break;
            case StoreKind.PostgreSql:
                _ = builder.Services.AddKeyedSingleton(
                    builder.EngineName, (provider, _) => new PostgreSqlCouplingStore(PostgreSql(settings, path, provider)));
                _ = builder.UseStore(provider => provider.GetRequiredKeyedService<PostgreSqlCouplingStore>(builder.EngineName));
                break;
            default:
                // The missing kind is a problem that is told with all others.
                break;
        }
    }

    private static SqliteCouplingStore Sqlite(StoreSettings settings, string path, IServiceProvider provider)
    {
        var options = new SqliteCouplingStoreOptions { Path = settings.Path ?? throw Missing(path, nameof(settings.Path)) };
        options = options with
        {
            Synchronous = settings.Synchronous ?? options.Synchronous,
            BusyTimeout = settings.BusyTimeout ?? options.BusyTimeout,
            ConflictValueRetention = settings.ConflictValueRetention ?? options.ConflictValueRetention,
            EncryptionKey = FileKey(provider, path, nameof(settings.EncryptionKeyFrom), settings.EncryptionKeyFrom),
            PreviousEncryptionKey =
                FileKey(provider, path, nameof(settings.PreviousEncryptionKeyFrom), settings.PreviousEncryptionKeyFrom),
        };
        return new(options, provider.GetService<TimeProvider>());
    }

    private static PostgreSqlCouplingStoreOptions PostgreSql(StoreSettings settings, string path, IServiceProvider provider)
    {
        var key = settings.ConnectionStringFrom ?? throw Missing(path, nameof(settings.ConnectionStringFrom));
        var options = new PostgreSqlCouplingStoreOptions
        {
            ConnectionString = Secrets.Read(provider, $"{path}:{nameof(settings.ConnectionStringFrom)}", key),
        };
        return options with
        {
            Schema = settings.Schema ?? options.Schema,
            ConflictValueRetention = settings.ConflictValueRetention ?? options.ConflictValueRetention,
            EncryptionKey = DatabaseKey(provider, path, nameof(settings.EncryptionKeyFrom), settings.EncryptionKeyFrom),
            PreviousEncryptionKey =
                DatabaseKey(provider, path, nameof(settings.PreviousEncryptionKeyFrom), settings.PreviousEncryptionKeyFrom),
        };
    }

    private static CouplingFileKey? FileKey(IServiceProvider provider, string path, string setting, string? key) =>
        key is null ? null : CouplingFileKey.FromBytes(KeyBytes(provider, $"{path}:{setting}", key, CouplingFileKey.Length));

    private static CouplingDatabaseKey? DatabaseKey(IServiceProvider provider, string path, string setting, string? key) =>
        key is null ? null : CouplingDatabaseKey.FromBytes(KeyBytes(provider, $"{path}:{setting}", key, CouplingDatabaseKey.Length));

    private static byte[] KeyBytes(IServiceProvider provider, string setting, string key, int length)
    {
        var bytes = Secrets.ReadBytes(provider, setting, key);
        return bytes.Length == length
            ? bytes
            : throw new SyncConfigurationException([$"{setting} names the key '{key}', which has not {length} bytes."]);
    }

    private static SyncConfigurationException Missing(string path, string setting) => new([$"{path}:{setting} is missing."]);
}
