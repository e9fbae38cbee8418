using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Executes a request under the planned fault, if any.</summary>
internal sealed class FaultInjector(IEmulatorService service, FaultPlan plan, TimeProvider time)
{
    private const string HtmlPage =
        "<!DOCTYPE html>\r\n<html><head><title>Error</title></head><body><h2>The service is unavailable.</h2></body></html>";

    public async Task<FaultOutcome> HandleAsync(
        EmulatorRequest request, FaultTarget target, CancellationToken cancellationToken)
    {
        var fault = plan.Strike(target);
        if (fault is { Kind: EmulatorFaultKind.Delay })
        {
            await Task.Delay(fault.Duration, time, cancellationToken).ConfigureAwait(false);
        }

        var isCarriedOut = fault is null or { AfterCommit: true } or { Kind: EmulatorFaultKind.Delay };
        var answer = isCarriedOut ? await service.HandleAsync(request, cancellationToken).ConfigureAwait(false) : null;
        var sent = fault is null ? answer : Replace(request, fault, answer);
        return new FaultOutcome(sent, answer?.RowWrites ?? 0, fault);
    }

    private EmulatorResponse? Replace(EmulatorRequest request, EmulatorFault fault, EmulatorResponse? answer) =>
        fault.Kind switch
        {
            EmulatorFaultKind.Delay => answer,
            EmulatorFaultKind.TruncatedBody => answer! with { Body = answer.Body[..(answer.Body.Length / 2)] },
            EmulatorFaultKind.HtmlError =>
                WithRetryAfter(EmulatorResponse.Text(fault.Status, "text/html; charset=utf-8", HtmlPage), fault),
            EmulatorFaultKind.Refusal => WithRetryAfter(service.Refuse(request, fault.Status, fault.ErrorCode), fault),
            _ => null,
        };

    private static EmulatorResponse WithRetryAfter(EmulatorResponse response, EmulatorFault fault) =>
        fault.RetryAfter is { } wait
        ? response.WithHeader("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))
        : response;
}
