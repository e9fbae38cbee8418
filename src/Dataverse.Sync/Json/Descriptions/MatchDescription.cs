namespace Dataverse.Sync.Documents;

/// <summary>The forms of match groups.</summary>
internal static class MatchDescription
{
    private static readonly ListForm<MatchField> Fields = new(
        new ObjectForm<MatchField>(
            "matchField", "A pair of fields by which uncoupled records are matched.", () => new(string.Empty, string.Empty))
            .With("localField", "The local field.", TextForm.Instance,
                value => value.LocalField, (value, field) => value with { LocalField = field }, isRequired: true)
            .With("integrationField", "The integration column.", TextForm.Instance,
                value => value.IntegrationField, (value, field) => value with { IntegrationField = field }, isRequired: true)
            .With("isCaseSensitive", "Whether letter case matters. Business Central: Case-Sensitive Matching.",
                BooleanForm.Instance, value => value.IsCaseSensitive,
                (value, matters) => value with { IsCaseSensitive = matters }),
        () => new(string.Empty, string.Empty));

    public static ObjectForm<MatchGroup> Form { get; } = new ObjectForm<MatchGroup>(
        "matchGroup", "Fields that must all be equal for two uncoupled records to match.", () => new([]))
        .With("fields", "The fields; at least one.", Fields,
            value => value.Fields, (value, fields) => value with { Fields = fields }, isRequired: true)
        .With("confirmedBy", "Fields that decide if several records match.", Fields,
            value => value.ConfirmedBy, (value, fields) => value with { ConfirmedBy = fields })
        .With("isSuggestion", "Whether a record that is found makes the partner doubtful instead of being coupled.",
            BooleanForm.Instance, value => value.IsSuggestion,
            (value, suggests) => value with { IsSuggestion = suggests })
        .Checked((node, value, reading) =>
        {
            if (value.Fields.Count == 0)
            {
                reading.Add(node.Find("fields") ?? node, "must contain at least one pair of fields.");
            }
        });
}
