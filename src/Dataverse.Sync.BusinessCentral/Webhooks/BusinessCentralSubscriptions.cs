using System.Text.Json;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// The webhook subscriptions of a company: Business Central tells an address that records of a table have changed.
/// </summary>
/// <remarks>
/// <para>The requests belong to the connector: they have its token, its retries, and its share of the service's
/// limits. The service has no company in the address of a subscription; the resource names it.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class BusinessCentralSubscriptions
{
    private const string Set = "subscriptions";

    private readonly ServiceConnection service;
    private readonly IReadOnlyDictionary<string, BusinessCentralTableOptions> tables;

    internal BusinessCentralSubscriptions(
        ServiceConnection service, IReadOnlyDictionary<string, BusinessCentralTableOptions> tables) =>
        (this.service, this.tables) = (service, tables);

    /// <summary>Tells whether one can subscribe to a table: it has an entity set of its own in the company.</summary>
    /// <remarks>The service may refuse a table all the same, such as one that is computed.</remarks>
    /// <param name="table">The name of the table, as mappings use it.</param>
    /// <returns>False for tables that exist under the records of others only.</returns>
    /// <exception cref="ArgumentException"><paramref name="table"/> is null or empty.</exception>
    public bool CanSubscribe(string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        var options = tables.GetValueOrDefault(table);
        var (_, entitySet) = PlaceOf(table);
        return !StandardTables.Unscoped.Contains(entitySet)
            && (options is { Parents.Count: > 0 } ? options : StandardTables.Find(entitySet)) is not { Parents.Count: > 0 };
    }

    /// <summary>Tells whether a resource of a notification is about a table. Sends no request.</summary>
    /// <param name="table">The name of the table, as mappings use it.</param>
    /// <param name="resource">The resource: the address of a record, or of the set with or without a filter.</param>
    /// <returns>
    /// True if the resource is about the table. Until the connector has looked its company up, a resource of another
    /// company is not told apart.
    /// </returns>
    /// <exception cref="ArgumentException">An argument is null, or <paramref name="table"/> is empty.</exception>
    public bool IsAbout(string table, string resource)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(resource);
        var (route, entitySet) = PlaceOf(table);
        return ResourcePath.IsAbout(resource, service.Addresses.ApiPath(route), entitySet, service.KnownCompany?.Id);
    }

    /// <summary>Returns the resource of a table. Tables that share an entity set have the same one.</summary>
    /// <param name="table">The name of the table, as mappings use it.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The resource, as <see cref="BusinessCentralSubscription.Resource"/> has it.</returns>
    /// <exception cref="ArgumentException"><paramref name="table"/> is null or empty.</exception>
    /// <exception cref="ConnectorException">The company cannot be found.</exception>
    public async Task<string> GetResourceAsync(string table, CancellationToken cancellationToken = default) =>
        (await SetOfAsync(table, cancellationToken).ConfigureAwait(false)).Resource;

    /// <summary>Lists the subscriptions to tables, whoever made them.</summary>
    /// <remarks>One request for each API in question, and more if it answers in pages.</remarks>
    /// <param name="tables">The names of the tables, as mappings use them.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The subscriptions that have not expired, in no particular order.</returns>
    /// <exception cref="ArgumentException">A name is null or empty.</exception>
    /// <exception cref="ConnectorException">The service cannot be read.</exception>
    public async Task<IReadOnlyList<BusinessCentralSubscription>> ListAsync(
        IReadOnlyCollection<string> tables, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var sets = new List<(string Table, SubscribedSet Set)>();
        foreach (var table in tables)
        {
            sets.Add((table, await SetOfAsync(table, cancellationToken).ConfigureAwait(false)));
        }

        var found = new List<BusinessCentralSubscription>();
        foreach (var api in sets.GroupBy(item => item.Set.ApiRoot, StringComparer.Ordinal))
        {
            await ListAsync(api.Key, resource => api.FirstOrDefault(item => IsAbout(item.Table, resource)).Set, found, cancellationToken)
                .ConfigureAwait(false);
        }

        return found;
    }

    /// <summary>Subscribes to a table. The service asks the address at once whether it wants notifications.</summary>
    /// <remarks>
    /// Not repeated after an unknown outcome: the service may accept the same subscription twice. List the subscriptions
    /// to see what has become of it.
    /// </remarks>
    /// <param name="table">The name of the table, as mappings use it.</param>
    /// <param name="notificationUrl">Where the service sends notifications.</param>
    /// <param name="clientState">A secret of up to 2,048 characters, which every notification bears.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The subscription.</returns>
    /// <exception cref="ArgumentException">An argument is null, or <paramref name="table"/> is empty.</exception>
    /// <exception cref="ConnectorException">
    /// The service refused, such as after an address that did not answer, or did not answer itself.
    /// </exception>
    public async Task<BusinessCentralSubscription> CreateAsync(
        string table, Uri notificationUrl, string clientState, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notificationUrl);
        ArgumentNullException.ThrowIfNull(clientState);
        var set = await SetOfAsync(table, cancellationToken).ConfigureAwait(false);
        var call = Call(HttpMethod.Post, set.ApiRoot, Set, $"subscribe to '{table}'") with
        {
            Body = SubscriptionJson.Write(notificationUrl, set.Resource, clientState),
            ContentType = "application/json",
        };
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        return Read(outcome.Answer ?? throw service.Explain(outcome.Failure!), call, set);
    }

    /// <summary>Renews a subscription, so that it lasts anew, and replaces its secret.</summary>
    /// <remarks>The service asks the address again whether it wants notifications.</remarks>
    /// <param name="subscription">The subscription as it was read last.</param>
    /// <param name="clientState">A secret of up to 2,048 characters, which every notification bears.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The renewed subscription, or null if it was changed or removed since it was read.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ConnectorException">
    /// The service refused, such as after an address that did not answer, or did not answer itself.
    /// </exception>
    public async Task<BusinessCentralSubscription?> RenewAsync(
        BusinessCentralSubscription subscription, string clientState, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        ArgumentNullException.ThrowIfNull(clientState);
        var call = ChangeCall(HttpMethod.Patch, subscription, "renew a subscription") with
        {
            Body = SubscriptionJson.Write(subscription.NotificationUrl, subscription.WrittenResource, clientState),
            ContentType = "application/json",
        };
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        if (outcome.Failure is { } failure && IsOvertaken(failure))
        {
            return null;
        }

        return Read(outcome.Answer ?? throw outcome.Failure!, call, subscription.Set);
    }

    /// <summary>Ends a subscription. One that was changed or removed since it was read is left as it is.</summary>
    /// <param name="subscription">The subscription as it was read last.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the service has answered.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="subscription"/> is null.</exception>
    /// <exception cref="ConnectorException">The service refused or did not answer.</exception>
    public async Task DeleteAsync(BusinessCentralSubscription subscription, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        var call = ChangeCall(HttpMethod.Delete, subscription, "end a subscription");
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        if (outcome.Failure is { } failure && !IsOvertaken(failure))
        {
            throw failure;
        }
    }

    private static bool IsOvertaken(ConnectorException failure) =>
        failure.StatusCode is 404 or 409 or 412 || failure.ErrorCode == ErrorCodes.EntityChanged
        || ErrorCodes.IsRecordAbsent(failure.ErrorCode);

    private static BusinessCentralSubscription Read(HttpAnswer answer, HttpCall call, SubscribedSet set)
    {
        try
        {
            return SubscriptionJson.ReadOne(answer.Body, set);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw ServiceConnection.Malformed(call.Operation, exception);
        }
    }

    private async Task ListAsync(
        string apiRoot,
        Func<string, SubscribedSet?> setOf,
        List<BusinessCentralSubscription> found,
        CancellationToken cancellationToken)
    {
        const string Operation = "list the subscriptions";
        var chain = service.ChainOf(Operation);
        Uri? next = service.Addresses.Absolute(apiRoot, Set);
        while (next is not null)
        {
            using var answer = await service.GetAsync(next, Operation, cancellationToken).ConfigureAwait(false);
            try
            {
                var page = SubscriptionJson.ReadPage(answer.Body, setOf);
                found.AddRange(page.Found);
                next = chain.Next(next, page.NextLink, page.Count == 0);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                throw ServiceConnection.Malformed(Operation, exception);
            }
        }
    }

    private (string? Route, string EntitySet) PlaceOf(string table)
    {
        var options = tables.GetValueOrDefault(table);
        return (options?.Route, options?.EntitySet ?? table);
    }

    private async Task<SubscribedSet> SetOfAsync(string table, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        var (route, entitySet) = PlaceOf(table);
        var path = await service.PathAsync(entitySet, cancellationToken).ConfigureAwait(false);
        return new(service.Addresses.Root(route), $"/{service.Addresses.ApiPath(route)}/{path}");
    }

    private HttpCall ChangeCall(HttpMethod method, BusinessCentralSubscription subscription, string operation)
    {
        var key = ODataLiteral.Encode(subscription.Id.Replace("'", "''", StringComparison.Ordinal));
        var call = Call(method, subscription.Set.ApiRoot, $"{Set}('{key}')", operation);

        // A repetition after a lost answer meets its own work, which counts as overtaken.
        return call with { Headers = [.. call.Headers, new("If-Match", subscription.Version ?? "*")], IsRepeatable = true };
    }

    private HttpCall Call(HttpMethod method, string apiRoot, string path, string operation) => new()
    {
        Method = method,
        Address = service.Addresses.Absolute(apiRoot, path),
        Operation = operation,
        Headers = [new("Accept", "application/json")],
    };
}
