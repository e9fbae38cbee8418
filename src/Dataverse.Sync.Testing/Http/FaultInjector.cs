using System.Globalization;
using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Executes a request under the planned fault, if any.</summary>
internal sealed class FaultInjector(IEmulatorService service, FaultPlan plan, TimeProvider time)
{
    private const string HtmlPage =
        "<!DOCTYPE html>\r\n<html><head><title>Error</title></head><body><h2>The service is unavailable.</h2></body></html>";

    public async Task<FaultOutcome> HandleAsync(
        EmulatorRequest request, FaultTarget target, CancellationToken cancellationToken)
    {
        request = request with { Faults = new PartFaults(plan, service, request, target) };
        if (plan.Strike(target) is not { } fault)
        {
            var plain = await service.HandleAsync(request, cancellationToken).ConfigureAwait(false);
            return new FaultOutcome(plain, plain.RowWrites, null);
        }

        var (answer, rows) = await CarryOutAsync(request, target, fault, cancellationToken).ConfigureAwait(false);
        return new FaultOutcome(Replace(request, fault, answer), rows, fault);
    }

    private async Task<(EmulatorResponse? Answer, int RowWrites)> CarryOutAsync(
        EmulatorRequest request, FaultTarget target, EmulatorFault fault, CancellationToken cancellationToken)
    {
        var rows = 0;
        switch (fault.Kind)
        {
            case EmulatorFaultKind.Delay:
                await Task.Delay(fault.Duration, time, cancellationToken).ConfigureAwait(false);
                break;
            case EmulatorFaultKind.LateArrival:
                plan.Hold(() => service.HandleAsync(request, cancellationToken));
                return (null, 0);
            case EmulatorFaultKind.Doubled:
                var first = await service.HandleAsync(request, cancellationToken).ConfigureAwait(false);
                rows = first.RowWrites;
                break;
            case EmulatorFaultKind.Interruption when !fault.AfterCommit:
                if (!TryAct(fault, target))
                {
                    return (null, 0);
                }

                break;
            default:
                if (!fault.AfterCommit)
                {
                    return (null, 0);
                }

                break;
        }

        var answer = await service.HandleAsync(request, cancellationToken).ConfigureAwait(false);
        var isLost = fault is { Kind: EmulatorFaultKind.Interruption, AfterCommit: true } && !TryAct(fault, target);
        return (isLost ? null : answer, rows + answer.RowWrites);
    }

    private static bool TryAct(EmulatorFault fault, FaultTarget target)
    {
        try
        {
            fault.Action!(target);
            return true;
        }
        catch (Exception)
        {
            // The action ends the client, or wants its request lost: either way nobody receives a response.
            return false;
        }
    }

    private EmulatorResponse? Replace(EmulatorRequest request, EmulatorFault fault, EmulatorResponse? answer) =>
        fault.Kind switch
        {
            EmulatorFaultKind.Delay or EmulatorFaultKind.Doubled or EmulatorFaultKind.Interruption => answer,
            EmulatorFaultKind.TruncatedBody => answer! with { Body = answer.Body[..(answer.Body.Length / 2)] },
            EmulatorFaultKind.ChangedBody => answer! with
            {
                Body = Encoding.UTF8.GetBytes(fault.Change!(Encoding.UTF8.GetString(answer.Body.Span))),
            },
            EmulatorFaultKind.Redirect => EmulatorResponse.Text(fault.Status, "text/plain", string.Empty)
                .WithHeader("Location", fault.Location!.OriginalString),
            EmulatorFaultKind.HtmlError =>
                WithRetryAfter(EmulatorResponse.Text(fault.Status, "text/html; charset=utf-8", HtmlPage), fault),
            EmulatorFaultKind.Refusal =>
                WithRetryAfter(service.Refuse(request, fault.Status, fault.ErrorCode, fault.ErrorText), fault),
            _ => null,
        };

    private static EmulatorResponse WithRetryAfter(EmulatorResponse response, EmulatorFault fault) =>
        fault.RetryAfter is { } wait
        ? response.WithHeader("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))
        : response;
}
