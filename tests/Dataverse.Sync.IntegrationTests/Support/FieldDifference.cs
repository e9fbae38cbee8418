namespace Dataverse.Sync.IntegrationTests;

/// <summary>A field that holds different texts in the two records of a pair.</summary>
internal sealed record FieldDifference(Guid LocalId, IFieldMapping Field, string Local, string Integration);
