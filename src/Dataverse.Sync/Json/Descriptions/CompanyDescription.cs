namespace Dataverse.Sync.Documents;

/// <summary>The forms of company columns and default owners.</summary>
internal static class CompanyDescription
{
    private static readonly OptionalForm<string> Text = new(TextForm.Instance, () => string.Empty);

    public static ListForm<CompanyColumn> Columns { get; } = new(
        new ObjectForm<CompanyColumn>(
            "companyColumn", "A column of an integration table that says to which company a row belongs.",
            () => new() { Column = string.Empty })
            .With("column", "The column, such as bcbi_companyid.", TextForm.Instance,
                value => value.Column, (value, column) => value with { Column = column }, isRequired: true)
            .With("companyTable", "The table of the companies to which the column refers; null if the column contains the key.",
                Text, value => value.CompanyTable, (value, table) => value with { CompanyTable = table })
            .With("keyColumn", "The column of the table of companies that contains the key; null for the id of the row.", Text,
                value => value.KeyColumn, (value, column) => value with { KeyColumn = column })
            .With("key", "The key of the own company; null for the id or the name that the local connector tells.",
                FieldValueForm.Instance, value => value.Key, (value, key) => value with { Key = key })
            .With("isKeyedByName", "Whether companies are identified by their names instead of their ids.", BooleanForm.Instance,
                value => value.IsKeyedByName, (value, keyed) => value with { IsKeyedByName = keyed })
            .With("teamColumn", "The column of the table of companies that refers to the team that owns their rows.", Text,
                value => value.TeamColumn, (value, column) => value with { TeamColumn = column })
            .With("isOptional", "Whether the mapping works without the column.", BooleanForm.Instance,
                value => value.IsOptional, (value, optional) => value with { IsOptional = optional }),
        () => new() { Column = string.Empty });

    public static ObjectForm<DefaultOwner> Owner { get; } = new ObjectForm<DefaultOwner>(
        "defaultOwner", "The owner of new integration rows for which no field mapping names one.", () => new())
        .With("column", "The column of the owner. The default is ownerid.", TextForm.Instance,
            value => value.Column, (value, column) => value with { Column = column })
        .With("owner", "A reference to a team or a user; null for the team of the own company.", FieldValueForm.Instance,
            value => value.Owner, (value, owner) => value with { Owner = owner });
}
