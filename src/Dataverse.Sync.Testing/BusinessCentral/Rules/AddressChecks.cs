namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Validations of address fields, which customers, vendors and contacts share.</summary>
internal static class AddressChecks
{
    public static void Validate(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        switch (field.Name)
        {
            case "phoneNumber" or "mobilePhoneNumber":
                Phone(draft.Text(field.Name), field, draft.Schema);
                break;
            case "email":
                Email(draft.Text(field.Name), allowsSeveral: true);
                break;
            case "country":
                Country(draft, field, transaction);
                break;
            case "city" or "postalCode":
                FillFromPostCodes(draft, field.Name, transaction);
                break;
        }
    }

    /// <summary>Addresses separated by semicolons, or a single one.</summary>
    public static void Email(string value, bool allowsSeveral)
    {
        var addresses = allowsSeveral
            ? value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [value];
        if (value.Length > 0 && !addresses.All(IsEmailAddress))
        {
            throw Errors.Dialog("The email address is not valid.");
        }
    }

    private static void Phone(string value, BusinessCentralField field, PageSchema table)
    {
        if (value.Any(char.IsLetter))
        {
            throw Errors.FieldValidation($"{field.Caption} must not contain letters in {table.Caption}.");
        }
    }

    private static void Country(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        var code = draft.Text(field.Name);
        if (code.Length > 0 && transaction.Options.Countries?.Contains(code) == false)
        {
            throw Errors.Relation(field.Caption, draft.Schema.Caption, "Country/Region");
        }
    }

    /// <summary>
    /// City, post code, county and country fill one another from the table of post codes, when exactly one row fits.
    /// </summary>
    private static void FillFromPostCodes(RowDraft draft, string field, Transaction transaction)
    {
        var value = draft.Text(field);
        if (value.Length == 0)
        {
            return;
        }

        var fitting = transaction.Options.PostCodes
            .Where(
                post => string.Equals(
                    field == "city" ? post.City : post.Code, value,
                    StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
        if (fitting.Length != 1)
        {
            return;
        }

        (draft["postalCode"], draft["city"], draft["state"], draft["country"]) =
            (fitting[0].Code, fitting[0].City, fitting[0].County, fitting[0].Country);
    }

    private static bool IsEmailAddress(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == address.LastIndexOf('@') && at < address.Length - 1 && !address.Any(char.IsWhiteSpace);
    }
}
