using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Dataverse.Sync.Http;

/// <summary>The clients that the application's <see cref="IHttpClientFactory"/> makes for a connector.</summary>
internal static class FactoryClients
{
    /// <summary>
    /// Gives the named client the handler and the time limit of the connector's own client. No factory is registered:
    /// one is used only where the application has it.
    /// </summary>
    public static void Configure(IServiceCollection services, string name)
    {
        // Several engines share the named client. A second single-send handler would refuse what the first one passes on.
        if (services.Any(item => item.ServiceType == typeof(ConfiguredClient)
            && item.ImplementationInstance is ConfiguredClient known && known.Name == name))
        {
            return;
        }

        _ = services.AddSingleton(new ConfiguredClient(name));
        _ = services.Configure<HttpClientFactoryOptions>(name, options =>
        {
            // Before all others, so that what the application sets for its clients wins.
            options.HttpClientActions.Insert(0, client => client.Timeout = Timeout.InfiniteTimeSpan);
            options.HttpMessageHandlerBuilderActions.Insert(
                0, builder => builder.PrimaryHandler = HttpClientFactory.CreateHandler());
        });

        // After all others, so that it is next to the network whatever else the application adds.
        _ = services.PostConfigure<HttpClientFactoryOptions>(name, options => options.HttpMessageHandlerBuilderActions.Add(
            builder => builder.PrimaryHandler = new SingleSendHandler(builder.PrimaryHandler)));
    }

    /// <summary>
    /// Makes the client of each attempt, so that the factory can replace its handlers; null without a factory.
    /// </summary>
    public static Func<HttpClient>? Of(IServiceProvider provider, string name) =>
        provider.GetService<IHttpClientFactory>() is { } factory ? () => factory.CreateClient(name) : null;

    private sealed record ConfiguredClient(string Name);
}
