namespace Dataverse.Sync;

/// <summary>The arguments of <see cref="ISyncRule.ReferenceMissingAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Field">The field mapping with the blank reference.</param>
/// <param name="Table">The integration table in which the record is missing.</param>
/// <param name="Key">The value that the <see cref="BlankReference.IntegrationField"/> of the record must have.</param>
public sealed record ReferenceMissingArguments(SyncRunContext Run, IFieldMapping Field, string Table, FieldValue Key);
