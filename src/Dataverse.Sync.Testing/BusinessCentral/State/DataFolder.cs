using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Loads a folder of files <c>{entity set}.json</c>, each <c>{"value":[…]}</c> as the API prints a collection. Ids and
/// stamps are preserved; business logic does not run. Other files are ignored.
/// </summary>
internal sealed class DataFolder(Database database)
{
    public async Task LoadAsync(string folder, Guid? company, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The data folder '{folder}' does not exist.");
        }

        var files = new Dictionary<string, IReadOnlyList<JsonElement>>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*.json"))
        {
            files[Path.GetFileNameWithoutExtension(path)] = await ReadAsync(path, cancellationToken)
                .ConfigureAwait(false);
        }

        LoadCompanies(files);
        var target = company ?? FirstOf(files)
            ?? throw new InvalidDataException(
                $"The folder '{folder}' has no companies.json, and no company was named.");
        _ = database.Write(target, transaction =>
        {
            foreach (var schema in transaction.Catalog.Tables.Where(
                table => table.Definition.IsTopLevel && table.Name != PageNames.Companies))
            {
                foreach (var json in files.GetValueOrDefault(schema.Set, []))
                {
                    transaction.Load(Row(schema, json, transaction));
                }
            }

            LoadRelations(files.GetValueOrDefault(PageNames.ContactsInformation, []), transaction);
            return true;
        });
    }

    private static Guid? FirstOf(Dictionary<string, IReadOnlyList<JsonElement>> files) =>
        files.TryGetValue(PageNames.Companies, out var companies) && companies.Count > 0
            ? companies[0].GetProperty("id").GetGuid()
            : null;

    private void LoadCompanies(Dictionary<string, IReadOnlyList<JsonElement>> files) =>
        database.Write(Guid.Empty, transaction =>
        {
            foreach (var json in files.GetValueOrDefault(PageNames.Companies, []))
            {
                transaction.Load(Row(transaction.Catalog[PageNames.Companies], json, transaction));
            }

            return true;
        });

    private static async Task<IReadOnlyList<JsonElement>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            using var document = await JsonDocument.ParseAsync(stream, default, cancellationToken)
                .ConfigureAwait(false);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("value", out var rows)
                || rows.ValueKind != JsonValueKind.Array)
            {
                throw new InvalidDataException($"The file '{path}' is no object with an array 'value'.");
            }

            return [.. rows.EnumerateArray().Select(row => row.Clone())];
        }
    }

    private static PageRow Row(PageSchema schema, JsonElement json, Transaction transaction)
    {
        var draft = new RowDraft(schema, null);
        var (created, modified) = (transaction.Stamp, (DateTimeOffset?)null);
        foreach (var property in json.EnumerateObject()
            .Where(property => !property.Name.StartsWith("@odata.", StringComparison.Ordinal)))
        {
            if (!schema.TryField(property.Name, out var field))
            {
                throw new InvalidDataException(
                    $"The file '{schema.Set}.json' has a property '{property.Name}' that the table has not.");
            }

            var value = FieldValues.Read(property.Value, field);
            switch (field.Source)
            {
                case BusinessCentralFieldSource.SystemId:
                    draft.Id = (Guid)value;
                    break;
                case BusinessCentralFieldSource.SystemCreatedAt:
                    created = Stamps.Rounded((DateTimeOffset)value);
                    break;
                case BusinessCentralFieldSource.SystemModifiedAt:
                    modified = Stamps.Rounded((DateTimeOffset)value);
                    break;
                case BusinessCentralFieldSource.SystemRowVersion:
                    break;
                default:
                    draft[field.Name] = value;
                    break;
            }
        }

        BlankLocalCurrency(draft);
        var row = draft.ToRow(modified ?? created, transaction.NextVersion());
        return new PageRow(schema, row.Id, row.Values)
        {
            CreatedAt = created,
            ModifiedAt = row.ModifiedAt,
            Version = row.Version,
        };
    }

    // The files contain the code of the local currency where the table has a blank one.
    private static void BlankLocalCurrency(RowDraft draft)
    {
        if (draft.Schema.TryField("currencyId", out var id) && draft[id.Name] is Guid reference
            && reference == Guid.Empty
            && draft.Schema.TryField("currencyCode", out var code) && code.IsPageVariable)
        {
            draft[code.Name] = "";
        }
    }

    // The file also lists persons; only the contact of the customer or vendor itself is stored.
    private static void LoadRelations(IReadOnlyList<JsonElement> rows, Transaction transaction)
    {
        foreach (var group in rows.GroupBy(row => row.GetProperty("relatedId").GetGuid()))
        {
            var main = group.FirstOrDefault(row => row.GetProperty("contactType").GetString() == "Company");
            if (main.ValueKind == JsonValueKind.Undefined)
            {
                main = group.First();
            }

            _ = transaction.Insert(new RowDraft(transaction.Catalog[PageNames.Relations], null)
            {
                ["relatedId"] = group.Key,
                ["contactId"] = main.GetProperty("contactId").GetGuid(),
                ["relatedType"] = main.GetProperty("relatedType").GetString()!,
            });
        }
    }
}
