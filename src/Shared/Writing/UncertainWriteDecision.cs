namespace Dataverse.Sync.Shared;

/// <summary>What <see cref="UncertainWriteRules"/> decide about a write.</summary>
/// <param name="Status">The result of the write if it is not repeated; null leaves the result that it already
/// has.</param>
/// <param name="MayRepeat">Whether the write may be sent again, because a repetition recognizes its own work.</param>
/// <param name="ReportsRecord">Whether the record that was read is the record after the write, so that the engine may
/// rely on it.</param>
internal readonly record struct UncertainWriteDecision(WriteStatus? Status, bool MayRepeat = false, bool ReportsRecord = false);
