namespace Dataverse.Sync.Execution;

/// <summary>Compares what a connector said about a table at two times.</summary>
internal static class SchemaComparison
{
    public static bool AreSame(TableSchema left, TableSchema right) =>
        (left.Name, left.KeyField, left.BusinessKeyField) == (right.Name, right.KeyField, right.BusinessKeyField)
        && (left.ReportsDeletions, left.KeepsChosenIds, left.IsWritable)
            == (right.ReportsDeletions, right.KeepsChosenIds, right.IsWritable)
        && left.Fields.Count == right.Fields.Count
        && left.Fields.All(field => right.Find(field.Name) is { } other && AreSame(field, other));

    private static bool AreSame(FieldSchema left, FieldSchema right) =>
        WithoutLists(left) == WithoutLists(right)
        && AreSame(left.Options, right.Options)
        && left.ReferencedTables.SequenceEqual(right.ReferencedTables);

    private static bool AreSame(IReadOnlyList<ChoiceOption> left, IReadOnlyList<ChoiceOption> right) =>
        left.Count == right.Count && left.Zip(right).All(pair =>
            pair.First.Value == pair.Second.Value
            && pair.First.Label == pair.Second.Label
            && pair.First.OtherLabels.SequenceEqual(pair.Second.OtherLabels));

    // A list equals another by reference only. A scale by reference has no other effect than the plain scale.
    private static FieldSchema WithoutLists(FieldSchema field) =>
        field with { Options = [], ReferencedTables = [], ScaleByReference = null };
}
