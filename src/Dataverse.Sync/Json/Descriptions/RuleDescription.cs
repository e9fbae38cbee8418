namespace Dataverse.Sync.Documents;

/// <summary>The form of a rule. A new kind of rule is one more entry here.</summary>
internal static class RuleDescription
{
    public static CodeForm<ISyncRule> Form { get; } = new(
        "rule",
        code => code.Rules,
        new ObjectKind<ISyncRule, CurrencyRule>(
            new("currencyRule", "Fills the columns of a currency that Dataverse requires. All mappings share one.", () => new()),
            isShared: true)
        {
            Name = "Currency",
        },
        new ObjectKind<ISyncRule, SalespersonCodeRule>(
            new("salespersonCodeRule", "Gives a salesperson that is created from a user the next free code.", () => new()))
        {
            Name = "SalespersonCode",
        },
        new ObjectKind<ISyncRule, LocalCurrencyAmountRule>(AmountForm()) { Name = "LocalCurrencyAmount" });

    /// <summary>Lets a document share the rule that other mappings share already.</summary>
    public static void ShareWith(IEnumerable<IIntegrationTableMapping> mappings, Reading reading)
    {
        if (mappings.SelectMany(mapping => mapping.Rules).OfType<CurrencyRule>().FirstOrDefault() is { } known)
        {
            _ = reading.Share(() => known);
        }
    }

    private static ObjectForm<LocalCurrencyAmountRule> AmountForm() => new ObjectForm<LocalCurrencyAmountRule>(
        "localCurrencyAmountRule", "Converts an amount in the local currency to the currency of the Dataverse row.",
        () => new(string.Empty, string.Empty))
        .With("localField", "The field in Business Central.", TextForm.Instance,
            value => value.LocalField, (value, field) => new(field, value.IntegrationField), isRequired: true)
        .With("integrationField", "The column in Dataverse.", TextForm.Instance,
            value => value.IntegrationField, (value, field) => new(value.LocalField, field), isRequired: true);
}
