namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The outcome of a request: the response (<see langword="null"/> closes the connection), the number of committed rows,
/// and the fault.
/// </summary>
internal sealed record FaultOutcome(EmulatorResponse? Sent, int RowWrites, EmulatorFault? Fault);
