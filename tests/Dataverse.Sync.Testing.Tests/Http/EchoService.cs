using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing.Tests.Http;

/// <summary>Counts what reaches it and answers with a small JSON body; a POST writes one row.</summary>
internal sealed class EchoService : IEmulatorService
{
    public const string Body = """{"answer":"abcdefghij"}""";

    private int handled;

    public int Handled => handled;

    public bool IsWrite(EmulatorRequest request) => !request.IsRead;

    public Task<EmulatorResponse> HandleAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        _ = Interlocked.Increment(ref handled);
        if (request.Path == "/defect")
        {
            throw new InvalidOperationException("broken on purpose");
        }

        var response = EmulatorResponse.Text(200, "application/json", Body);
        return Task.FromResult(request.IsRead ? response : response with { RowWrites = 1 });
    }

    public EmulatorResponse Refuse(EmulatorRequest request, int status, string? errorCode, string? errorText) =>
        EmulatorResponse.Text(status, "application/json", $$"""{"error":"{{errorCode ?? "usual"}}"}""");
}
