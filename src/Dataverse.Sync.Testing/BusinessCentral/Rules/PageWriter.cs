using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Processes a request body as an API page does: checks each property, sets and validates it in the order of the body,
/// and runs the triggers of the page and the table. Throws <see cref="BusinessCentralException"/> for every refusal.
/// </summary>
internal static class PageWriter
{
    public static PageRow Insert(PageSchema schema, JsonElement body, Transaction transaction) =>
        Insert(schema, body, transaction, null, out _);

    /// <summary>Inserts a record, and the parts that its body contains, in one transaction.</summary>
    /// <param name="schema">The page.</param>
    /// <param name="body">The properties, and the parts as arrays.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="parent">The record under which the request was made; null at the top of a company.</param>
    /// <param name="count">The number of inserted records.</param>
    /// <returns>The record as stored.</returns>
    public static PageRow Insert(
        PageSchema schema, JsonElement body, Transaction transaction, PageRow? parent, out int count)
    {
        var rules = StandardRules.For(schema);
        var draft = new RowDraft(schema, null) { Id = transaction.Options.NewId(), Parent = parent };
        rules.Starting(draft);
        Assign(draft, body, transaction);
        ApplyTemplate(draft, transaction);
        GiveNumber(draft, transaction);
        rules.Inserting(draft, transaction);
        var row = transaction.Insert(draft);
        rules.Inserted(row, transaction);
        count = 1 + InsertParts(row, body, transaction);
        return transaction.Table(schema.Name).Find(row.Id)!;
    }

    public static PageRow Modify(PageRow row, JsonElement body, Transaction transaction)
    {
        var draft = new RowDraft(row.Schema, row);
        Assign(draft, body, transaction);
        if (row.Schema.NumberField is { } number && draft.Text(number.Name).Length == 0)
        {
            throw Errors.Required(number.Name);
        }

        var rules = StandardRules.For(row.Schema);
        rules.Modifying(draft, transaction);
        var after = transaction.Modify(draft);
        rules.Modified(row, after, transaction);
        return PageRows.Find(transaction.View, row.Schema.Name, row.Id)!;
    }

    public static void Delete(PageRow row, Transaction transaction)
    {
        if (row.IsInUse)
        {
            throw Errors.Dialog(
                $"You cannot delete the {row.Schema.Caption} because it is used by ledger entries or open tasks.");
        }

        var rules = StandardRules.For(row.Schema);
        rules.Deleting(row, transaction);
        transaction.Delete(row);
        rules.Deleted(row, transaction);
    }

    private static void Assign(RowDraft draft, JsonElement body, Transaction transaction)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw Errors.MalformedJson();
        }

        if (body.EnumerateObject().GroupBy(property => property.Name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw Errors.PropertyTwice(twice.Key);
        }

        var accepted = body.EnumerateObject()
            .Where(property => !property.Name.Contains('@', StringComparison.Ordinal))
            .Select(property => (property.Value, Field: BodyProperties.Accept(property, draft, transaction)))
            .Where(pair => pair.Field is not null).ToArray();
        foreach (var (_, field) in accepted)
        {
            _ = draft.Sent.Add(field!.Name);
        }

        foreach (var (value, field) in accepted)
        {
            Set(draft, field!, value, transaction);
        }
    }

    private static int InsertParts(PageRow row, JsonElement body, Transaction transaction)
    {
        var count = 0;
        foreach (var navigation in row.Schema.Definition.Navigations)
        {
            if (BodyProperties.IsPart(navigation, transaction.Catalog) && body.TryGetProperty(navigation.Name, out var parts))
            {
                foreach (var part in parts.EnumerateArray())
                {
                    _ = Insert(transaction.Catalog[navigation.Target], part, transaction, row, out var inserted);
                    count += inserted;
                }
            }
        }

        return count;
    }

    private static void Set(RowDraft draft, BusinessCentralField field, JsonElement value, Transaction transaction)
    {
        if (field.Source == BusinessCentralFieldSource.SystemId)
        {
            draft.Id = (Guid)FieldValues.Read(value, field);
            return;
        }

        draft[field.Name] = BodyProperties.Read(value, field, draft, transaction.Options);
        StandardRules.For(draft.Schema).Validate(draft, field, transaction);
        _ = draft.Validated.Add(field.Name);
    }

    private static void ApplyTemplate(RowDraft draft, Transaction transaction)
    {
        if (!transaction.Options.Templates.TryGetValue(draft.Schema.Name, out var template))
        {
            return;
        }

        foreach (var (name, value) in template)
        {
            if (!draft.Sent.Contains(name) && draft.Schema.TryField(name, out var field))
            {
                Set(draft, field, JsonSerializer.SerializeToElement(value), transaction);
            }
        }
    }

    private static void GiveNumber(RowDraft draft, Transaction transaction)
    {
        if (draft.Schema.NumberField is not { } field)
        {
            return;
        }

        var series = draft.Schema.Definition.NumberSeries;
        if (draft.Text(field.Name).Length > 0)
        {
            if (series is { AllowsManualNumbers: false })
            {
                throw Errors.Dialog(
                    $"You may not enter numbers manually. "
                    + $"If you want to enter numbers manually, please activate Manual Nos. in No. Series {series.Prefix}.");
            }
        }
        else if (series is not null)
        {
            draft[field.Name] = transaction.NextNumber(draft.Schema, series);
        }
        else
        {
            throw field.Name == "number"
                ? Errors.FieldValidation($"{draft.Schema.Caption} Nos. must have a value in the setup.")
                : Errors.Required(field.Name);
        }
    }
}
