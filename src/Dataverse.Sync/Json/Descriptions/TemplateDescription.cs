namespace Dataverse.Sync.Documents;

/// <summary>The forms of templates.</summary>
internal static class TemplateDescription
{
    public static ListForm<RecordTemplate> List { get; } = new(
        new ObjectForm<RecordTemplate>("template", "Initial values for the rows that a mapping creates on one side. Business "
            + "Central: Table Config Template.", Blank)
            .With("name", "The name of the template, unique within its mapping.", TextForm.Instance,
                value => value.Name, (value, name) => value with { Name = name }, isRequired: true)
            .With("target", "The side on which the rows are created.", ChoiceForm<SyncSide>.Instance,
                value => value.Target, (value, target) => value with { Target = target }, isRequired: true)
            .With("sourceFilter", "The records of the other side to whose partners the template applies; null for all.",
                new OptionalForm<RecordFilter>(FilterForm.Instance, () => FilterForm.Nothing),
                value => value.SourceFilter, (value, filter) => value with { SourceFilter = filter })
            .With("priority", "The order in which the templates of a side are tried, the lowest first. The default is 0.",
                WholeNumberForm.Instance, value => value.Priority, (value, priority) => value with { Priority = priority })
            .With("values", "The fields of the target and their values.",
                new MapForm<FieldValue>(FieldValueForm.Instance, () => FieldValue.Blank),
                value => value.Values, (value, values) => value with { Values = values }),
        Blank);

    private static RecordTemplate Blank() => new() { Name = string.Empty, Target = SyncSide.Local };
}
