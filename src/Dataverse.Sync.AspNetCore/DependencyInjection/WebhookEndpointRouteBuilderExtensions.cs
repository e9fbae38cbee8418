using Dataverse.Sync.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Extension methods that map the endpoints of webhooks.</summary>
public static class WebhookEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>business-central</c> and <c>dataverse</c> below a prefix, for all engines that <c>AddWebhooks</c> was
    /// called for.
    /// </summary>
    /// <remarks>
    /// Both endpoints take POST. They are open to anonymous callers, because the services cannot sign in; each request
    /// must bear a secret. Their bodies and addresses are not written to the HTTP log of ASP.NET Core. An endpoint that
    /// is not set up answers 404, a request without a valid secret 401 or 429, and none of them has an effect.
    /// </remarks>
    /// <param name="endpoints">The endpoints of the application.</param>
    /// <param name="pattern">The prefix. The default is <c>/hooks</c>.</param>
    /// <returns>A builder of the conventions of both endpoints.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddWebhooks</c> was not called.</exception>
    public static IEndpointConventionBuilder MapDataverseSyncWebhooks(
        this IEndpointRouteBuilder endpoints, string pattern = "/hooks")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var services = endpoints.ServiceProvider;
        if (services.GetService<EngineRegistration>() is null)
        {
            throw new InvalidOperationException("There are no webhooks to map. Call AddWebhooks when the engine is added.");
        }

        // With the first request at the latest, so that what is wrong with the settings is told when the host starts.
        var webhooks = new Lazy<WebhookEndpoints>(services.GetRequiredService<WebhookEndpoints>);
        var group = endpoints.MapGroup(pattern).AllowAnonymous().WithHttpLogging(HttpLoggingFields.None);
        _ = group.MapPost("business-central", (RequestDelegate)(context => webhooks.Value.TakeNotificationAsync(context)));
        _ = group.MapPost("dataverse", (RequestDelegate)(context => webhooks.Value.TakePostAsync(context)));
        return group;
    }
}
