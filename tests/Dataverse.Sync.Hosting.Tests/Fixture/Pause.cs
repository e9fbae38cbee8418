using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>Stops the first read of a table until a test lets it go on, or its run is cancelled.</summary>
internal sealed class Pause
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Pause(InMemoryConnector connector, string table) => connector.Faults.BeforeCall = async (call, cancellationToken) =>
    {
        if (call.Table == table && call.Operation == InMemoryOperation.ReadChanges)
        {
            _ = reached.TrySetResult();
            await released.Task.WaitAsync(cancellationToken);
        }
    };

    public Task Reached => reached.Task;

    public void Release() => _ = released.TrySetResult();
}
