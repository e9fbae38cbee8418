namespace Dataverse.Sync;

/// <summary>
/// The arguments of <see cref="ISyncRule.BeforeWriteAsync"/> and <see cref="ISyncRule.AfterWriteAsync"/>.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Target">The side that is written.</param>
/// <param name="Operation">The write.</param>
/// <param name="Source">The record on the other side, from which the values come; null if it was deleted.</param>
/// <param name="Result">The result of the write, or null before it.</param>
public sealed record WriteArguments(
    SyncRunContext Run, SyncSide Target, WriteOperation Operation, TableRecord? Source, WriteResult? Result);
