using System.Globalization;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>Reads the row of a create or update.</summary>
internal static class EntityReader
{
    /// <exception cref="DataverseErrorException">A column is unknown, or a value has the wrong type.</exception>
    public static RowChange Read(DataverseTableSchema table, Entity entity)
    {
        if (entity.RelatedEntities.Count > 0 || entity.KeyAttributes.Count > 0)
        {
            throw Refusals.NotEmulated("related rows and alternate keys in a row to write");
        }

        var id = entity.Id;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in entity.Attributes)
        {
            var column = table.Find(name) ?? throw Refusals.UnknownColumn(table, name);
            if (name == table.Key)
            {
                id = KeyOf(id, value, column);
                continue;
            }

            values[name] = value is null ? null : Stored(column, value);
        }

        return new RowChange(values) { Id = id == Guid.Empty ? null : id };
    }

    private static Guid KeyOf(Guid id, object? value, DataverseColumn column)
    {
        var key = value is Guid given ? given : throw Refusals.WrongType(value ?? "null", column);
        return id == Guid.Empty || id == key
            ? key
            : throw DataverseErrors.InvalidArgument("Entity Id must be the same as the value set in property bag.");
    }

    private static object Stored(DataverseColumn column, object value) => (column.Type, value) switch
    {
        (DataverseColumnType.Text or DataverseColumnType.Memo, string) => value,
        (DataverseColumnType.Boolean, bool) => value,
        (DataverseColumnType.Choice or DataverseColumnType.State or DataverseColumnType.Status, OptionSetValue option) =>
            option.Value,
        (DataverseColumnType.MultiChoice, OptionSetValueCollection options) => string.Join(
            ',', options.Select(option => option.Value.ToString(CultureInfo.InvariantCulture))),
        (DataverseColumnType.WholeNumber or DataverseColumnType.Duration, int) => value,
        (DataverseColumnType.BigNumber, long) => value,
        (DataverseColumnType.Decimal, decimal) => value,
        (DataverseColumnType.Double, double) => value,
        (DataverseColumnType.Money, Money money) => money.Value,
        (DataverseColumnType.DateTime, DateTime time) => Instant(column, time),
        (DataverseColumnType.DateOnly, DateTime day) => DateOnly.FromDateTime(day),
        (DataverseColumnType.UniqueIdentifier, Guid) => value,
        (_, EntityReference reference) when column.IsLookup => Reference(column, reference),
        _ => throw Refusals.WrongType(value, column),
    };

    // A value without a time zone keeps its clock time; what does not say its zone is UTC.
    private static DateTimeOffset Instant(DataverseColumn column, DateTime time) =>
        time.Kind is DateTimeKind.Local && column.Behavior is DateTimeBehavior.UserLocal
            ? new DateTimeOffset(time.ToUniversalTime())
            : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static DataverseReference Reference(DataverseColumn column, EntityReference reference)
    {
        if (reference.KeyAttributes.Count > 0)
        {
            throw Refusals.NotEmulated("references by alternate key");
        }

        return column.Targets.Any(target => target.Table == reference.LogicalName)
            ? new DataverseReference(reference.LogicalName, reference.Id)
            : throw DataverseErrors.InvalidArgument(
                $"'{column.Name}' cannot refer to a row of the entity '{reference.LogicalName}'.");
    }
}
