using Microsoft.PowerPlatform.Dataverse.Client;

namespace Dataverse.Sync.OrganizationService;

/// <summary>The options of an <see cref="OrganizationServiceConnector"/>.</summary>
/// <remarks>They are read when the connector is created.</remarks>
public sealed class OrganizationServiceOptions
{
    /// <summary>
    /// The environment's address, such as <c>https://contoso.crm4.dynamics.com/</c>, by whose host couplings are stored.
    /// Nothing is sent to it. Null, the default, takes the address that a <see cref="ServiceClient"/> is connected to;
    /// for any other service, the id of the organization stands in its place.
    /// </summary>
    public Uri? EnvironmentUrl { get; set; }

    /// <summary>
    /// A name for the account that the service calls with. The service limits each account, so connectors to one
    /// environment with the same name keep to its limits together. Null, the default, takes connectors that were given
    /// the same instance for one account.
    /// </summary>
    public string? Account { get; set; }

    /// <summary>The name of the system in messages and logs. Default "Dataverse".</summary>
    public string Name { get; set; } = "Dataverse";

    /// <summary>The number of records per page, 1 to 5,000. Default 5,000, the limit of the service.</summary>
    public int PageSize { get; set; } = 5_000;

    /// <summary>
    /// The number of records per CreateMultiple message, 1 to 1,000. Default 100, the size that Microsoft recommends
    /// first.
    /// </summary>
    public int CreateBatchSize { get; set; } = 100;

    /// <summary>
    /// Updates, deletions, and single creates per ExecuteMultiple request, 1 to 1,000. Default 100: they run one after
    /// the other, so a request takes some ten seconds and stays far from the time limit, while the number of requests,
    /// which is limited too, stays small.
    /// </summary>
    public int UpdateBatchSize { get; set; } = 100;

    /// <summary>
    /// The greatest number of requests under way at once, 1 to 52. Null, the default, sets no limit of its own. Never
    /// more are under way than <see cref="ServiceClient.RecommendedDegreesOfParallelism"/>, or than five where the
    /// service recommends nothing, unless this option says so.
    /// </summary>
    public int? MaxDegreeOfParallelism { get; set; }

    /// <summary>
    /// Whether each request that is under way has a clone of the <see cref="ServiceClient"/>. Default false: all share
    /// the one instance, as Microsoft recommends. A clone repeats nothing itself (<c>MaxRetryCount</c> 0) and is
    /// disposed with the connector. It has no effect on another service.
    /// </summary>
    public bool CloneClients { get; set; }

    /// <summary>
    /// For how long the service may hold a request back and send it later although its token was canceled. Default zero:
    /// a <see cref="ServiceClient"/> that waits before it repeats a request gives up when the token is canceled, and the
    /// connector cancels it when the time of a request is over. Up to a day.
    /// </summary>
    /// <remarks>A request that must not leave late is given to the service only as long before its time.</remarks>
    public TimeSpan ClientRetryTime { get; set; }

    /// <summary>
    /// The greatest number of requests of the account in a <see cref="LimitWindow"/>. Default 6,000, the service's own
    /// limit on each of the environment's servers.
    /// </summary>
    public int RequestLimit { get; set; } = 6_000;

    /// <summary>
    /// The greatest time that the service spends on the account's requests in a <see cref="LimitWindow"/>. Default 20
    /// minutes, the service's own limit.
    /// </summary>
    public TimeSpan ExecutionTimeLimit { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>The length of the sliding window of both limits, up to a day. Default 5 minutes.</summary>
    public TimeSpan LimitWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The greatest number of repetitions of a request that is safe to repeat, 0 to 100. Default 8.</summary>
    public int MaxRetries { get; set; } = 8;

    /// <summary>
    /// The first pause before a repetition where the service names none; doubled each time. Default one second.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The time limit of one call, the service's own repetitions included, 1 second to 1 hour. Default 15 minutes.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether changes are read by change tracking. Default <see cref="ChangeTracking.Automatic"/>.</summary>
    public ChangeTracking ChangeTracking { get; set; } = ChangeTracking.Automatic;

    /// <summary>
    /// How far a read by <c>modifiedon</c> reaches back before the newest stamp it has seen. Default three minutes: a
    /// stamp is set when a transaction begins, a transaction may take two minutes, and servers' clocks differ a little.
    /// </summary>
    public TimeSpan ModifiedOnOverlap { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Whether CreateMultiple is given our own ids. Default true. Where false, or where a service ignores them, records
    /// are created one by one in an ExecuteMultiple request.
    /// </summary>
    public bool TrustOwnIdsInCreateMultiple { get; set; } = true;

    /// <summary>
    /// The tables whose computed <c>fullname</c> is offered as a field to write. Default <c>contact</c>.
    /// </summary>
    public IReadOnlyCollection<string> WritableFullNames { get; set; } = ["contact"];

    /// <summary>How the service joins the parts of a name. Default null: the organization's setting is read.</summary>
    public FullNameConvention? FullNameConvention { get; set; }

    /// <summary>
    /// Which of the customer's own plug-ins and workflows a write skips. Default none; the user needs the privilege
    /// <c>prvBypassCustomBusinessLogic</c>.
    /// </summary>
    public BypassedLogic BypassedLogic { get; set; }

    /// <summary>Whether writes leave Power Automate flows untouched. Default false.</summary>
    public bool SuppressFlows { get; set; }

    /// <summary>
    /// A word that the customer's plug-ins find as the shared variable <c>tag</c> of a write, so that they recognize
    /// it. Default none.
    /// </summary>
    public string? Tag { get; set; }
}
