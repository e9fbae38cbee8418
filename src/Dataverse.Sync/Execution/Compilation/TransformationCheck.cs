namespace Dataverse.Sync.Execution;

/// <summary>Checks the transformation rules of a field mapping.</summary>
internal sealed class TransformationCheck(IIntegrationTableMapping table, IFieldMapping field)
{
    public IEnumerable<string> FindProblems() => Sides.Both.SelectMany(ProblemsTo);

    /// <summary>
    /// A rule that loses a part of the value makes an edit of the other side replace all of it, unless rules lead back.
    /// </summary>
    public IEnumerable<string> FindWarnings()
    {
        foreach (var target in Sides.Both)
        {
            var source = target.Opposite();
            if (Reaches(target) && Reaches(source) && field.Converter is null
                && field.TransformationsTo(source).Count == 0
                && field.TransformationsTo(target).FirstOrDefault(IsLossy) is { } rule)
            {
                yield return $"field mapping '{field.Key}' is synchronized both ways, and its rule {rule.Name} passes only a "
                    + $"part of the {source.Word()} value to the {target.Word()} side. An edit on the {target.Word()} side "
                    + $"replaces the whole {source.Word()} value, which is kept as a resolved conflict. Give the field one "
                    + "direction, or rules that lead back.";
            }
        }
    }

    private IEnumerable<string> ProblemsTo(SyncSide target)
    {
        var rules = field.TransformationsTo(target);
        if (rules.Count > 0 && (field.Lookup is not null || field.LocalField is null || field.IntegrationField is null))
        {
            return [$"field mapping '{field.Key}' is a constant or a lookup, which cannot have transformation rules."];
        }

        return rules.SelectMany(rule => ProblemsOf(rule).Select(problem =>
            $"transformation rule {rule.Name} of field mapping '{field.Key}' toward the {target.Word()} side is invalid: "
                + $"{problem}."));
    }

    // A rule is user code: whatever it throws is the fault of its mapping.
    private static List<string> ProblemsOf(ITransformationRule rule)
    {
        try
        {
            List<string> problems = [.. rule.FindProblems()];
            return Enum.IsDefined(rule.Loss) ? problems : [.. problems, "its loss is not defined"];
        }
        catch (Exception failure)
        {
            return [$"its check failed with {failure.GetType().Name}"];
        }
    }

    // A rule whose loss cannot be told is a problem already.
    private static bool IsLossy(ITransformationRule rule)
    {
        try
        {
            return rule.Loss == TransformationLoss.Content;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private bool Reaches(SyncSide side) => table.Direction.ReachesSide(side) && field.Direction.ReachesSide(side);
}
