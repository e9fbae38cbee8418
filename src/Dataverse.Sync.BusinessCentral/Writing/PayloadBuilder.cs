using System.Text.Json;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Adds writes to the body of a batch.</summary>
/// <param name="addresses">The addresses of the service.</param>
/// <param name="path">The path of the table's records, relative to its API's root.</param>
/// <param name="table">The table that is written to.</param>
internal sealed class PayloadBuilder(ServiceAddresses addresses, string path, TableSchema table)
{
    // "*" matches every version; without a condition the service refuses updates and, according to its documentation,
    // deletions.
    private const string AnyVersion = "*";

    /// <summary>Adds a write.</summary>
    public void AddTo(BatchWriter batch, PendingWrite write)
    {
        var operation = write.Operation;
        var record = addresses.Relative(ServiceAddresses.Record(path, operation.Id));
        switch (operation.Kind)
        {
            case WriteKind.Insert:
                batch.Add("POST", addresses.Relative(path), ifMatch: null, writer => WriteFields(writer, operation));
                break;
            case WriteKind.Update:
                batch.Add("PATCH", record, operation.ExpectedVersion ?? AnyVersion, writer => WriteFields(writer, operation));
                break;
            default:
                batch.Add("DELETE", record, operation.ExpectedVersion ?? AnyVersion, body: null);
                break;
        }
    }

    // The service validates properties in the order of the body, and some depend on others. The metadata have the right
    // order.
    private void WriteFields(Utf8JsonWriter writer, WriteOperation operation)
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
