using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.Configuration.Tests;

/// <summary>Makes containers from configurations.</summary>
internal static class ConfiguredServices
{
    public static IConfigurationRoot Read(string json) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();

    /// <summary>Makes a container with the engine of the section "Sync".</summary>
    public static ServiceProvider Provider(
        string json, Action<SyncBuilder>? configure = null, Action<IServiceCollection>? services = null)
    {
        var configuration = Read(json);
        var collection = new ServiceCollection();
        _ = collection.AddSingleton<IConfiguration>(configuration);
        services?.Invoke(collection);
        _ = collection.AddDataverseSync(configuration.GetSection("Sync"), configure);
        return collection.BuildServiceProvider();
    }
}
