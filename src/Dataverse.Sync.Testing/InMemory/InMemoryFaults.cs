namespace Dataverse.Sync.Testing;

/// <summary>Where a test interferes with the calls of an in-memory connector.</summary>
/// <remarks>
/// Hooks run outside every lock, so they may edit the tables: that is how an edit comes between a read and a write. An
/// exception that a hook throws goes to the caller as it is. Safe for concurrent use, hooks included if they are.
/// </remarks>
public sealed class InMemoryFaults
{
    private readonly Lock gate = new();
    private readonly List<Planned> planned = [];
    private readonly Queue<InMemoryWriteFault> writeFaults = [];
    private readonly string connector;

    internal InMemoryFaults(string connector) => this.connector = connector;

    /// <summary>Runs before a call does its work; throwing prevents it.</summary>
    public Func<InMemoryCall, CancellationToken, ValueTask>? BeforeCall { get; set; }

    /// <summary>
    /// Runs after a call did its work and before the caller learns of it; throwing loses the answer of the whole call.
    /// </summary>
    public Func<InMemoryCall, CancellationToken, ValueTask>? AfterCall { get; set; }

    /// <summary>
    /// Decides what befalls each operation of a write batch, once no fault of <see cref="FailWrites"/> is left.
    /// </summary>
    public Func<InMemoryCall, WriteOperation, InMemoryWriteFault>? OnWrite { get; set; }

    /// <summary>Lets the next calls of a kind fail before they do anything.</summary>
    /// <param name="operation">The kind of call.</param>
    /// <param name="failure">Why they fail.</param>
    /// <param name="times">How many calls fail.</param>
    /// <param name="passes">How many calls of the kind succeed first.</param>
    public void Fail(InMemoryOperation operation, ConnectorFailure failure, int times = 1, int passes = 0)
    {
        lock (gate)
        {
            planned.Add(new Planned(operation, failure) { Passes = passes, Times = times });
        }
    }

    /// <summary>
    /// Gives the next operations of write batches, in the order in which they are carried out, a fault each.
    /// </summary>
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

    /// <summary>Removes every planned fault and every hook.</summary>
    public void Clear()
    {
        lock (gate)
        {
            planned.Clear();
            writeFaults.Clear();
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
