using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.Configuration;

/// <summary>Reads what stands under another key of the application's configuration, such as a secret.</summary>
internal static class Secrets
{
    /// <summary>Returns the value of a key.</summary>
    /// <exception cref="SyncConfigurationException">The application has no configuration, or the key no value.</exception>
    public static string Read(IServiceProvider provider, string setting, string key)
    {
        var configuration = provider.GetService<IConfiguration>() ?? throw new SyncConfigurationException(
            [$"{setting} names the key '{key}', but the container has no {nameof(IConfiguration)}."]);
        return configuration[key] is { Length: > 0 } value
            ? value
            : throw new SyncConfigurationException([$"{setting} names the key '{key}', which has no value."]);
    }

    /// <summary>Returns the bytes of a key that is written as Base64.</summary>
    /// <exception cref="SyncConfigurationException">
    /// The application has no configuration, or the key no value that is Base64.
    /// </exception>
    public static byte[] ReadBytes(IServiceProvider provider, string setting, string key)
    {
        try
        {
            return Convert.FromBase64String(Read(provider, setting, key));
        }
        catch (FormatException)
        {
            throw new SyncConfigurationException([$"{setting} names the key '{key}', whose value is not Base64."]);
        }
    }
}
