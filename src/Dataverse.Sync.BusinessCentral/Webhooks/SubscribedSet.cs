namespace Dataverse.Sync.BusinessCentral;

/// <summary>An entity set of a company, to which one can subscribe.</summary>
/// <param name="ApiRoot">The root of the API, which has subscriptions of its own.</param>
/// <param name="Resource">The path of the set, from <c>/api/</c> on.</param>
internal sealed record SubscribedSet(string ApiRoot, string Resource);
