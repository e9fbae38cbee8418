using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;

namespace Dataverse.Sync.OrganizationService;

/// <summary>What the environment tells about its settings beside the definition of a table.</summary>
/// <remarks>What may not be read counts as not told.</remarks>
internal sealed class SettingsAnswer(IReadOnlyList<BatchItem> items)
{
    /// <summary>
    /// Whether the table takes CreateMultiple. Without the privilege to ask, the message is tried, and the service's
    /// refusal tells.
    /// </summary>
    public bool OffersCreateMultiple => RowsOf(MetadataRequests.Message) is not { } rows || rows.Count > 0;

    /// <summary>The organization's settings; null where they cannot be read.</summary>
    public OrganizationRow? Organization => RowsOf(MetadataRequests.Organization) is [{ } row, ..]
        ? new(Number(row, "fullnameconventioncode"), Number(row, "pricingdecimalprecision"), Number(row, "basecurrencyprecision"))
        : null;

    /// <summary>The currencies with their decimal places; empty where they cannot be read.</summary>
    public IReadOnlyList<CurrencyRow> Currencies =>
        [.. (RowsOf(MetadataRequests.Currencies) ?? []).Select(row => new CurrencyRow(row.Id, Number(row, "currencyprecision")))];

    /// <summary>
    /// The columns whose values are masked; null where the rules exist but may not be read. An environment without the
    /// table has no masks.
    /// </summary>
    public IReadOnlySet<string>? MaskedColumns
    {
        get
        {
            if (RowsOf(MetadataRequests.Masks) is { } rows)
            {
                return rows.Select(row => Value(row, "attributelogicalname")).OfType<string>().ToHashSet(StringComparer.Ordinal);
            }

            return ErrorCodes.IsMissing(Faults.CodeOf(items[MetadataRequests.Masks].Fault)) ? new HashSet<string>() : null;
        }
    }

    private List<Entity>? RowsOf(int place) => (items[place].Response as RetrieveMultipleResponse)?.EntityCollection?.Entities
        is { } rows ? [.. rows.Where(row => row is not null)] : null;

    private static object? Value(Entity row, string column) =>
        row.Attributes is { } attributes && attributes.TryGetValue(column, out var value) ? value : null;

    private static int? Number(Entity row, string column) => ValueReader.NumberOf(Value(row, column));
}
