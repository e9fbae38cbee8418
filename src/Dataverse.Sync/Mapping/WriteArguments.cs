namespace Dataverse.Sync;

/// <summary>What rules are told of a write before and after it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Target">The side that is written to.</param>
/// <param name="Operation">The write.</param>
/// <param name="Source">The record that it comes from; null for a deletion.</param>
/// <param name="Result">The answer; null before the write.</param>
public sealed record WriteArguments(SyncRunContext Run, SyncSide Target, WriteOperation Operation, TableRecord? Source, WriteResult? Result);
