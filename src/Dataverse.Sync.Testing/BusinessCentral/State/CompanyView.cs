namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The data of one company in one state, with the values that pages compute from it.</summary>
internal sealed class CompanyView(TenantState state, Guid company)
{
    private string? localCurrency;

    public TenantState State { get; } = state;

    public Guid Company { get; } = company;

    /// <summary>The code of the local currency, which is shown where the table holds a blank code.</summary>
    public string LocalCurrency => localCurrency ??=
        Table(PageNames.CompanyInformation).Rows.FirstOrDefault()?.Text("currencyCode") ?? "";

    public TableRows Table(string name) => State.Table(Company, name);

    /// <summary>The value as the page shows it.</summary>
    public object Shown(PageRow row, int ordinal)
    {
        var value = row[ordinal];
        return row.Schema.Fields[ordinal] is { Name: "currencyCode", IsPageVariable: true } && value is ""
            ? LocalCurrency
            : value;
    }
}
