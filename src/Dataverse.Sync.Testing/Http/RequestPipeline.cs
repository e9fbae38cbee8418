using System.Globalization;
using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What every request to an emulated service passes, however it arrives: the faults and the log.</summary>
internal sealed class RequestPipeline(
    IEmulatorService service, RequestLog log, FaultPlan faults, TimeProvider time)
{
    private static readonly HashSet<string> UnloggedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization",
        "Cookie",
    };

    private readonly FaultInjector injector = new(service, faults, time);

    /// <summary>Executes a request.</summary>
    /// <returns>The response, or null if a fault closes the connection.</returns>
    public async Task<EmulatorResponse?> AnswerAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        var target = Describe(request);
        var outcome = await CarryOutAsync(request, target, cancellationToken).ConfigureAwait(false);
        log.Add(Entry(request, target, outcome, receivedAt));
        return Dated(outcome.Sent);
    }

    // Clients read the service's clock from this header, which would otherwise be the clock of the computer.
    private EmulatorResponse? Dated(EmulatorResponse? response) =>
        response is null || response.Headers.ContainsKey("Date")
            ? response
            : response.WithHeader("Date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));

    private async Task<FaultOutcome> CarryOutAsync(
        EmulatorRequest request, FaultTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await injector.HandleAsync(request, target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            // A defect of the emulator or of a test's predicate: the test's author needs the stack, not a bare 500.
            return new FaultOutcome(
                EmulatorResponse.Text(500, "text/plain; charset=utf-8", defect.ToString()), 0, null);
        }
    }

    private FaultTarget Describe(EmulatorRequest request) => new(
        log.NextNumber(),
        request.Method,
        request.PathAndQuery,
        service.IsWrite(request),
        request.Headers.Where(header => !UnloggedHeaders.Contains(header.Key))
            .ToDictionary(StringComparer.OrdinalIgnoreCase),
        Encoding.UTF8.GetString(request.Body.Span));

    private static LoggedRequest Entry(
        EmulatorRequest request, FaultTarget target, FaultOutcome outcome, DateTimeOffset receivedAt) => new()
        {
            Number = target.Number,
            Method = request.Method,
            PathAndQuery = request.PathAndQuery,
            Status = outcome.Sent?.Status ?? 0,
            ReceivedAt = receivedAt,
            Headers = target.Headers,
            RequestSize = request.Body.Length,
            ResponseSize = outcome.Sent?.Body.Length ?? 0,
            IsWrite = target.IsWrite,
            RowWrites = outcome.RowWrites,
            Fault = outcome.Fault,
        };
}
