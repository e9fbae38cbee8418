using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.KillTests;

/// <summary>Where people get at the records of both services: past HTTP, connectors, and engine.</summary>
internal sealed class FrontDesk(Bench bench)
{
    private const string Country = "GB";
    private const int CustomerType = 3;
    private const int VendorType = 11;

    /// <summary>A subject's record on a side; null when there is none.</summary>
    public SeenRecord? Find(Subject subject, SyncSide side) => side == SyncSide.Local
        ? FindLocally(subject.Table, subject.Name) is { } row ? new(IdOf(row), subject.Name, subject.Edited.ToDictionary(field => field.Local, field => Text(row[field.Local]))) : null
        : FindInDataverse(subject.Table, subject.Name) is { } record ? new(record.Id, subject.Name, subject.Edited.ToDictionary(field => field.Integration, field => Text(record[field.Integration]))) : null;

    public void Insert(Subject subject, SyncSide side, IReadOnlyDictionary<FieldPair, string> values)
    {
        if (side == SyncSide.Local)
        {
            InsertLocally(subject, values);
        }
        else
        {
            InsertIntoDataverse(subject, values);
        }
    }

    /// <summary>Changes a field; answers whether the service acknowledged it.</summary>
    public bool TryUpdate(Subject subject, SyncSide side, Guid id, FieldPair field, string value) => Try(() =>
    {
        if (side == SyncSide.Local)
        {
            _ = bench.Local(subject.Table.LocalTable).Update(id, new JsonObject { [field.Local] = value });
        }
        else
        {
            _ = bench.Integration(subject.Table.IntegrationTable).Update(id, (field.Integration, value));
        }
    });

    /// <summary>Deletes a record; answers whether the service acknowledged it.</summary>
    public bool TryDelete(Subject subject, SyncSide side, Guid id) => Try(() =>
    {
        if (side == SyncSide.Local)
        {
            bench.Local(subject.Table.LocalTable).Delete(id);
        }
        else
        {
            bench.Integration(subject.Table.IntegrationTable).Delete(id);
        }
    });

    // The engine may have deleted the record since it was looked at.
    private static bool Try(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception gone) when (gone is BusinessCentralException or KeyNotFoundException)
        {
            return false;
        }
    }

    private void InsertLocally(Subject subject, IReadOnlyDictionary<FieldPair, string> values)
    {
        var row = new JsonObject { ["displayName"] = subject.Name, ["country"] = Country };
        foreach (var (field, value) in values)
        {
            row[field.Local] = value;
        }

        if (subject.Company is { } company)
        {
            row["type"] = "Person";
            row["companyNumber"] = Text(FindLocally(TablePair.Contacts, company.Name)!["number"]);
        }

        _ = bench.Local(subject.Table.LocalTable).Insert(row);
    }

    private void InsertIntoDataverse(Subject subject, IReadOnlyDictionary<FieldPair, string> values)
    {
        var row = values.Select(value => (value.Key.Integration, (object?)value.Value)).Append(("address1_country", Country)).ToList();
        if (subject.Company is { } company)
        {
            var parts = subject.Name.Split(' ');
            var account = FindInDataverse(company.Table, company.Name)!.Id;
            row.AddRange([("firstname", parts[0]), ("lastname", parts[1]), ("parentcustomerid", new DataverseReference("account", account))]);
        }
        else
        {
            row.AddRange([("name", subject.Name), ("customertypecode", subject.Kind == RecordKind.Customer ? CustomerType : VendorType)]);
        }

        _ = bench.Integration(subject.Table.IntegrationTable).Insert(row);
    }

    private JsonObject? FindLocally(TablePair table, string name) => bench.Local(table.LocalTable).Find(table.Name.Local, name);

    private DataverseRow? FindInDataverse(TablePair table, string name) =>
        bench.Integration(table.IntegrationTable).Rows.FirstOrDefault(row => row[table.Name.Integration] as string == name);

    private static Guid IdOf(JsonObject row) => Guid.Parse(Text(row["id"]));

    private static string Text(object? value) => value?.ToString() ?? string.Empty;
}
