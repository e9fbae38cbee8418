namespace Dataverse.Sync.Execution;

/// <summary>
/// A value has no equivalent in a field. The message says what is wrong and never contains the value, so it may be
/// stored.
/// </summary>
internal sealed class UnfitValueException(string message) : FormatException(message);
