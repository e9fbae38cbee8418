namespace Dataverse.Sync.BusinessCentral;

/// <summary>Fetches a value once and keeps it; callers that come meanwhile wait, and a failure is forgotten.</summary>
internal sealed class AsyncOnce<T>(Func<CancellationToken, Task<T>> fetch) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile T? value;

    /// <summary>The value; null until it was fetched.</summary>
    public T? Value => value;

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

    /// <summary>Fetches the value again, unless somebody has done so since.</summary>
    /// <param name="known">The value that is no longer wanted.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async ValueTask<T> RenewAsync(T known, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (ReferenceEquals(value, known))
            {
                value = await fetch(cancellationToken).ConfigureAwait(false);
            }

            return value!;
        }
        finally
        {
            _ = turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
