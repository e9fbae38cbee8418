namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The body of a batch cannot be read. Each emulator converts it into the error of its own service.</summary>
internal sealed class MalformedBatchException() : Exception("Stream was not readable.");
