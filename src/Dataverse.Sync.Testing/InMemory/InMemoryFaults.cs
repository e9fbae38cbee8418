namespace Dataverse.Sync.Testing;

/// <summary>Injects faults and hooks into the calls of an <see cref="InMemoryConnector"/>.</summary>
/// <remarks>
/// Hooks run outside every lock, so they may edit the tables, for example between a read and a write. An exception that
/// a hook throws reaches the caller unchanged. Safe for concurrent use if the hooks are.
/// </remarks>
public sealed class InMemoryFaults
{
    private readonly Lock gate = new();
    private readonly List<Planned> planned = [];
    private readonly Queue<InMemoryWriteFault> writeFaults = [];
    private readonly List<Func<WriteResult>> lateWrites = [];
    private readonly string connector;

    internal InMemoryFaults(string connector) => this.connector = connector;

    /// <summary>
    /// Runs before a call does its work. If it throws, the work is not done. Null (default) for no hook.
    /// </summary>
    public Func<InMemoryCall, CancellationToken, ValueTask>? BeforeCall { get; set; }

    /// <summary>
    /// Runs after a call has done its work and before it returns. If it throws, the work is done but the caller loses
    /// the result of the whole call. Null (default) for no hook.
    /// </summary>
    public Func<InMemoryCall, CancellationToken, ValueTask>? AfterCall { get; set; }

    /// <summary>
    /// Chooses the fault of each operation of a write batch, unless <see cref="FailWrites"/> has planned one. Null
    /// (default) for no faults.
    /// </summary>
    public Func<InMemoryCall, WriteOperation, InMemoryWriteFault>? OnWrite { get; set; }

    /// <summary>What the connector tells as <see cref="ITableConnector.PausedFor"/>. Calls are not held back.</summary>
    public TimeSpan PausedFor { get; set; }

    /// <summary>Makes calls of one operation fail before they do any work.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="failure">The reason that the <see cref="ConnectorException"/> reports.</param>
    /// <param name="times">How many calls fail. Default 1.</param>
    /// <param name="passes">How many calls of the operation succeed first. Default 0.</param>
    public void Fail(InMemoryOperation operation, ConnectorFailure failure, int times = 1, int passes = 0)
    {
        lock (gate)
        {
            planned.Add(new Planned(operation, failure) { Passes = passes, Times = times });
        }
    }

    /// <summary>
    /// Plans one fault for each of the next operations of write batches, in the order in which they are executed.
    /// </summary>
    /// <param name="faults">The faults; <see cref="InMemoryWriteFault.None"/> lets an operation succeed.</param>
    public void FailWrites(params ReadOnlySpan<InMemoryWriteFault> faults)
    {
        lock (gate)
        {
            foreach (var fault in faults)
            {
                writeFaults.Enqueue(fault);
            }
        }
    }

    /// <summary>
    /// Executes the operations that <see cref="InMemoryWriteFault.Late"/> has held back, in their order.
    /// </summary>
    /// <returns>What the system answers, which no caller receives.</returns>
    public IReadOnlyList<WriteResult> LandLateWrites()
    {
        var landing = new List<Func<WriteResult>>();
        lock (gate)
        {
            landing.AddRange(lateWrites);
            lateWrites.Clear();
        }

        return [.. landing.Select(write => write())];
    }

    /// <summary>Removes every planned fault, every hook, and every operation that is held back.</summary>
    public void Clear()
    {
        lock (gate)
        {
            planned.Clear();
            writeFaults.Clear();
            lateWrites.Clear();
        }

        (BeforeCall, AfterCall, OnWrite) = (null, null, null);
    }

    internal ValueTask BeforeAsync(InMemoryCall call, CancellationToken cancellationToken)
    {
        ThrowPlanned(call);
        return BeforeCall?.Invoke(call, cancellationToken) ?? ValueTask.CompletedTask;
    }

    internal ValueTask AfterAsync(InMemoryCall call, CancellationToken cancellationToken) =>
        AfterCall?.Invoke(call, cancellationToken) ?? ValueTask.CompletedTask;

    internal InMemoryWriteFault StrikeWrite(InMemoryCall call, WriteOperation operation)
    {
        lock (gate)
        {
            if (writeFaults.TryDequeue(out var fault))
            {
                return fault;
            }
        }

        return OnWrite?.Invoke(call, operation) ?? InMemoryWriteFault.None;
    }

    internal void Hold(Func<WriteResult> write)
    {
        lock (gate)
        {
            lateWrites.Add(write);
        }
    }

    private void ThrowPlanned(InMemoryCall call)
    {
        lock (gate)
        {
            if (planned.Find(fault => fault.Operation == call.Operation) is not { } fault)
            {
                return;
            }

            if (fault.Passes-- > 0)
            {
                return;
            }

            if (--fault.Times <= 0)
            {
                _ = planned.Remove(fault);
            }

            throw new ConnectorException(
                connector, fault.Failure,
                $"{connector}: {call.Operation} of '{call.Table}' fails because the test says so.");
        }
    }

    private sealed class Planned(InMemoryOperation operation, ConnectorFailure failure)
    {
        public InMemoryOperation Operation => operation;

        public ConnectorFailure Failure => failure;

        public required int Passes { get; set; }

        public required int Times { get; set; }
    }
}
