namespace Dataverse.Sync;

/// <summary>What <see cref="ISyncRule.ReferenceMissingAsync"/> is told.</summary>
/// <param name="Run">The run.</param>
/// <param name="Field">The field mapping whose blank stands for a record.</param>
/// <param name="Table">The integration table in which the record is missing.</param>
/// <param name="Key">The value that the record's <see cref="BlankReference.IntegrationField"/> must have.</param>
public sealed record ReferenceMissingArguments(SyncRunContext Run, IFieldMapping Field, string Table, FieldValue Key);
