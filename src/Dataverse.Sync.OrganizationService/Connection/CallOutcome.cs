using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService;

/// <summary>How a call ended: with an answer, or with a failure and what is known of its fate.</summary>
/// <typeparam name="T">What the service answers.</typeparam>
internal sealed record CallOutcome<T>(RequestFate Fate)
    where T : class
{
    /// <summary>The answer of a call that succeeded.</summary>
    public T? Answer { get; init; }

    /// <summary>Why there is no answer; ready to be thrown.</summary>
    public ConnectorException? Failure { get; init; }

    /// <summary>What the service said about the failure; its text may hold values.</summary>
    public OrganizationServiceFault? Fault { get; init; }

    /// <summary>Whether an attempt before this one may have been performed.</summary>
    public bool FollowsUnknown { get; init; }

    /// <summary>Whether this attempt was not made, because the time for it was over.</summary>
    public bool IsTooLate { get; init; }

    /// <summary>How many repetitions this kind of failure is worth.</summary>
    public int MaxRetries { get; init; }

    /// <summary>The answer, or the failure as an exception.</summary>
    /// <exception cref="ConnectorException">There is no answer.</exception>
    public T Require() => Answer ?? throw Failure!;
}
