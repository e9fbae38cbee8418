using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Executes the parts of a batch under the planned faults, if any.</summary>
internal sealed class PartFaults(FaultPlan plan, IEmulatorService service, EmulatorRequest batch, FaultTarget target)
{
    /// <summary>Executes one part, or one change set.</summary>
    /// <param name="method">The verb of the part in upper case.</param>
    /// <param name="url">The URL as the client wrote it.</param>
    /// <param name="body">The body of the part.</param>
    /// <param name="handle">Executes the part.</param>
    public EmulatorResponse Run(
        string method, string url, ReadOnlyMemory<byte> body, Func<EmulatorResponse> handle)
    {
        var part = target with
        {
            Method = method,
            PathAndQuery = url,
            IsWrite = method is not ("GET" or "HEAD" or "OPTIONS"),
            Body = Encoding.UTF8.GetString(body.Span),
            IsPart = true,
        };
        if (plan.Strike(part) is not { } fault)
        {
            return handle();
        }

        if (fault.Kind == EmulatorFaultKind.Doubled)
        {
            var first = handle();
            var second = handle();
            return second with { RowWrites = first.RowWrites + second.RowWrites };
        }

        var rows = fault.AfterCommit ? handle().RowWrites : 0;
        return service.Refuse(batch, fault.Status, fault.ErrorCode, fault.ErrorText) with { RowWrites = rows };
    }
}
