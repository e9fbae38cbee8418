using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>What a message is executed with.</summary>
/// <param name="Session">The access to the store.</param>
/// <param name="Faults">The faults of the requests of a batch.</param>
/// <param name="IsPart">Whether the message is a request of a batch or a transaction.</param>
internal sealed record MessageContext(DataverseSession Session, PartFaults? Faults, bool IsPart)
{
    public DatabaseState State => Session.State;

    /// <exception cref="DataverseErrorException">There is no such table.</exception>
    public DataverseTableSchema Table(string? name) =>
        name is not null && Session.Store.Schema.TryGet(name, out var table) ? table : throw Refusals.UnknownTable(name);

    /// <exception cref="DataverseErrorException">There is no such table, or its rows cannot be written.</exception>
    public DataverseTableSchema WritableTable(string? name, string message) =>
        Table(name) is { Definition.IsVirtual: false } table ? table : throw Refusals.NotSupported(message, Table(name));
}
