namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// How a request ended: what is sent (null cuts the connection), what was committed, and the fault that struck.
/// </summary>
internal sealed record FaultOutcome(EmulatorResponse? Sent, int RowWrites, EmulatorFault? Fault);
