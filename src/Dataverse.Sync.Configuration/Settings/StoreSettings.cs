using System.ComponentModel.DataAnnotations;
using Dataverse.Sync.Sqlite;

namespace Dataverse.Sync.Configuration;

/// <summary>Which coupling store the engine has, and its settings. Null keeps the default.</summary>
internal sealed class StoreSettings
{
    [Required]
    public StoreKind? Kind { get; set; }

    public string? Path { get; set; }

    public SqliteSynchronous? Synchronous { get; set; }

    public TimeSpan? BusyTimeout { get; set; }

    public string? ConnectionStringFrom { get; set; }

    public string? Schema { get; set; }

    public string? EncryptionKeyFrom { get; set; }

    public string? PreviousEncryptionKeyFrom { get; set; }

    public TimeSpan? ConflictValueRetention { get; set; }
}
