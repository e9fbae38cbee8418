namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>When a request was made and when its response arrived, as timestamps.</summary>
/// <param name="Began">When it was made.</param>
/// <param name="Ended">When its response arrived.</param>
internal readonly record struct TimedRequest(long Began, long Ended)
{
    /// <summary>The greatest number of requests of which each was made after the response to the one before had arrived.</summary>
    public static int LongestChain(IEnumerable<TimedRequest> requests)
    {
        var (length, ended) = (0, long.MinValue);
        foreach (var request in requests.OrderBy(request => request.Ended))
        {
            if (request.Began >= ended)
            {
                (length, ended) = (length + 1, request.Ended);
            }
        }

        return length;
    }
}
