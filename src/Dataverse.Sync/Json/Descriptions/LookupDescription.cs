namespace Dataverse.Sync.Documents;

/// <summary>The forms of a lookup.</summary>
internal static class LookupDescription
{
    public static Form<LookupMapping> Form { get; } = new ObjectForm<LookupMapping>(
        "lookup", "A reference that is translated through the couplings of other mappings.", () => new() { Via = [] })
        .With("via", "The names of the mappings whose couplings are searched; the first in which the record is coupled wins.",
            Texts(), value => value.Via, (value, via) => value with { Via = via }, isRequired: true)
        .With("localKey", "The field of the referenced local record whose value the local field contains; null for its id.",
            Optional(TextForm.Instance, () => string.Empty), value => value.LocalKey, (value, key) => value with { LocalKey = key })
        .With("link", "A local table between the value of the field and the referenced record.",
            Optional(Link(), () => new LookupLink(string.Empty, string.Empty, string.Empty)),
            value => value.Link, (value, link) => value with { Link = link })
        .With("blank", "The integration record that a blank local value stands for; null if blank means blank.",
            Optional(Blank(), () => new BlankReference(string.Empty, string.Empty, string.Empty)),
            value => value.Blank, (value, blank) => value with { Blank = blank })
        .With("clearsWhenNotCoupled", "Whether a reference that cannot be translated is cleared. Business Central: Clear Value on "
            + "Failed Sync.", BooleanForm.Instance, value => value.ClearsWhenNotCoupled,
            (value, clears) => value with { ClearsWhenNotCoupled = clears })
        .With("isLeftOutWhenNotCoupled", "Whether a reference that cannot be translated is left out.", BooleanForm.Instance,
            value => value.IsLeftOutWhenNotCoupled, (value, leaves) => value with { IsLeftOutWhenNotCoupled = leaves })
        .With("skipsRecordWhenNotFound", "Whether a record is skipped if its value refers to no record at all.",
            BooleanForm.Instance, value => value.SkipsRecordWhenNotFound,
            (value, skips) => value with { SkipsRecordWhenNotFound = skips })
        .Checked((node, value, reading) =>
        {
            if (value.Via.Count == 0)
            {
                reading.Add(node.Find("via") ?? node, "must name at least one mapping.");
            }
        });

    private static ListForm<string> Texts() => new(TextForm.Instance, () => string.Empty, isUnique: true);

    private static OptionalForm<T> Optional<T>(Form<T> form, Func<T> blank)
        where T : class => new(form, blank);

    private static ObjectForm<LookupLink> Link() => new ObjectForm<LookupLink>(
        "lookupLink", "A local table that leads from the value of a field to the id of the record that it refers to.",
        () => new(string.Empty, string.Empty, string.Empty))
        .With("table", "The local link table.", TextForm.Instance,
            value => value.Table, (value, table) => value with { Table = table }, isRequired: true)
        .With("keyField", "The field of the link table that equals the value of the mapped field.", TextForm.Instance,
            value => value.KeyField, (value, field) => value with { KeyField = field }, isRequired: true)
        .With("targetField", "The field of the link table that contains the id of the referenced record.", TextForm.Instance,
            value => value.TargetField, (value, field) => value with { TargetField = field }, isRequired: true)
        .With("filter", "The rows of the link table to use; null for all.",
            Optional(FilterForm.Instance, () => FilterForm.Nothing), value => value.Filter,
            (value, filter) => value with { Filter = filter })
        .With("discriminatorField", "The field of the link table whose value selects the mapping of a row; null for the first.",
            Optional(TextForm.Instance, () => string.Empty), value => value.DiscriminatorField,
            (value, field) => value with { DiscriminatorField = field })
        .With("mappingByValue", "The name of the mapping for each value of the discriminator field.",
            new MapForm<string>(TextForm.Instance, () => string.Empty),
            value => value.MappingByValue, (value, map) => value with { MappingByValue = map });

    private static ObjectForm<BlankReference> Blank() => new ObjectForm<BlankReference>(
        "blankReference", "The integration record that a blank local value stands for, such as the local currency.",
        () => new(string.Empty, string.Empty, string.Empty))
        .With("localTable", "The local setup table. Its first row is used.", TextForm.Instance,
            value => value.LocalTable, (value, table) => value with { LocalTable = table }, isRequired: true)
        .With("localField", "The field of that table that contains the key.", TextForm.Instance,
            value => value.LocalField, (value, field) => value with { LocalField = field }, isRequired: true)
        .With("integrationField", "The column of the referenced integration table that equals the key.", TextForm.Instance,
            value => value.IntegrationField, (value, field) => value with { IntegrationField = field }, isRequired: true);
}
