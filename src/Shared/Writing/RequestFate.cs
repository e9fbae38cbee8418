namespace Dataverse.Sync.Shared;

/// <summary>What became of a request on the service's side.</summary>
internal enum RequestFate
{
    /// <summary>The service performed it and said so.</summary>
    Performed,

    /// <summary>It never arrived, or the service refused it as a whole.</summary>
    NotPerformed,

    /// <summary>It was sent and the answer was lost, late, or a gateway's; it may have been performed.</summary>
    Unknown,
}
