using System.Text.Json;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Adds writes to the body of a batch.</summary>
internal static class WriteBody
{
    // "*" writes whatever the version is; without a condition the service refuses updates and, by its documentation, deletions.
    private const string AnyVersion = "*";

    public static void Add(BatchBody batch, ServiceAddresses addresses, string path, TableSchema table, WriteOperation operation)
    {
        var record = addresses.Relative(ServiceAddresses.Record(path, operation.Id));
        switch (operation.Kind)
        {
            case WriteKind.Insert:
                batch.Add("POST", addresses.Relative(path), ifMatch: null, writer => WriteFields(writer, table, operation));
                break;
            case WriteKind.Update:
                batch.Add("PATCH", record, operation.ExpectedVersion ?? AnyVersion, writer => WriteFields(writer, table, operation));
                break;
            default:
                batch.Add("DELETE", record, operation.ExpectedVersion ?? AnyVersion, body: null);
                break;
        }
    }

    // The service validates properties in the order of the body, and some depend on others: the order of the metadata is theirs.
    private static void WriteFields(Utf8JsonWriter writer, TableSchema table, WriteOperation operation)
    {
        if (operation.Kind == WriteKind.Insert && table.KeepsChosenIds)
        {
            writer.WriteString(table.KeyField, operation.Id);
        }

        foreach (var field in table.Fields)
        {
            foreach (var write in operation.Fields)
            {
                if (write.Field == field.Name && field.Name != table.KeyField)
                {
                    FieldWriter.Write(writer, field.Name, field.Type, write.Value);
                }
            }
        }
    }
}
