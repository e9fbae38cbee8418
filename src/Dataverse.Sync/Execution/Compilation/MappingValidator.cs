namespace Dataverse.Sync.Execution;

/// <summary>
/// Checks one mapping against both schemas and collects every problem, so that all are reported at once.
/// </summary>
internal sealed class MappingValidator(
    IIntegrationTableMapping mapping, Sides<TableSchema?> schemas, IReadOnlyList<ISyncRule> rules)
{
    private readonly List<string> problems = [];
    private readonly List<MappingWarning> warnings = [];

    /// <summary>What does not keep the mapping from running, after <see cref="Validate"/>.</summary>
    public IReadOnlyList<MappingWarning> Warnings => warnings;

    public IReadOnlyList<string> Validate()
    {
        foreach (var side in Sides.Both)
        {
            CheckTable(side);
        }

        foreach (var field in mapping.Fields)
        {
            CheckField(field);
        }

        CheckKeysAreUnique();
        CheckSidesAreWritten();
        foreach (var side in Sides.Both)
        {
            CheckTargetsAreWrittenOnce(side);
            CheckFilter(side);
            CheckConditions(side);
        }

        CheckMatching();
        foreach (var problem in TemplateProblems.Of(mapping, schemas).Concat(MemberProblems.Of(mapping, schemas, rules)))
        {
            Report(problem);
        }

        CheckRules();
        return problems;
    }

    /// <summary>Adds a warning about a field mapping, or about the whole mapping if it is null.</summary>
    public void Warn(IFieldMapping? field, string text) =>
        warnings.Add(new(mapping.Name, $"Mapping '{mapping.Name}': {text}", field?.Key));

    private void CheckTable(SyncSide side)
    {
        var table = mapping.TableOn(side);
        var schema = schemas[side];
        if (string.IsNullOrEmpty(table))
        {
            Report($"names no {side.Word()} table.");
        }
        else if (schema is null)
        {
            Report($"the {side.Word()} table '{table}' does not exist.");
        }
        else if (!schema.IsWritable && mapping.Direction.ReachesSide(side))
        {
            Report($"the {side.Word()} table '{table}' cannot be written to, "
                + $"but the mapping's direction is {mapping.Direction}.");
        }
    }

    private void CheckField(IFieldMapping field)
    {
        if (!field.IsEnabled)
        {
            return;
        }

        var localField = CheckExists(SyncSide.Local, field.LocalField, $"field mapping '{field.Key}'");
        var integrationField = CheckExists(
            SyncSide.Integration, field.IntegrationField, $"field mapping '{field.Key}'");
        if (field.LocalField is null && field.IntegrationField is null)
        {
            Report("a field mapping names no field.");
        }

        if (mapping.Direction != SyncDirection.Bidirectional
            && field.Direction != SyncDirection.Bidirectional
            && field.Direction != mapping.Direction)
        {
            Warn(field, $"field mapping '{field.Key}' is never synchronized, because its direction is "
                + $"{field.Direction} and that of the mapping is {mapping.Direction}.");
        }

        CheckConstant(field, localField, integrationField);
        CheckWritable(field, SyncSide.Local, localField);
        CheckWritable(field, SyncSide.Integration, integrationField);
        if (localField is not null && integrationField is not null)
        {
            foreach (var problem in new FieldTypeCheck(mapping, field, localField, integrationField).FindProblems())
            {
                Report($"field mapping '{field.Key}' {problem}");
            }
        }

        CheckValues(field);
    }

    private void CheckValues(IFieldMapping field)
    {
        var (rules, values) = (new TransformationCheck(mapping, field), new ValueMapCheck(mapping, field));
        foreach (var problem in rules.FindProblems().Concat(values.FindProblems()))
        {
            Report(problem);
        }

        foreach (var warning in rules.FindWarnings().Concat(values.FindWarnings()))
        {
            Warn(field, warning);
        }
    }

    private bool IsWritten(IFieldMapping field, SyncSide side) =>
        mapping.Direction.ReachesSide(side) && field.Direction.ReachesSide(side);

    private void CheckConstant(IFieldMapping field, FieldSchema? localField, FieldSchema? integrationField)
    {
        var isConstant = field.LocalField is null != field.IntegrationField is null;
        if (!isConstant || (localField ?? integrationField) is not { } target)
        {
            return;
        }

        try
        {
            _ = Constants.Fit(field.Constant, target);
        }
        catch (FormatException unfit)
        {
            Report($"the constant of field mapping '{field.Key}' does not fit: {unfit.Message}");
        }
    }

    private void CheckWritable(IFieldMapping field, SyncSide side, FieldSchema? schema)
    {
        var isWritten = IsWritten(field, side);

        // A column that is secured keeps neither the mapping nor its records from running. It is left alone, with a
        // warning.
        if (schema is { CanRead: true, CanInsert: false, CanUpdate: false } && isWritten)
        {
            Report($"field mapping '{field.Key}' would write the read-only {side.Word()} field '{schema.Name}'; "
                + "give it a direction that does not.");
        }
    }

    // The key identifies the field mapping in stored bases and conflicts, where a duplicate would be ambiguous.
    private void CheckKeysAreUnique()
    {
        var byKey = mapping.Fields.Where(field => field.IsEnabled).GroupBy(field => field.Key);
        foreach (var group in byKey.Where(group => group.Count() > 1))
        {
            Report($"{group.Count()} field mappings have the key '{group.Key}'.");
        }
    }

    private void CheckSidesAreWritten()
    {
        foreach (var side in Sides.Both)
        {
            var isWritten = mapping.Fields.Any(field => field.IsEnabled && field.Direction.ReachesSide(side));
            if (mapping.Direction.ReachesSide(side) && !isWritten)
            {
                Report($"no enabled field mapping writes the {side.Word()} side, "
                    + $"but the mapping's direction is {mapping.Direction}.");
            }
        }
    }

    private void CheckTargetsAreWrittenOnce(SyncSide side)
    {
        var twice = mapping.Fields
            .Where(field => field.IsEnabled && field.Direction.ReachesSide(side) && mapping.Direction.ReachesSide(side))
            .Select(field => field.FieldOn(side))
            .Where(name => name is not null)
            .GroupBy(name => name!, StringComparer.Ordinal)
            .Where(group => group.Count() > 1);
        foreach (var group in twice)
        {
            Report($"{group.Count()} field mappings write the {side.Word()} field '{group.Key}'.");
        }
    }

    private void CheckFilter(SyncSide side)
    {
        foreach (var field in FilterBinding.FieldsOf(mapping.FilterOn(side), schemas[side]))
        {
            var found = CheckExists(side, field, $"the {side.Word()} filter");
            if (found is { CanRead: false })
            {
                Report($"the {side.Word()} filter names field '{field}', which cannot be read.");
            }

            if (found is null && schemas[side] is not null && FilterBinding.IsNumber(field))
            {
                Report($"the {side.Word()} filter names '{field}' by a number of Business Central, "
                    + "which is not known for this table; write the name of the field.");
            }
        }
    }

    private void CheckConditions(SyncSide side)
    {
        if (mapping.FilterOn(side) is { } filter && schemas[side] is { } schema)
        {
            foreach (var problem in FilterProblems.Of(filter, schema))
            {
                Report($"the {side.Word()} filter compares {problem}");
            }
        }
    }

    private void CheckMatching()
    {
        foreach (var field in mapping.MatchGroups.SelectMany(group => group.Fields.Concat(group.ConfirmedBy)))
        {
            _ = CheckExists(SyncSide.Local, field.LocalField, "matching");
            _ = CheckExists(SyncSide.Integration, field.IntegrationField, "matching");
        }
    }

    private void CheckRules()
    {
        foreach (var rule in rules)
        {
            foreach (var side in Sides.Both)
            {
                CheckRule(rule, side);
            }
        }
    }

    // A rule is user code: whatever it throws is the fault of its mapping.
    private void CheckRule(ISyncRule rule, SyncSide side)
    {
        try
        {
            foreach (var field in rule.RequiredFields(mapping, side))
            {
                _ = CheckExists(side, field, $"rule {rule.GetType().Name}");
            }
        }
        catch (Exception failure)
        {
            Report($"rule {rule.GetType().Name} failed in {nameof(ISyncRule.RequiredFields)} "
                + $"with {failure.GetType().Name}.");
        }
    }

    private FieldSchema? CheckExists(SyncSide side, string? field, string user)
    {
        var schema = schemas[side];
        if (field is null || schema is null)
        {
            return null;
        }

        var found = schema.Find(field);
        if (found is null)
        {
            Report($"{user} names {schema.DescribeMissing(field, $"the {side.Word()} table")}");
        }

        return found;
    }

    private void Report(string problem) => problems.Add($"Mapping '{mapping.Name}': {problem}");
}
