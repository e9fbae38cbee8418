using System.ServiceModel;
using System.ServiceModel.Security;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>The organization service behind the log and the faults.</summary>
internal sealed class OrganizationWire(DataverseBackend backend, EmulatedServiceOptions options) : IEmulatorService
{
    private readonly MessageDispatcher messages = new(backend, options);

    public bool IsWrite(EmulatorRequest request) => MessageDispatcher.IsWrite(((OrganizationCall)request).Message);

    public async Task<EmulatorResponse> HandleAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        var account = backend.User();
        AdmittedRequest admitted;
        try
        {
            admitted = backend.Admission.Enter(account, backend.Admission.ChooseServer(affinity: null));
        }
        catch (DataverseErrorException refusal)
        {
            return OrganizationAnswer.Of(refusal);
        }

        using (admitted)
        {
            var session = admitted.Open(new DataverseCaller(account));
            var answer = messages.Answer(
                ((OrganizationCall)request).Message, new MessageContext(session, request.Faults, IsPart: false));
            backend.Admission.Bump(session);
            await backend.Admission.WaitAsync(session.RowWrites, cancellationToken);
            return answer with { RowWrites = session.RowWrites };
        }
    }

    public EmulatorResponse Refuse(EmulatorRequest request, int status, string? errorCode, string? errorText)
    {
        var code = errorCode ?? status switch
        {
            401 => "0x8005F101",
            403 => "0x80040220",
            429 => "0x80072322",
            503 => "0x8005F103",
            _ => "0x80040216",
        };
        var refusal = new DataverseErrorException(status, code, errorText ?? "The request was refused.");
        return OrganizationAnswer.Of(refusal) with { Failure = errorCode is null ? FailureOf(status) : null };
    }

    // What a gateway or the sign-in says is no fault of the service.
    private static Exception? FailureOf(int status) => status switch
    {
        401 => new MessageSecurityException("The HTTP request is unauthorized."),
        503 => new ServerTooBusyException("The HTTP service is too busy."),
        502 or 504 => new TimeoutException("The request channel timed out while waiting for a reply."),
        _ => null,
    };
}
