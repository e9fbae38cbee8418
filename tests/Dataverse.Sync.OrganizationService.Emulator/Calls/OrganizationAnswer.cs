using System.Globalization;
using System.Text;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>The answer to a call: a response or a fault.</summary>
internal sealed record OrganizationAnswer : EmulatorResponse
{
    // A fault of the line that cuts or changes the body of an answer shows in it.
    private static readonly ReadOnlyMemory<byte> WholeBody = Encoding.UTF8.GetBytes("<s:Envelope />");

    public OrganizationResponse? Response { get; private init; }

    public OrganizationServiceFault? Fault { get; private init; }

    /// <summary>What a client throws instead of a fault, because the refusal came before the service.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Whether the answer arrives as the service sent it.</summary>
    public bool IsWhole => Body.Span.SequenceEqual(WholeBody.Span);

    public static OrganizationAnswer Of(OrganizationResponse response) =>
        new() { Status = 200, Response = response, Body = WholeBody };

    public static OrganizationAnswer Of(DataverseErrorException refusal) =>
        Of(refusal.Status, ServiceFaults.Of(refusal));

    public static OrganizationAnswer Of(int status, OrganizationServiceFault fault) =>
        new() { Status = status, Fault = fault, Body = WholeBody };

    /// <summary>The response.</summary>
    /// <exception cref="System.ServiceModel.FaultException">The answer is a fault.</exception>
    public OrganizationResponse Require()
    {
        if (Response is not null)
        {
            return Response;
        }

        throw Failure ?? ServiceFaults.ExceptionOf(PausedFault());
    }

    /// <summary>The fault, with the pause that a fault of the line asks for.</summary>
    public OrganizationServiceFault PausedFault()
    {
        if (Headers.TryGetValue("Retry-After", out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            Fault!.ErrorDetails[ServiceFaults.RetryAfter] = TimeSpan.FromSeconds(seconds);
        }

        return Fault!;
    }
}
