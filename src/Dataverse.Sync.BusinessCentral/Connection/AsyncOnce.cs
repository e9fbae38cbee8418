namespace Dataverse.Sync.BusinessCentral;

/// <summary>Fetches a value once and keeps it; callers that come meanwhile wait, and a failure is forgotten.</summary>
internal sealed class AsyncOnce<T>(Func<CancellationToken, Task<T>> fetch) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile T? value;

    public async ValueTask<T> GetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (value is { } kept)
        {
            return kept;
        }

        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return value ??= await fetch(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
