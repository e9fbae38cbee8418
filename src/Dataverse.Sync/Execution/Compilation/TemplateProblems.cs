namespace Dataverse.Sync.Execution;

/// <summary>Finds what is wrong with the templates of a mapping.</summary>
internal static class TemplateProblems
{
    /// <summary>Returns the problems, one sentence each.</summary>
    public static IEnumerable<string> Of(IIntegrationTableMapping mapping, Sides<TableSchema?> schemas)
    {
        foreach (var template in mapping.Templates)
        {
            var problems = schemas[template.Target] is { } target ? OfValues(mapping, template, target) : [];
            if (template.SourceFilter is { } filter && schemas[template.Target.Opposite()] is { } source)
            {
                problems = problems.Concat(OfFilter(template, filter, source));
            }

            foreach (var problem in problems)
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> OfValues(
        IIntegrationTableMapping mapping, RecordTemplate template, TableSchema target)
    {
        if (!mapping.Direction.ReachesSide(template.Target))
        {
            yield return $"template '{template.Name}' is for new {template.Target.Word()} rows, but the mapping's direction "
                + $"is {mapping.Direction}.";
        }

        foreach (var (name, value) in template.Values)
        {
            if (target.Find(name) is not { } field)
            {
                yield return $"template '{template.Name}' names "
                    + target.DescribeMissing(name, $"the {template.Target.Word()} table");
            }
            else if (!field.CanInsert)
            {
                yield return $"template '{template.Name}' names field '{name}', which cannot be written to new rows.";
            }
            else if (Unfit(value, field) is { } reason)
            {
                yield return $"the value of template '{template.Name}' does not fit: {reason}";
            }
        }
    }

    private static IEnumerable<string> OfFilter(RecordTemplate template, RecordFilter filter, TableSchema source)
    {
        foreach (var name in FilterBinding.FieldsOf(filter, source))
        {
            if (source.Find(name) is not { } field)
            {
                yield return $"the filter of template '{template.Name}' names {source.DescribeMissing(name, "table")}";
            }
            else if (!field.CanRead)
            {
                yield return $"the filter of template '{template.Name}' names field '{name}', which cannot be read.";
            }
        }

        foreach (var problem in FilterProblems.Of(filter, source))
        {
            yield return $"the filter of template '{template.Name}' compares {problem}";
        }
    }

    private static string? Unfit(FieldValue value, FieldSchema field)
    {
        try
        {
            _ = Constants.Fit(value, field);
            return null;
        }
        catch (FormatException unfit)
        {
            return unfit.Message;
        }
    }
}
