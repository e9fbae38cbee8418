using System.Net;
using Dataverse.Sync.Http;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>Clients that the factory of the application makes for the connector.</summary>
public sealed class HttpClientFactoryTests
{
    private readonly StubHandler service = new(_ => StubHandler.Error(403, "0x80040220"));

    [Fact]
    public async Task A_factory_in_the_container_makes_a_client_for_each_request()
    {
        var factory = new CountingFactory(service);

        await ReadAsync(services => services.AddSingleton<IHttpClientFactory>(factory));

        factory.Names.Should().NotBeEmpty().And.OnlyContain(name => name == "Dataverse.Sync.WebApi");
        service.Requests.Should().HaveCount(factory.Names.Count);
    }

    [Fact]
    public async Task Handlers_that_the_application_adds_to_the_client_see_its_requests()
    {
        var seen = 0;

        await ReadAsync(services => services.AddHttpClient(WebApiOptions.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() => service)
            .AddHttpMessageHandler(() => new CountingHandler(() => seen++)));

        seen.Should().BePositive().And.Be(service.Requests.Count);
    }

    [Fact]
    public async Task A_client_of_the_caller_comes_before_the_factory()
    {
        var factory = new CountingFactory(new StubHandler(_ => throw new InvalidOperationException()));

        await ReadAsync(services => services.AddSingleton<IHttpClientFactory>(factory), options => options.HttpMessageHandler = service);
        await ReadAsync(services => services.AddSingleton<IHttpClientFactory>(factory), options => options.HttpClient = new(service));

        factory.Names.Should().BeEmpty();
        service.Requests.Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_client_follows_no_redirection_keeps_no_cookies_and_has_no_time_limit_of_its_own()
    {
        HttpMessageHandler? primary = null;
        await using var provider = Services(services => services.AddHttpClient(WebApiOptions.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler((handler, _) => primary = handler)).BuildServiceProvider();

        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient(WebApiOptions.HttpClientName);

        client.Timeout.Should().Be(Timeout.InfiniteTimeSpan);
        var handler = primary.Should().BeOfType<SocketsHttpHandler>().Subject;
        handler.AllowAutoRedirect.Should().BeFalse();
        handler.UseCookies.Should().BeFalse();
        handler.AutomaticDecompression.Should().Be(DecompressionMethods.All);
    }

    [Fact]
    public void The_builder_registers_no_factory() =>
        Services(_ => { }).Should().NotContain(service => service.ServiceType == typeof(IHttpClientFactory));

    [Fact]
    public async Task Several_engines_share_the_named_client_and_its_one_guard_against_repeated_requests()
    {
        var services = new ServiceCollection();
        _ = services.AddHttpClient(WebApiOptions.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => service);
        foreach (var name in new[] { "cronus", "fabrikam" })
        {
            _ = services.AddDataverseSync(name, sync => sync.UseDataverseWebApi(_ => { }));
        }

        await using var provider = services.BuildServiceProvider();

        var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(WebApiOptions.HttpClientName);
        var handlers = new List<HttpMessageHandler> { handler };
        while (handlers[^1] is DelegatingHandler { InnerHandler: { } inner })
        {
            handlers.Add(inner);
        }

        handlers.OfType<SingleSendHandler>().Should().ContainSingle().Which.InnerHandler.Should().BeSameAs(service);
    }

    [Fact]
    public async Task No_handler_can_repeat_what_must_not_be_repeated()
    {
        await using var provider = Services(services => services.AddHttpClient(WebApiOptions.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() => service)).BuildServiceProvider();

        var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(WebApiOptions.HttpClientName);
        while (handler is DelegatingHandler { InnerHandler: DelegatingHandler inner })
        {
            handler = inner;
        }

        handler.Should().BeOfType<SingleSendHandler>().Which.InnerHandler.Should().BeSameAs(service);
    }

    private static ServiceCollection Services(Action<IServiceCollection> register, Action<WebApiOptions>? configure = null)
    {
        var services = new ServiceCollection();
        register(services);
        _ = services.AddDataverseSync(sync => sync.UseLocal(_ => new InMemoryConnector()).UseInMemoryStore()
            .UseDataverseWebApi(options =>
            {
                options.EnvironmentUrl = new Uri("https://contoso.crm4.dynamics.com/");
                options.AccessToken = _ => new("token");
                configure?.Invoke(options);
            }));
        return services;
    }

    private static async Task ReadAsync(Action<IServiceCollection> register, Action<WebApiOptions>? configure = null)
    {
        await using var provider = Services(register, configure).BuildServiceProvider();
        var read = () => provider.GetRequiredService<WebApiConnector>().GetSchemaAsync("account", default);
        await read.Should().ThrowAsync<ConnectorException>();
    }

    private sealed class CountingFactory(HttpMessageHandler handler) : IHttpClientFactory
    {
        public List<string> Names { get; } = [];

        public HttpClient CreateClient(string name)
        {
            Names.Add(name);
            return new HttpClient(handler, disposeHandler: false);
        }
    }

    private sealed class CountingHandler(Action count) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            count();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
