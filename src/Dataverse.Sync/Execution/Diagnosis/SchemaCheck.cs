namespace Dataverse.Sync.Execution;

/// <summary>Finds what a mapping wants to do with its tables and their definitions do not allow.</summary>
internal sealed class SchemaCheck(CompiledMapping mapping)
{
    public IEnumerable<DiagnosisFinding> Find()
    {
        if (mapping.Claim is { } claim)
        {
            yield return Finding(SyncSide.Integration, FindingSeverity.Information, DiagnosisCodes.CompanyColumnUsed) with
            {
                Area = DiagnosisArea.Company,
                Field = claim.Column,
                Message = $"Rows of '{mapping.Schema(SyncSide.Integration).Name}' belong to the own company by column '{claim.Column}'. "
                    + (claim.Condition is null ? "Those of other companies take part too." : "Those of other companies are left alone."),
            };
        }

        foreach (var side in Sides.Both)
        {
            foreach (var finding in mapping.Writes(side) ? FindWrites(side) : [])
            {
                yield return finding;
            }

            if (mapping.Reads(side) && !mapping.Schema(side).ReportsDeletions)
            {
                yield return Finding(side, FindingSeverity.Information, DiagnosisCodes.DeletionsNotReported) with
                {
                    Area = DiagnosisArea.ChangeCapture,
                    Message = $"The {side.Word()} system does not report the deletions of '{mapping.Schema(side).Name}'. They are "
                        + "found by scanning all ids.",
                };
            }
        }
    }

    private IEnumerable<DiagnosisFinding> FindWrites(SyncSide side)
    {
        var schema = mapping.Schema(side);
        if (!schema.IsWritable)
        {
            yield return Finding(side, FindingSeverity.Error, DiagnosisCodes.TableNotWritable) with
            {
                Message = $"The {side.Word()} table '{schema.Name}' cannot be written, but the direction of the mapping writes to it.",
            };
        }

        foreach (var field in mapping.Fields.Where(field => field.Reaches(side)))
        {
            foreach (var finding in FindWrites(side, field))
            {
                yield return finding;
            }
        }

        foreach (var field in schema.Fields.Where(field => field is { IsRequired: true, CanInsert: true } && !IsSupplied(side, field)))
        {
            var severity = mapping.Rules.Length > 0 ? FindingSeverity.Information : FindingSeverity.Warning;
            yield return Finding(side, severity, DiagnosisCodes.RequiredFieldNotMapped) with
            {
                Area = DiagnosisArea.Mapping,
                Field = field.Name,
                Message = $"The {side.Word()} system requires field '{field.Name}' of a new record, and no field mapping supplies it. "
                    + "Unless a rule does, records cannot be created.",
            };
        }
    }

    private IEnumerable<DiagnosisFinding> FindWrites(SyncSide side, CompiledField field)
    {
        var schema = field.On(side);
        if (!schema.CanInsert)
        {
            yield return Finding(side, FindingSeverity.Information, DiagnosisCodes.FieldNotInsertable) with
            {
                Field = schema.Name,
                Message = $"Field '{schema.Name}' cannot be given to a new {side.Word()} record.",
            };
        }

        if (!schema.CanUpdate)
        {
            yield return Finding(side, FindingSeverity.Warning, DiagnosisCodes.FieldNotUpdatable) with
            {
                Field = schema.Name,
                Message = $"Field '{schema.Name}' of an existing {side.Word()} record cannot be changed. Edits do not travel.",
            };
        }

        if (OptionsWithout(side, field) is { Count: > 0 } options)
        {
            yield return Finding(side, FindingSeverity.Warning, DiagnosisCodes.OptionWithoutCounterpart) with
            {
                Area = DiagnosisArea.Options,
                Field = field.Mapping.Key.Value,
                Message = $"Field '{schema.Name}' has no option for {string.Join(", ", options.Select(option => $"'{option}'"))} of the "
                    + "other side. Records with one of them fail.",
            };
        }
    }

    private bool IsSupplied(SyncSide side, FieldSchema field) =>
        field.Name == mapping.Schema(side).KeyField
        || mapping.Fields.Any(mapped => mapped.On(side).Name == field.Name && mapped.ReachesForInsert(side))
        || mapping.ConstantOf(side, field.Name) is not null;

    // A converter or a rule may do anything with an option.
    private static List<string> OptionsWithout(SyncSide side, CompiledField field)
    {
        var (source, target) = (field.On(side.Opposite()), field.On(side));
        if (field.IsConvertedTo(side) || !HasOptions(source) || !HasOptions(target) || target.Options.Count == 0)
        {
            return [];
        }

        return [.. source.Options.Where(option => !HasCounterpart(field, option, side)).Select(option => option.Label)];
    }

    private static bool HasOptions(FieldSchema field) => field.Type is FieldType.Choice or FieldType.MultiChoice;

    private static bool HasCounterpart(CompiledField field, ChoiceOption option, SyncSide target)
    {
        try
        {
            var found = field.Convert(option.Value, target).Value;
            return found.Kind == FieldValueKind.MultiChoice
                || field.On(target).Options.Any(known => FieldValueComparer.AreEqual(known.Value, found));
        }
        catch (Exception failure) when (failure is UnfitValueException or FormatException or InvalidOperationException)
        {
            // That it does not fit is the answer.
            return false;
        }
    }

    private DiagnosisFinding Finding(SyncSide side, FindingSeverity severity, string code) => new()
    {
        Severity = severity,
        Area = DiagnosisArea.Rights,
        Code = code,
        Message = string.Empty,
        Mapping = mapping.Name,
        Side = side,
        Table = mapping.Schema(side).Name,
    };
}
