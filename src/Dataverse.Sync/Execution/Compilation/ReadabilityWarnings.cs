namespace Dataverse.Sync.Execution;

/// <summary>Names the fields of a mapping that the caller cannot read, and what the engine leaves undone.</summary>
internal static class ReadabilityWarnings
{
    public static IEnumerable<MappingWarning> Of(CompiledMapping mapping)
    {
        foreach (var field in mapping.Fields)
        {
            foreach (var side in Sides.Both.Where(side => !field.CanRead(side)))
            {
                var consequence = field.IsFrozen
                    ? "The field mapping changes no existing record."
                    : "Edits there are not noticed.";
                consequence += field.On(side) is { CanInsert: false, CanUpdate: false } && field.Reaches(side)
                    ? " The field cannot be written either."
                    : string.Empty;
                var key = field.Mapping.Key;
                var text = $"field mapping '{key}': {Unreadable(mapping, side, field.On(side).Name)} {consequence}";
                yield return Warning(mapping, text, key);
            }
        }

        foreach (var side in Sides.Both)
        {
            foreach (var name in UnreadableMatchFields(mapping, side))
            {
                yield return Warning(mapping, $"{Unreadable(mapping, side, name)} Records are not matched by it.");
            }
        }
    }

    private static MappingWarning Warning(CompiledMapping mapping, string text, FieldMappingKey? key = null) =>
        new(mapping.Name, $"Mapping '{mapping.Name}': {text}", key);

    private static string Unreadable(CompiledMapping mapping, SyncSide side, string field) =>
        $"the {side.Word()} table '{mapping.Schema(side).Name}' does not show field '{field}' to the caller.";

    private static IEnumerable<string> UnreadableMatchFields(CompiledMapping mapping, SyncSide side) =>
        mapping.Mapping.MatchGroups.SelectMany(group => group.Fields.Concat(group.ConfirmedBy)).Select(field => field.On(side))
            .Where(name => mapping.Schema(side).Find(name)?.CanRead == false)
            .Distinct(StringComparer.Ordinal);
}
