namespace Dataverse.Sync.Execution;

/// <summary>Why a system may contain another form of a value than the one that was sent.</summary>
/// <param name="IsUnconfirmed">
/// Whether no record was read since the write, so that the system may have changed a text when it stored it.
/// </param>
/// <param name="IsScaleChanged">
/// Whether the currency of the amount changed, so that the system may have rounded it in its own way.
/// </param>
internal readonly record struct EchoDoubts(bool IsUnconfirmed, bool IsScaleChanged);
