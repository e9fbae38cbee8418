using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>A refusal with details.</summary>
internal sealed class MessageRefusal(string code, string message, IReadOnlyDictionary<string, object> details)
    : DataverseErrorException(400, code, message)
{
    public IReadOnlyDictionary<string, object> Details { get; } = details;
}
