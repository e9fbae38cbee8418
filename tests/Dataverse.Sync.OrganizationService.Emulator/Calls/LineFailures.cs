using System.ServiceModel;
using System.Text;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>What a client throws when no answer of the service arrives.</summary>
internal static class LineFailures
{
    public static Exception Of(EmulatorResponse? sent, EmulatedServiceOptions options)
    {
        if (sent is { Status: 500 } and not OrganizationAnswer)
        {
            // A defect of the emulator, or of a test's predicate.
            return new InvalidOperationException(Encoding.UTF8.GetString(sent.Body.Span));
        }

        return options.LostAnswersTimeOut
            ? new TimeoutException("The request channel timed out while waiting for a reply.")
            : new CommunicationException("An error occurred while receiving the HTTP response.");
    }
}
