using Dataverse.Sync.Shapes;

namespace Dataverse.Sync.Execution;

/// <summary>Checks the members of classes that hold fields, in field mappings and in rules, against both schemas.</summary>
internal static class MemberProblems
{
    public static IEnumerable<string> Of(
        IIntegrationTableMapping mapping, Sides<TableSchema?> schemas, IReadOnlyList<ISyncRule> rules)
    {
        foreach (var field in mapping.Fields.Where(field => field.IsEnabled))
        {
            foreach (var side in Sides.Both)
            {
                if (ProblemOf(field, side, schemas[side]) is { } problem)
                {
                    yield return $"field mapping '{field.Key}': {problem}.";
                }
            }
        }

        foreach (var rule in rules.OfType<IShapedRule>())
        {
            foreach (var problem in Sides.Both.SelectMany(side => ProblemsOf(rule, side, schemas[side])))
            {
                yield return $"rule {rule.GetType().Name}: {problem}.";
            }
        }
    }

    private static string? ProblemOf(IFieldMapping field, SyncSide side, TableSchema? schema) =>
        field.FieldOn(side) is { } name && schema?.Find(name) is { } known ? field.MemberOn(side)?.FindProblem(known) : null;

    // A field that does not exist is reported as one that the rule requires.
    private static IEnumerable<string> ProblemsOf(IShapedRule rule, SyncSide side, TableSchema? schema)
    {
        foreach (var member in schema is null ? [] : rule.ShapeOn(side).Fields)
        {
            if (schema!.Find(member.Name) is { } known && member.FindProblem(known) is { } problem)
            {
                yield return problem;
            }
        }
    }
}
