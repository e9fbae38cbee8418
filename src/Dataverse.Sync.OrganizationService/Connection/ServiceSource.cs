using System.Collections.Concurrent;
using Microsoft.PowerPlatform.Dataverse.Client;

namespace Dataverse.Sync.OrganizationService;

/// <summary>The application's service, and the clones of a client where each request has one.</summary>
/// <remarks>
/// The service is made when it is first needed and stays the application's. Safe for concurrent use.
/// </remarks>
internal sealed class ServiceSource : IDisposable
{
    private const int UsualParallelism = 5;

    private readonly Lock gate = new();
    private readonly Func<IOrganizationServiceAsync2> make;
    private readonly OrganizationServiceOptions options;
    private readonly ConcurrentBag<ServiceClient> idle = [];
    private readonly ConcurrentBag<ServiceClient> made = [];
    private IOrganizationServiceAsync2? service;
    private volatile bool cannotClone;

    public ServiceSource(Func<IOrganizationServiceAsync2> make, OrganizationServiceOptions options) =>
        (this.make, this.options) = (make, options);

    /// <summary>The service that the application gave. One that could not be made is made again by the next call.</summary>
    public IOrganizationServiceAsync2 Service
    {
        get
        {
            lock (gate)
            {
                return service ??= make() ?? throw new InvalidOperationException("There is no organization service.");
            }
        }
    }

    /// <summary>The host that a client is connected to; null where the service does not tell.</summary>
    public string? Host => (Service as ServiceClient)?.ConnectedOrgUriActual?.Authority;

    /// <summary>The number of requests that the service recommends to have under way; null where it does not tell.</summary>
    public int? Recommended
    {
        get
        {
            try
            {
                return (Service as ServiceClient)?.RecommendedDegreesOfParallelism is > 0 and var number ? number : null;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // A client that lost its connection recommends nothing.
                return null;
            }
        }
    }

    /// <summary>The number of requests to have under way until the service recommends one.</summary>
    public int StartParallelism => Recommended ?? options.MaxDegreeOfParallelism ?? UsualParallelism;

    /// <summary>Whether the service may repeat a request by itself.</summary>
    public bool MayRepeat => !ClonesClients && Service is ServiceClient { MaxRetryCount: > 0 };

    /// <summary>Whether the service can be called; only a client tells.</summary>
    public bool IsConnected => Service is not ServiceClient { IsReady: false };

    private bool ClonesClients => !cannotClone && options.CloneClients && Service is ServiceClient;

    /// <summary>A service for one request.</summary>
    public IOrganizationServiceAsync2 Rent()
    {
        if (!ClonesClients || Service is not ServiceClient client)
        {
            return Service;
        }

        if (idle.TryTake(out var known))
        {
            return known;
        }

        try
        {
            var clone = client.Clone();
            clone.MaxRetryCount = 0;
            made.Add(clone);
            return clone;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Not every way of signing in allows it. The shared instance serves all calls then.
            cannotClone = true;
            return Service;
        }
    }

    /// <summary>Takes the service of a request back.</summary>
    public void Return(IOrganizationServiceAsync2 rented)
    {
        if (rented is ServiceClient client && !ReferenceEquals(client, Service))
        {
            idle.Add(client);
        }
    }

    /// <summary>Disposes the clones. The service stays the application's.</summary>
    public void Dispose()
    {
        while (made.TryTake(out var clone))
        {
            ((IDisposable)clone).Dispose();
        }
    }
}
