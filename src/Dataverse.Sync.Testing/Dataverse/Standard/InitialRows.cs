using System.Collections.Immutable;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The initial rows of the organization: one business unit and its team, US dollars, an application user, and a person.
/// </summary>
internal static class InitialRows
{
    public static readonly Guid BusinessUnit = StableGuid.Of("emulator/businessunit");
    public static readonly Guid Team = StableGuid.Of("emulator/team");
    public static readonly Guid Currency = StableGuid.Of("emulator/currency");
    public static readonly Guid ApplicationUser = StableGuid.Of("emulator/application");
    public static readonly Guid Person = StableGuid.Of("emulator/person");

    public static DatabaseState Create(DatabaseState state, Guid organizationId, DateTimeOffset now)
    {
        var unit = new DataverseReference("businessunit", BusinessUnit);
        var organization = new DataverseReference("organization", organizationId);
        DataverseRow[] rows =
        [
            Row(
                state, "organization", organizationId, now, ("name", "emulator"),
                ("basecurrencyid", new DataverseReference("transactioncurrency", Currency)),
                ("basecurrencysymbol", "$"), ("basecurrencyprecision", 2)),
            Row(state, "businessunit", BusinessUnit, now, ("name", "emulator"), ("organizationid", organization)),
            Row(
                state, "team", Team, now, ("name", "emulator"), ("businessunitid", unit), ("isdefault", true),
                ("organizationid", organization)),
            Row(
                state, "transactioncurrency", Currency, now, ("currencyname", "US Dollar"), ("isocurrencycode", "USD"),
                ("currencysymbol", "$"),
                ("currencyprecision", 2), (SystemColumns.ExchangeRate, 1m), ("organizationid", organization)),
            Row(
                state, "systemuser", ApplicationUser, now, ("firstname", "#"), ("lastname", "Emulator Application"),
                ("fullname", "# Emulator Application"),
                ("internalemailaddress", "application@emulator.example"), ("accessmode", 4),
                ("isintegrationuser", true),
                ("applicationid", ApplicationUser), ("businessunitid", unit), ("organizationid", organization)),
            Row(
                state, "systemuser", Person, now, ("firstname", "Emulator"), ("lastname", "Person"),
                ("fullname", "Emulator Person"),
                ("internalemailaddress", "person@emulator.example"), ("islicensed", true), ("businessunitid", unit),
                ("organizationid", organization)),
        ];
        for (var i = 0; i < rows.Length; i++)
        {
            state = state.With(state[rows[i].Table].With(rows[i] with { Version = i + 1 }));
        }

        return state;
    }

    /// <summary>Removes the initial rows of a table, which loaded rows replace.</summary>
    public static DatabaseState Remove(DatabaseState state, string table)
    {
        Guid[] ids = [BusinessUnit, Team, Currency, ApplicationUser, Person];
        var kept = state[table].Rows.Values.Where(row => !ids.Contains(row.Id));
        return state.With(
            kept.Aggregate(new TableState { Schema = state.Schema[table] }, (rows, row) => rows.With(row)));
    }

    private static DataverseRow Row(
        DatabaseState state, string table, Guid id, DateTimeOffset now, params (string Column, object Value)[] values)
    {
        var defaults = state.Schema[table].Columns.Where(column => column.Default is not null)
            .Select(column => (column.Name, column.Default!));
        var row = new DataverseRow(
            table, id, 0, ImmutableDictionary<string, object>.Empty.WithComparers(StringComparer.Ordinal));
        return defaults.Concat(values).Append((SystemColumns.CreatedOn, now)).Append((SystemColumns.ModifiedOn, now))
            .Aggregate(row, (current, value) => current.With(value.Item1, value.Item2));
    }
}
